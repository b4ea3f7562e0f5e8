import { type Ctx, systemCtx } from '../context.ts';
import { type Db, one, type Tx } from '../db/index.ts';
import type { Log } from '../log.ts';
import { traced } from '../tracing/index.ts';
import { onEvents, type StoredEvent } from './index.ts';

export type Subscriber = {
  /** Stable: the cursor is kept under it. */
  name: string;
  types: readonly string[] | '*';
  /** Events per transaction, at most. Default 500. */
  batchMax?: number;
  /** Runs in the transaction that moves the cursor: each event has its effect exactly once. */
  run(tx: Tx, ctx: Ctx, events: StoredEvent[]): Promise<void>;
};

export const defineSubscriber = (subscriber: Subscriber): Subscriber => subscriber;

const BATCH_MAX = 500;
const POLL_MS = 500;
const GATHER_MS = 200; // while commits follow one another they are handled together: fewer, larger transactions
const CATCH_UP_MS = 5_000;
const BACKOFF_MAX_MS = 30_000;

// Rows of transactions still running may yet appear below rows already visible. Everything below the oldest running
// transaction is settled, so a reader that stays there skips nothing however commits are ordered.
const TAKE = `
with horizon as materialized (select kernel.event_horizon() as xid)
select h.xid::text as horizon, e.* from horizon h left join lateral (
  select o.xid::text as xid, o.seq, o.at, o.type, o.key, o.actor_kind as "actorKind", o.actor_id as "actorId",
         o.request_id as "requestId", o.data
    from kernel.outbox o
   where o.org_id = $1 and (o.xid, o.seq) > ($2::xid8, $3::bigint) and o.xid < h.xid
     and ($4::text[] is null or o.type = any ($4))
   order by o.xid, o.seq limit $5) e on true`;

// What a subscriber has been seen to have nothing of before is not read again: `checked` is the horizon of that look.
const PEEK = `
with horizon as materialized (select kernel.event_horizon() as xid)
select h.xid::text as horizon, b.name from horizon h left join lateral (
  select u.name from unnest($2::text[], $3::text[], $4::text[]) as u (name, types, checked) left join kernel.cursors c on c.org_id = $1 and c.subscriber = u.name
   where c.subscriber is null or exists (
     select from kernel.outbox o where o.org_id = $1 and o.xid >= greatest(c.xid, u.checked::xid8) and (o.xid, o.seq) > (c.xid, c.seq) and o.xid < h.xid
        and (u.types = '*' or o.type = any (string_to_array(u.types, ' '))))) b on true`;

/** The subscribers that have settled events to handle, asked in one read, and the horizon of that look. */
async function peek(
  db: Db,
  orgId: string,
  subscribers: readonly Subscriber[],
  checked: (of: Subscriber) => string,
): Promise<{ behind: Subscriber[]; horizon: string }> {
  const rows = await db.read({ orgId }, (tx) =>
    tx.prepared<{ horizon: string; name: string | null }>(PEEK, [
      orgId,
      subscribers.map((s) => s.name),
      subscribers.map((s) => (s.types === '*' ? '*' : s.types.join(' '))),
      subscribers.map(checked),
    ]),
  );
  const names = new Set(rows.map((r) => r.name));
  return { behind: subscribers.filter((s) => names.has(s.name)), horizon: rows[0]?.horizon ?? '0' };
}

type Row = Omit<StoredEvent, 'xid'> & { horizon: string; xid: string | null };

/**
 * Takes one batch. Returns how many events were handled, or undefined when another process holds the cursor.
 */
export async function takeBatch(
  db: Db,
  orgId: string,
  subscriber: Subscriber,
  max: number,
  now: Date,
): Promise<number | undefined> {
  return db.inTx({ orgId }, async (tx) => {
    const cursor = await lockCursor(tx, subscriber.name);
    if (!cursor) return undefined;
    const types = subscriber.types === '*' ? null : subscriber.types;
    const rows = await tx.prepared<Row>(TAKE, [orgId, cursor.xid, cursor.seq, types, max]);
    const horizon = one([...new Set(rows.map((r) => r.horizon))]);
    const events = rows.filter((r): r is StoredEvent & Row => r.xid !== null);
    if (events.length > 0) {
      const ctx = systemCtx(orgId, now, `subscriber:${subscriber.name}`);
      const facts = { 'zhanggui.subscriber': subscriber.name, 'zhanggui.events': events.length };
      const work = (): Promise<void> => subscriber.run(tx, ctx, events);
      await traced(`subscriber ${subscriber.name}`, facts, work, { where: 'root' });
    }
    const last = events.length < max ? { xid: horizon, seq: 0 } : (events.at(-1) as StoredEvent);
    if (events.length > 0 || last.xid !== cursor.xid) {
      await tx.prepared(
        `update kernel.cursors set xid = $3::xid8, seq = $4, handled = handled + $5, moved_at = now(), failures = 0, last_error = null
          where org_id = $1 and subscriber = $2`,
        [orgId, subscriber.name, last.xid, last.seq, events.length],
      );
    }
    return events.length;
  });
}

async function lockCursor(tx: Tx, name: string): Promise<{ xid: string; seq: number } | undefined> {
  const LOCK = `select xid::text as xid, seq from kernel.cursors where org_id = $1 and subscriber = $2 for update skip locked`;
  const [found] = await tx.prepared<{ xid: string; seq: number }>(LOCK, [tx.orgId, name]);
  if (found) return found;
  await tx.query(
    `insert into kernel.cursors (org_id, subscriber, xid, seq) values ($1, $2, '0', 0) on conflict do nothing`,
    [tx.orgId, name],
  );
  const [made] = await tx.prepared<{ xid: string; seq: number }>(LOCK, [tx.orgId, name]);
  return made;
}

/** Runs subscribers for every organisation: woken by commits of this process, polling for those of others. */
export class SubscriberRunner {
  readonly #db: Db;
  readonly #subscribers: readonly Subscriber[];
  readonly #log: Log;
  readonly #dirty = new Set<string>();
  readonly #caughtUp = new Map<string, number>();
  readonly #checked = new Map<string, string>();
  readonly #backoff = new Map<string, { until: number; waitMs: number }>();
  #stopped = false;
  #wake: (() => void) | undefined;
  #loop: Promise<void> | undefined;
  #unhook: (() => void) | undefined;

  constructor(db: Db, subscribers: readonly Subscriber[], log: Log) {
    this.#db = db;
    this.#subscribers = subscribers;
    this.#log = log;
  }

  start(): void {
    this.#unhook = onEvents((orgId) => {
      this.#dirty.add(orgId);
      this.#wake?.();
    });
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unhook?.();
    this.#wake?.();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const woken = [...this.#dirty];
      this.#dirty.clear();
      try {
        for (const orgId of woken.length > 0 ? woken : await this.#waiting()) await this.#drain(orgId);
      } catch (error) {
        this.#log.warn({ err: error }, 'subscribers: the database did not answer');
      }
      if (this.#dirty.size === 0 && !this.#stopped) await this.#sleep();
      if (this.#dirty.size > 0 && !this.#stopped) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
  }

  /** Organisations with events some subscriber has not seen: written by another node, or before a restart. */
  async #waiting(): Promise<string[]> {
    const rows = await this.#db.systemTx((tx) =>
      tx.prepared<{ id: string }>(
        `select o.id from kernel.orgs o where exists (
           select from kernel.outbox b where b.org_id = o.id and (b.xid, b.seq) >= (
             select coalesce(min(c.xid), '0'), 0 from kernel.cursors c where c.org_id = o.id and c.subscriber = any ($1)))
           or (select count(*) from kernel.cursors c where c.org_id = o.id and c.subscriber = any ($1)) < $2`,
        [this.#subscribers.map((s) => s.name), this.#subscribers.length],
      ),
    );
    return rows.map((r) => r.id);
  }

  async #drain(orgId: string): Promise<void> {
    for (const subscriber of await this.#behind(orgId)) {
      const key = `${orgId}/${subscriber.name}`;
      const resting = this.#backoff.get(key);
      if (resting && resting.until > Date.now()) continue;
      // after a failure events go one by one, so that a bad one holds up only those behind it
      const max = resting ? 1 : (subscriber.batchMax ?? BATCH_MAX);
      try {
        let taken = max;
        while (taken === max && !this.#stopped)
          taken = (await takeBatch(this.#db, orgId, subscriber, max, new Date())) ?? 0;
        this.#backoff.delete(key);
      } catch (error) {
        await this.#failed(orgId, subscriber.name, key, error);
      }
    }
  }

  /**
   * The subscribers that have something to do: asked in one read, so that those without cost no transaction. Every few
   * seconds all are run, which moves the cursors of the others past what is not for them.
   */
  async #behind(orgId: string): Promise<readonly Subscriber[]> {
    const last = this.#caughtUp.get(orgId) ?? 0;
    if (Date.now() - last > CATCH_UP_MS) {
      this.#caughtUp.set(orgId, Date.now());
      return this.#subscribers;
    }
    const { behind, horizon } = await peek(
      this.#db,
      orgId,
      this.#subscribers,
      ({ name }) => this.#checked.get(`${orgId}/${name}`) ?? '0',
    );
    for (const s of this.#subscribers) if (!behind.includes(s)) this.#checked.set(`${orgId}/${s.name}`, horizon);
    return behind;
  }

  async #failed(orgId: string, name: string, key: string, error: unknown): Promise<void> {
    const waitMs = Math.min((this.#backoff.get(key)?.waitMs ?? 100) * 2, BACKOFF_MAX_MS);
    this.#backoff.set(key, { until: Date.now() + waitMs, waitMs });
    this.#log.error({ err: error, orgId, subscriber: name }, 'subscriber failed; it will try again');
    await this.#db.inTx({ orgId }, (tx) =>
      tx.query(
        'update kernel.cursors set failures = failures + 1, last_error = $3 where org_id = $1 and subscriber = $2',
        [orgId, name, String(error).slice(0, 500)],
      ),
    );
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, POLL_MS);
      this.#wake = done;
      if (this.#dirty.size > 0) done();
    });
  }
}

const SETTLE_MS_MAX = 5000;

/**
 * Handles everything committed so far, once, for one organisation. Transactions that run at the call, of any database of
 * the server, keep later events unsettled: it waits for them, at most 5 s. For tests and the command line.
 */
export async function drainSubscribers(
  db: Db,
  orgId: string,
  subscribers: readonly Subscriber[],
  now: Date = new Date(),
): Promise<void> {
  const { until } = one(
    await db.systemTx((tx) =>
      tx.query<{ until: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as until'),
    ),
  );
  const giveUp = Date.now() + SETTLE_MS_MAX;
  for (let moved = true, settled = false; moved || !settled;) {
    settled = settled || (await hasSettled(db, until)) || Date.now() > giveUp;
    moved = false;
    const { behind } = await peek(db, orgId, subscribers, () => '0');
    for (const subscriber of behind) {
      const taken = await takeBatch(db, orgId, subscriber, subscriber.batchMax ?? BATCH_MAX, now);
      if (taken !== undefined && taken > 0) moved = true;
    }
    if (!moved && !settled) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Whether every transaction older than `until` has ended. */
async function hasSettled(db: Db, until: string): Promise<boolean> {
  const sql = 'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as settled';
  return one(await db.systemTx((tx) => tx.query<{ settled: boolean }>(sql, [until]))).settled;
}
