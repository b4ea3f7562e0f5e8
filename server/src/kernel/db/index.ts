import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import { assert } from '../assert.ts';
import { isUuid } from '../ids.ts';
import { type Span, traced } from '../tracing/index.ts';

declare const inTransaction: unique symbol;

export interface Queryable {
  /** Runs one statement. int8 comes back as a number (asserted safe), numeric as text, timestamptz as Date. */
  query<R>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}

/** Only `Db` makes one, so a pool can never be passed where a transaction is meant. */
export interface Tx extends Queryable {
  readonly [inTransaction]: true;
  /** The organisation whose rows this transaction sees; empty in a system transaction. */
  readonly orgId: string;
  /** As `query`, but prepared once per connection: for statements on the hot path. */
  prepared<R>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  /**
   * Streams rows, as COPY's text form wants them, into a temporary table of this transaction: COPY refuses tables with
   * row-level security. An error of `rows` fails the transaction and is thrown as it is.
   */
  copyIn(table: string, rows: AsyncIterable<string>): Promise<void>;
  /** Runs after the commit and never after a rollback. For waking workers only: anything that must happen is a row. */
  afterCommit(wake: () => void): void;
}

export type DbOptions = {
  url: string;
  /** Connections of the application role. */
  poolMax?: number;
  /** Connections of the owner role, which sees every organisation. */
  systemPoolMax?: number;
  statementTimeoutMs?: number;
  onError?: (error: Error) => void;
};

export const APP_ROLE = 'zhanggui_app';
const RETRYABLE = new Set(['40001', '40P01']); // serialization_failure, deadlock_detected
const ATTEMPTS_MAX = 4;
const facts = (kind: string) => ({
  'db.system.name': 'postgresql',
  'zhanggui.transaction': kind,
  'zhanggui.attempts': 1,
});
const FACTS = { write: facts('write'), read: facts('read'), system: facts('system'), call: facts('call') };
const WITHIN = { where: 'within' } as const; // on its own a transaction says nothing, and workers look every second
const INT8 = 20;

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8 && format !== 'binary') {
      return (text: string): number => {
        const value = Number(text);
        assert(Number.isSafeInteger(value), `bigint ${text} is beyond the safe integers`);
        return value;
      };
    }
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

const statementNames = new Map<string, string>();
function statementName(sql: string): string {
  let name = statementNames.get(sql);
  if (!name) {
    name = `z${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    statementNames.set(sql, name);
  }
  return name;
}

class Transaction {
  readonly orgId: string;
  readonly wakes: (() => void)[] = [];
  readonly #client: pg.PoolClient;
  constructor(client: pg.PoolClient, orgId: string) {
    this.#client = client;
    this.orgId = orgId;
  }
  async query<R>(sql: string, params?: readonly unknown[]): Promise<R[]> {
    const result = await this.#client.query(sql, params as unknown[] | undefined);
    return result.rows as R[];
  }
  async prepared<R>(sql: string, params?: readonly unknown[]): Promise<R[]> {
    const result = await this.#client.query({
      name: statementName(sql),
      text: sql,
      values: (params ?? []) as unknown[],
    });
    return result.rows as R[];
  }
  async copyIn(table: string, rows: AsyncIterable<string>): Promise<void> {
    const copy: CopyStreamQuery = this.#client.query(copyFrom(`copy ${table} from stdin`));
    await pipeline(Readable.from(rows, { objectMode: true, highWaterMark: 2 }), copy);
  }
  afterCommit(wake: () => void): void {
    this.wakes.push(wake);
  }
}

/**
 * Waits a little longer after each lost race, with jitter, so that the same transactions do not meet again at once.
 */
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, attempt * 5 + Math.random() * 20 * attempt));

/** The one way to PostgreSQL. Transactions are opened here and nowhere else. */
export class Db {
  readonly #app: pg.Pool;
  readonly #system: pg.Pool;
  #closing = false;

  constructor(options: DbOptions) {
    const timeout = options.statementTimeoutMs ?? 30_000;
    const common = { connectionString: options.url, types, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000 };
    const sessions = `-c timezone=UTC -c statement_timeout=${timeout} -c idle_in_transaction_session_timeout=60000`;
    this.#app = new pg.Pool({
      ...common,
      max: options.poolMax ?? 16,
      application_name: 'zhanggui',
      options: `-c role=${APP_ROLE} ${sessions}`,
    });
    this.#system = new pg.Pool({
      ...common,
      max: options.systemPoolMax ?? 8,
      application_name: 'zhanggui-system',
      options: sessions,
    });
    // A server that goes away breaks idle connections too: the pool drops them, the next request gets a fresh one.
    for (const pool of [this.#app, this.#system]) {
      pool.on('error', (error) => {
        if (!this.#closing) options.onError?.(error);
      });
      // the job queue complains about pools whose busy clients nobody listens to
      pool.on('connect', (client) => void client.on('error', () => undefined));
    }
  }

  /** The pool of the owner role, for libraries that bring their own SQL (log-in, job queue). */
  get systemPool(): pg.Pool {
    return this.#system;
  }

  /**
   * Runs `work` in one transaction that sees only the organisation's rows. Commits when it resolves, rolls back when
   * it throws. A transaction lost to a deadlock or serialization failure is run again from its start, so `work` must
   * have no effect outside the database. At most 4 attempts.
   */
  async inTx<T>(ctx: { orgId: string }, work: (tx: Tx) => Promise<T>): Promise<T> {
    assert(isUuid(ctx.orgId), 'a transaction belongs to an organisation');
    return this.#run('write', this.#app, `begin; set local app.org_id = '${ctx.orgId}'`, ctx.orgId, work);
  }

  /** As `inTx`, but the database refuses writes. */
  async read<T>(ctx: { orgId: string }, work: (tx: Tx) => Promise<T>): Promise<T> {
    assert(isUuid(ctx.orgId), 'a transaction belongs to an organisation');
    return this.#run('read', this.#app, `begin read only; set local app.org_id = '${ctx.orgId}'`, ctx.orgId, work);
  }

  /** A transaction of the owner role: every organisation's rows. For the kernel, log-in and `doctor` only. */
  async systemTx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#run('system', this.#system, 'begin', '', work);
  }

  /**
   * One SQL function in its own transaction and one round trip: the order intake. `call` is its call with parameters
   * from $2 on; the CASE sets the organisation before it is evaluated.
   */
  async call<R>(ctx: { orgId: string }, call: string, params: readonly unknown[]): Promise<R> {
    assert(isUuid(ctx.orgId), 'a transaction belongs to an organisation');
    const text = `select case when set_config('app.org_id', $1, true) is not null then ${call} end as answer`;
    return traced(
      'db.transaction',
      FACTS.call,
      async () => {
        const result = await this.#app.query({ name: statementName(text), text, values: [ctx.orgId, ...params] });
        return (result.rows[0] as { answer: R }).answer;
      },
      WITHIN,
    );
  }

  #run<T>(
    kind: keyof typeof FACTS,
    pool: pg.Pool,
    begin: string,
    orgId: string,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const run = (span: Span): Promise<T> => this.#attempts(pool, begin, orgId, work, span);
    return traced('db.transaction', FACTS[kind], run, WITHIN);
  }

  async #attempts<T>(
    pool: pg.Pool,
    begin: string,
    orgId: string,
    work: (tx: Tx) => Promise<T>,
    span: Span,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      if (attempt > 1) span.note({ 'zhanggui.attempts': attempt });
      // a fresh transaction per attempt: an aborted one cannot be retried
      const client = await pool.connect();
      let broken: Error | undefined;
      const lost = (error: Error): void => void (broken = error);
      client.on('error', lost);
      const tx = new Transaction(client, orgId);
      try {
        await client.query(begin);
        const value = await work(tx as unknown as Tx);
        const ended = await client.query('commit');
        // PostgreSQL answers ROLLBACK to the COMMIT of an aborted transaction: somebody swallowed its error
        assert(ended.command === 'COMMIT', 'the transaction committed');
        for (const wake of tx.wakes) wake();
        return value;
      } catch (error) {
        await client.query('rollback').catch(lost); // the first error is the one to report
        if (attempt >= ATTEMPTS_MAX || !RETRYABLE.has(String((error as { code?: unknown }).code))) throw error;
      } finally {
        client.off('error', lost);
        client.release(broken);
      }
      await pause(attempt);
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([this.#app.end(), this.#system.end()]);
  }
}

/** The only row. @throws InvariantBroken when there is not exactly one. */
export function one<R>(rows: readonly R[]): R {
  assert(rows.length === 1, `one row expected, got ${rows.length}`);
  return rows[0] as R;
}

/** The row, or undefined. @throws InvariantBroken when there are several. */
export function maybeOne<R>(rows: readonly R[]): R | undefined {
  assert(rows.length <= 1, `at most one row expected, got ${rows.length}`);
  return rows[0];
}

/** PostgreSQL's error code of a failed statement, or undefined. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
