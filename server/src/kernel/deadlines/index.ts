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

/** One deadline to open. `warnAt` lies between the two others; without it the warning comes at 80 % of the wall time, and with null never. */
export type DeadlineItem = { subject: string; startsAt: Date; dueAt: Date; warnAt?: Date | null };

export type DeadlineKind = {
  readonly kind: string;
  /** Runs once, in the transaction that records the breach. */
  onBreach(tx: Tx, ctx: Ctx, subject: string): Promise<void>;
  /** Runs once, at the time of the warning: when 80 % of the time has gone, or when the item said. */
  onWarn?(tx: Tx, ctx: Ctx, subject: string): Promise<void>;
  /** Whether warning and breach are told as events on the subject. Off for timers that are not promises. */
  told: boolean;
  open(tx: Tx, ctx: Ctx, items: readonly DeadlineItem[]): Promise<void>;
  /** As open, and starts one anew that is there: what it is about is to be done again. A breach already recorded stays. */
  reopen(tx: Tx, ctx: Ctx, items: readonly DeadlineItem[]): Promise<void>;
  /** The promise was kept (or fell away): stops the clock. A breach already recorded stays. */
  close(tx: Tx, ctx: Ctx, subjects: readonly string[], how?: 'met' | 'cancelled'): Promise<void>;
  /** Moves the due time of an open deadline. */
  move(tx: Tx, ctx: Ctx, subject: string, dueAt: Date): Promise<void>;
};

const WARN_AT = 0.8;
const REOPEN = `(org_id, kind, subject) do update set starts_at = excluded.starts_at, due_at = excluded.due_at, warn_at = excluded.warn_at,
  next_at = excluded.next_at, state = 'open', closed_at = null where d.state <> 'breached'`;

function warningOf({ startsAt, dueAt, warnAt }: DeadlineItem): Date {
  if (warnAt === null) return dueAt;
  return warnAt ?? new Date(startsAt.getTime() + WARN_AT * (dueAt.getTime() - startsAt.getTime()));
}

/** Declares a kind of deadline. One per (kind, subject); opening it again while one exists changes nothing. */
export function defineDeadline(
  spec: Pick<DeadlineKind, 'kind' | 'onBreach'> & Partial<Pick<DeadlineKind, 'onWarn' | 'told'>>,
): DeadlineKind {
  const start = async (tx: Tx, ctx: Ctx, items: readonly DeadlineItem[], onConflict: string): Promise<void> => {
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
        items.map(warningOf),
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
type Batch = { orgId: string; kind: DeadlineKind; subjects: string[] };
const SWEEP_MAX = 2000;
const BATCH_MAX = 50; // of one transaction: what its handlers lock stays locked until they all have run
const AT_ONCE = 4;
const RETRY_MS = 10_000;

/** Handles what has fallen due by `now`, at most 2,000; returns how many. Several nodes may sweep at once. */
export async function sweepDeadlines(db: Db, kinds: readonly DeadlineKind[], now: Date, log: Log): Promise<number> {
  const due = await db.systemTx((tx) =>
    tx.prepared<Due>(
      `select org_id, kind, subject from kernel.deadlines
        where state in ('open', 'warned') and next_at <= $1 and kind = any ($2) order by next_at limit ${SWEEP_MAX}`,
      [now, kinds.map((k) => k.kind)],
    ),
  );
  const waiting = batchesOf(due, kinds);
  const work = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) await handle(db, batch, now, log);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work));
  return due.length;
}

/** One organisation's deadlines of one kind, cut to size, in the order of their subjects so that two sweepers lock alike. */
function batchesOf(due: readonly Due[], kinds: readonly DeadlineKind[]): Batch[] {
  const byKind = new Map(kinds.map((k) => [k.kind, k]));
  const batches: Batch[] = [];
  for (const rows of Map.groupBy(due, (row) => `${row.org_id} ${row.kind}`).values()) {
    const { org_id: orgId, kind } = rows[0] as Due;
    const subjects = rows.map((row) => row.subject).toSorted();
    for (let i = 0; i < subjects.length; i += BATCH_MAX)
      batches.push({ orgId, kind: byKind.get(kind) as DeadlineKind, subjects: subjects.slice(i, i + BATCH_MAX) });
  }
  return batches;
}

/** All of a batch in one transaction; when one of it fails, each by itself, so that it holds up no other. */
async function handle(db: Db, batch: Batch, now: Date, log: Log): Promise<void> {
  try {
    await fire(db, batch, now);
  } catch (error) {
    if (batch.subjects.length === 1) return later(db, batch, now, error, log);
    for (const subject of batch.subjects) await handle(db, { ...batch, subjects: [subject] }, now, log);
  }
}

async function later(db: Db, { orgId, kind, subjects }: Batch, now: Date, error: unknown, log: Log): Promise<void> {
  const subject = subjects[0];
  log.error({ err: error, kind: kind.kind, subject }, 'a deadline could not be handled; it will be tried again');
  await db.inTx({ orgId }, (tx) =>
    tx.query(
      `update kernel.deadlines set failures = failures + 1, last_error = $4, next_at = $5
        where org_id = $1 and kind = $2 and subject = $3`,
      [orgId, kind.kind, subject, String(error).slice(0, 500), new Date(now.getTime() + RETRY_MS)],
    ),
  );
}

function fire(db: Db, { orgId, kind, subjects }: Batch, now: Date): Promise<void> {
  const ctx = systemCtx(orgId, now, `deadline:${kind.kind}`);
  const work = (): Promise<void> => db.inTx({ orgId }, (tx) => fireLocked(tx, ctx, kind, subjects));
  return traced(`deadline ${kind.kind}`, { 'zhanggui.deadline': kind.kind }, work, { where: 'root' });
}

/** What was met meanwhile, or is in another node's hands, is left out. */
async function fireLocked(tx: Tx, ctx: Ctx, kind: DeadlineKind, subjects: readonly string[]): Promise<void> {
  const rows = await tx.prepared<{ subject: string; due_at: Date; state: 'warned' | 'breached' }>(
    `with due as (
       select subject from kernel.deadlines where org_id = $1 and kind = $2 and subject = any ($3)
          and state in ('open', 'warned') and next_at <= $4 order by subject for update skip locked)
     update kernel.deadlines d set next_at = d.due_at,
            state = case when d.due_at <= $4 then 'breached' else 'warned' end,
            breached_at = case when d.due_at <= $4 then $4::timestamptz end
       from due where d.org_id = $1 and d.kind = $2 and d.subject = due.subject returning d.subject, d.due_at, d.state`,
    [ctx.orgId, kind.kind, subjects, ctx.now],
  );
  rows.sort((a, b) => (a.subject < b.subject ? -1 : 1));
  for (const [state, event] of [
    ['warned', DeadlineWarned],
    ['breached', DeadlineBreached],
  ] as const) {
    const told = kind.told ? rows.filter((r) => r.state === state) : [];
    const items = told.map((r) => ({ key: r.subject, value: { kind: kind.kind, dueAt: r.due_at.toISOString() } }));
    await emitMany(tx, ctx, event, items);
  }
  for (const { subject, state } of rows)
    await (state === 'breached' ? kind.onBreach(tx, ctx, subject) : kind.onWarn?.(tx, ctx, subject));
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
