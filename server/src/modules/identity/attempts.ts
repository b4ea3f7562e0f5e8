import { createHash } from 'node:crypto';
import { type Db, one } from '#kernel/db/index.ts';
import { RateLimited } from '#kernel/errors.ts';
import { AccountLocked } from './refusals.ts';

export const FAILURES_MAX = 5;
export const WINDOW_MS = 15 * 60_000;
const FREE_PER_ADDRESS = 10;
const SLOWER_BY_MS = 250;
const SLOWEST_MS = 2000;
const QUEUE_MAX = 100;
const NEVER = 2 ** 31 - 1; // failures after which an address is locked

const keyOf = (kind: 'account' | 'address', what: string): Buffer =>
  createHash('sha256').update(`${kind}:${what}`).digest();

type Row = { failures: number; locked_until: Date | null };

// A stale row starts over; a locked one stays as it is. The attempt is counted before the password is looked at, so
// that however many arrive at once, on however many nodes, only FAILURES_MAX of them are ever tried.
const BEGIN = `insert into identity.log_in_attempts as a (key, failures, since) values ($1, 1, $2)
  on conflict (key) do update set
    failures = case when coalesce(a.locked_until, a.since + $3::interval) <= $2 then 1 when a.locked_until is null then a.failures + 1 else a.failures end,
    since = case when coalesce(a.locked_until, a.since + $3::interval) <= $2 then $2 else a.since end,
    locked_until = case when coalesce(a.locked_until, a.since + $3::interval) <= $2 then null
                        when a.locked_until is null and a.failures >= $4::integer then $2 + $3::interval else a.locked_until end
  returning failures, locked_until`;

export type Attempt = {
  /** The secret was wrong. Tells how often by now, and until when the account is locked if this was once too often. */
  failed(): Promise<{ failures: number; lockedUntil: Date | null }>;
  /** The secret was right and nothing more is asked. */
  succeeded(): Promise<void>;
  /** Neither: the request was not judged, or a second factor is still to come. */
  undone(): Promise<void>;
};

/** Counts tries of passwords and one-time codes: five wrong ones in 15 minutes lock the account for 15 minutes. */
export class Attempts {
  readonly #db: Db;
  readonly #now: () => Date;
  readonly #queues = new Map<string, { tail: Promise<unknown>; length: number }>();

  constructor(db: Db, now: () => Date = () => new Date()) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Runs a try for an account, one at a time in this process, so that right passwords sent at once do not shut each
   * other out. @throws AccountLocked, telling `lockedUntil`; the same for accounts that do not exist.
   */
  async guard<T>(email: string, address: string, tryIt: (attempt: Attempt) => Promise<T>): Promise<T> {
    const queue = this.#queues.get(email) ?? { tail: Promise.resolve(), length: 0 };
    if (queue.length >= QUEUE_MAX) throw new RateLimited();
    this.#queues.set(email, queue);
    queue.length += 1;
    const run = queue.tail.then(() => this.#try(email, address, tryIt));
    queue.tail = run.catch(() => undefined);
    try {
      return await run;
    } finally {
      queue.length -= 1;
      if (queue.length === 0) this.#queues.delete(email);
    }
  }

  async #try<T>(email: string, address: string, tryIt: (attempt: Attempt) => Promise<T>): Promise<T> {
    const key = keyOf('account', email);
    const now = this.#now();
    const begun = one(await this.#run<Row>(BEGIN, [key, now, `${WINDOW_MS} ms`, FAILURES_MAX]));
    if (begun.locked_until) {
      const retryAfterS = Math.ceil((begun.locked_until.getTime() - now.getTime()) / 1000);
      throw Object.assign(new AccountLocked({ lockedUntil: begun.locked_until.toISOString() }), { retryAfterS });
    }
    await this.#slow(address);
    return tryIt(this.#attempt(key, address));
  }

  #attempt(key: Buffer, address: string): Attempt {
    return {
      failed: async () => {
        await this.#run(BEGIN, [keyOf('address', address), this.#now(), `${WINDOW_MS} ms`, NEVER]);
        const [row] = await this.#run<Row>(
          `update identity.log_in_attempts set locked_until = case when failures >= $3 then coalesce(locked_until, $2) end
            where key = $1 returning failures, locked_until`,
          [key, new Date(this.#now().getTime() + WINDOW_MS), FAILURES_MAX],
        );
        return { failures: row?.failures ?? 0, lockedUntil: row?.locked_until ?? null };
      },
      succeeded: async () => void (await this.#run('delete from identity.log_in_attempts where key = $1', [key])),
      undone: async () =>
        void (await this.#run(
          'update identity.log_in_attempts set failures = greatest(failures - 1, 0) where key = $1 and locked_until is null',
          [key],
        )),
    };
  }

  /** An address that was wrong often waits before each further try: many people may share it, so it is not locked. */
  async #slow(address: string): Promise<void> {
    const [row] = await this.#run<Row>(
      'select failures, locked_until from identity.log_in_attempts where key = $1 and since > $2',
      [keyOf('address', address), new Date(this.#now().getTime() - WINDOW_MS)],
    );
    const over = (row?.failures ?? 0) - FREE_PER_ADDRESS;
    if (over > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(over * SLOWER_BY_MS, SLOWEST_MS)));
  }

  /**
   * Takes a one-time code for one session. False when it has opened one before: RFC 6238 §5.2 forbids that, and the
   * library does not look.
   */
  async takeCode(userId: string, code: string): Promise<boolean> {
    const now = this.#now();
    const old = new Date(now.getTime() - WINDOW_MS);
    await this.#run('delete from identity.used_codes where user_id = $1 and used_at < $2', [userId, old]);
    const taken = await this.#run(
      'insert into identity.used_codes (user_id, code, used_at) values ($1, $2, $3) on conflict do nothing returning 1',
      [userId, code, now],
    );
    return taken.length === 1;
  }

  #run<R>(sql: string, params: readonly unknown[]): Promise<R[]> {
    return this.#db.systemTx((tx) => tx.query<R>(sql, params));
  }
}
