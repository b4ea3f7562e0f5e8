import { z } from 'zod';
import { type Ctx, systemCtx } from '../context.ts';
import type { Db, Tx } from '../db/index.ts';
import type { Log } from '../log.ts';
import { defineEvent, emitMany } from '../outbox/index.ts';
import { traced } from '../tracing/index.ts';

export const DeadlineWarned = defineEvent(
  'kernel.deadline_warned.v1',
  z.object({ kind: z.string(), dueAt: z.string() }),
);
export const DeadlineBreached = defineEvent(
  'kernel.deadline_breached.v1',
  z.object({ kind: z.string(), dueAt: z.string() }),
);

export type DeadlineKind = {
  readonly kind: string;
  /** Runs once, in the transaction that records the breach. */
  onBreach(tx: Tx, ctx: Ctx, subject: string): Promise<void>;
  /** Runs once, when 80 % of the time has gone. */
  onWarn?(tx: Tx, ctx: Ctx, subject: string): Promise<void>;
  /** Whether warning and breach are told as events on the subject. Off for timers that are not promises. */
  told: boolean;
  open(tx: Tx, ctx: Ctx, items: readonly { subject: string; startsAt: Date; dueAt: Date }[]): Promise<void>;
  /** As open, and starts one anew that is there: what it is about is to be done again. A breach already recorded stays. */
  reopen(tx: Tx, ctx: Ctx, items: readonly { subject: string; startsAt: Date; dueAt: Date }[]): Promise<void>;
  /** The promise was kept (or fell away): stops the clock. A breach already recorded stays. */
  close(tx: Tx, ctx: Ctx, subjects: readonly string[], how?: 'met' | 'cancelled'): Promise<void>;
  /** Moves the due time of an open deadline. */
  move(tx: Tx, ctx: Ctx, subject: string, dueAt: Date): Promise<void>;
};

const WARN_AT = 0.8;
const REOPEN = `(org_id, kind, subject) do update set starts_at = excluded.starts_at, due_at = excluded.due_at, warn_at = excluded.warn_at,
  next_at = excluded.next_at, state = 'open', closed_at = null where d.state <> 'breached'`;

/** Declares a kind of deadline. One per (kind, subject); opening it again while one exists changes nothing. */
export function defineDeadline(
  spec: Pick<DeadlineKind, 'kind' | 'onBreach'> & Partial<Pick<DeadlineKind, 'onWarn' | 'told'>>,
): DeadlineKind {
  const warnAt = (startsAt: Date, dueAt: Date): Date =>
    new Date(startsAt.getTime() + WARN_AT * (dueAt.getTime() - startsAt.getTime()));
  const start = async (
    tx: Tx,
    ctx: Ctx,
    items: readonly { subject: string; startsAt: Date; dueAt: Date }[],
    onConflict: string,
  ): Promise<void> => {
    if (items.length === 0) return;
    await tx.prepared(
      `insert into kernel.deadlines as d (org_id, kind, subject, starts_at, due_at, warn_at, next_at, state)
       select $1, $2, s, a, d, w, case when $7 then w else d end, 'open'
         from unnest($3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[]) as rows (s, a, d, w)
       on conflict ${onConflict}`,
      [
        ctx.orgId,
        spec.kind,
        items.map((i) => i.subject),
        items.map((i) => i.startsAt),
        items.map((i) => i.dueAt),
        items.map((i) => warnAt(i.startsAt, i.dueAt)),
        spec.told ?? true,
      ],
    );
  };
  return {
    ...spec,
    told: spec.told ?? true,
    open: (tx, ctx, items) => start(tx, ctx, items, 'do nothing'),
    reopen: (tx, ctx, items) => start(tx, ctx, items, REOPEN),
    close: async (tx, ctx, subjects, how = 'met') => {
      if (subjects.length === 0) return;
      await tx.prepared(
        `update kernel.deadlines set state = $5, closed_at = $4
          where org_id = $1 and kind = $2 and subject = any ($3) and state in ('open', 'warned')`,
        [ctx.orgId, spec.kind, subjects, ctx.now, how],
      );
    },
    move: async (tx, ctx, subject, dueAt) => {
      await tx.query(
        `update kernel.deadlines set due_at = $4, warn_at = starts_at + (($4 - starts_at) * ${WARN_AT}), state = 'open',
                next_at = case when $5 then starts_at + (($4 - starts_at) * ${WARN_AT}) else $4 end
          where org_id = $1 and kind = $2 and subject = $3 and state in ('open', 'warned')`,
        [ctx.orgId, spec.kind, subject, dueAt, spec.told ?? true],
      );
    },
  };
}

type Due = { org_id: string; kind: string; subject: string };
const SWEEP_MAX = 1000;
const RETRY_MS = 10_000;

/** Handles what has fallen due by `now`, at most 1,000; returns how many. Several nodes may sweep at once. */
export async function sweepDeadlines(db: Db, kinds: readonly DeadlineKind[], now: Date, log: Log): Promise<number> {
  const due = await db.systemTx((tx) =>
    tx.prepared<Due>(
      `select org_id, kind, subject from kernel.deadlines
        where state in ('open', 'warned') and next_at <= $1 and kind = any ($2) order by next_at limit ${SWEEP_MAX}`,
      [now, kinds.map((k) => k.kind)],
    ),
  );
  const byKind = new Map(kinds.map((k) => [k.kind, k]));
  for (const row of due) {
    const kind = byKind.get(row.kind) as DeadlineKind;
    try {
      const work = (): Promise<void> =>
        db.inTx({ orgId: row.org_id }, (tx) =>
          fire(tx, systemCtx(row.org_id, now, `deadline:${row.kind}`), kind, row.subject),
        );
      await traced(`deadline ${row.kind}`, { 'zhanggui.deadline': row.kind }, work, { where: 'root' });
    } catch (error) {
      log.error(
        { err: error, kind: row.kind, subject: row.subject },
        'a deadline could not be handled; it will be tried again',
      );
      await db.inTx({ orgId: row.org_id }, (tx) =>
        tx.query(
          `update kernel.deadlines set failures = failures + 1, last_error = $4, next_at = $5
            where org_id = $1 and kind = $2 and subject = $3`,
          [row.org_id, row.kind, row.subject, String(error).slice(0, 500), new Date(now.getTime() + RETRY_MS)],
        ),
      );
    }
  }
  return due.length;
}

async function fire(tx: Tx, ctx: Ctx, kind: DeadlineKind, subject: string): Promise<void> {
  const [row] = await tx.prepared<{ due_at: Date; state: 'open' | 'warned' }>(
    `select due_at, state from kernel.deadlines where org_id = $1 and kind = $2 and subject = $3
        and state in ('open', 'warned') and next_at <= $4 for update skip locked`,
    [ctx.orgId, kind.kind, subject, ctx.now],
  );
  if (!row) return; // met meanwhile, or another node has it
  const breached = row.due_at <= ctx.now;
  await tx.prepared(
    `update kernel.deadlines set state = $4, next_at = due_at, breached_at = $5 where org_id = $1 and kind = $2 and subject = $3`,
    [ctx.orgId, kind.kind, subject, breached ? 'breached' : 'warned', breached ? ctx.now : null],
  );
  if (kind.told) {
    const value = { kind: kind.kind, dueAt: row.due_at.toISOString() };
    await emitMany(tx, ctx, breached ? DeadlineBreached : DeadlineWarned, [{ key: subject, value }]);
  }
  await (breached ? kind.onBreach(tx, ctx, subject) : kind.onWarn?.(tx, ctx, subject));
}

/** Sweeps every second until the returned function is called; it resolves when the last sweep has ended. */
export function startDeadlines(
  db: Db,
  kinds: readonly DeadlineKind[],
  log: Log,
  intervalMs = 1000,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let finished: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      while (!stopped && (await sweepDeadlines(db, kinds, new Date(), log)) === SWEEP_MAX);
    } catch (error) {
      log.warn({ err: error }, 'deadlines: the database did not answer');
    }
    if (!stopped) timer = setTimeout(() => void (finished = turn()), intervalMs);
  };
  finished = turn();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await finished;
  };
}
