import { EventEmitter } from 'node:events';
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { PoolClient } from 'pg';
import type { z } from 'zod';
import { type Ctx, systemCtx } from '../context.ts';
import type { Db, Tx } from '../db/index.ts';
import type { Log } from '../log.ts';
import { MINUTE_MS } from '../time.ts';
import { traced } from '../tracing/index.ts';

export type JobEnv = { readonly db: Db; readonly log: Log };

export type Job<S extends z.ZodType = z.ZodType> = {
  readonly name: string;
  readonly input: S;
  readonly attemptsMax: number;
  /**
   * Opens its own transactions; network calls stay outside them. Runs at least once: it must look again before it
   * acts. Throwing makes it run later (exponential delay) until attemptsMax.
   */
  run(env: JobEnv, input: z.output<S>, ctx: Ctx): Promise<void>;
  /**
   * Adds the job in the caller's transaction: it exists if and only if the change committed. The same `key` replaces
   * a job still waiting.
   */
  enqueue(tx: Tx, ctx: Ctx, input: z.input<S>, options?: { key?: string; runAt?: Date }): Promise<void>;
  /** As `enqueue` for each item, in one statement; each key once. */
  enqueueMany(tx: Tx, ctx: Ctx, items: readonly { input: z.input<S>; key: string; runAt?: Date }[]): Promise<void>;
};

/** Declares a job. `name` is stable: jobs waiting across a deployment carry it. */
export function defineJob<S extends z.ZodType>(job: Pick<Job<S>, 'name' | 'input' | 'attemptsMax' | 'run'>): Job<S> {
  return {
    ...job,
    enqueue: async (tx, ctx, input, options = {}) => {
      const payload = JSON.stringify({ orgId: ctx.orgId, requestId: ctx.requestId, input: job.input.parse(input) });
      await tx.query('select kernel.add_job($1, $2, $3, $4, $5)', [
        job.name,
        payload,
        options.key === undefined ? null : `${ctx.orgId}:${job.name}:${options.key}`,
        options.runAt ?? null,
        job.attemptsMax,
      ]);
    },
    enqueueMany: async (tx, ctx, items) => {
      if (items.length === 0) return;
      const { orgId, requestId } = ctx;
      await tx.query(
        'select kernel.add_job($1, p, k, r, $5) from unnest($2::json[], $3::text[], $4::timestamptz[]) as rows (p, k, r)',
        [
          job.name,
          items.map((i) => JSON.stringify({ orgId, requestId, input: job.input.parse(i.input) })),
          items.map((i) => `${orgId}:${job.name}:${i.key}`),
          items.map((i) => i.runAt ?? null),
          job.attemptsMax,
        ],
      );
    },
  };
}

type Payload = { orgId: string; requestId: string; input: unknown };

function tasksOf(env: JobEnv, jobs: readonly Job[]): TaskList {
  const tasks: TaskList = {};
  for (const job of jobs) {
    tasks[job.name] = async (payload) => {
      const { orgId, requestId, input } = payload as Payload;
      const ctx = systemCtx(orgId, new Date(), requestId);
      const facts = { 'zhanggui.job': job.name };
      await traced(`job ${job.name}`, facts, () => job.run(env, job.input.parse(input), ctx), { where: 'root' });
    };
  }
  return tasks;
}

/**
 * Works the queue in this process until `stop` of what it returns. Jobs that a killed process held are given back at
 * the start and every minute.
 */
export async function startJobs(
  env: JobEnv,
  jobs: readonly Job[],
  concurrency = 4,
): Promise<{ stop(): Promise<void> }> {
  const alive = new Liveness(env);
  const events = new EventEmitter() as WorkerEvents;
  events.on('worker:create', ({ worker }) => void alive.vouchFor(worker.workerId));
  await alive.freeJobsOfTheDead();
  const runner: Runner = await run({
    pgPool: env.db.systemPool,
    taskList: tasksOf(env, jobs),
    concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: loggerTo(env.log),
    parsedCronItems: [],
    events,
  });
  const timer = setInterval(() => void alive.freeJobsOfTheDead(), MINUTE_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await runner.stop();
      alive.end();
    },
  };
}

const loggerTo = (log: Log): Logger =>
  new Logger(({ taskIdentifier, jobId }) => (level, message) => {
    if (level === 'error') log.error({ task: taskIdentifier, job: jobId }, message);
    else if (level === 'warning') log.warn({ task: taskIdentifier, job: jobId }, message);
  });

/**
 * The queue takes hours to believe that a worker is dead. A session lock of PostgreSQL ends with the process that holds
 * it, so each worker vouches for itself with one, and whoever can take a worker's lock knows that it has gone.
 */
class Liveness {
  readonly #env: JobEnv;
  #client: Promise<PoolClient> | undefined;
  readonly #ids = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  constructor(env: JobEnv) {
    this.#env = env;
  }

  /** One query at a time on the one connection. */
  async vouchFor(workerId: string): Promise<void> {
    this.#ids.add(workerId);
    this.#turn = this.#turn.then(() => this.#vouch(workerId));
    await this.#turn;
  }

  async #vouch(workerId: string): Promise<void> {
    try {
      await (await this.#session()).query('select pg_advisory_lock(hashtextextended($1, 1))', [workerId]);
    } catch (error) {
      this.#lost(error);
    }
  }

  /** One connection for all locks; when it is lost with the server, the next call vouches anew. */
  #session(): Promise<PoolClient> {
    this.#client ??= this.#open();
    return this.#client;
  }

  async #open(): Promise<PoolClient> {
    const client = await this.#env.db.systemPool.connect();
    client.on('error', (error) => this.#lost(error));
    for (const id of this.#ids) await client.query('select pg_advisory_lock(hashtextextended($1, 1))', [id]);
    return client;
  }

  #lost(error: unknown): void {
    this.#env.log.warn({ err: error }, 'jobs: the connection that vouches for this process was lost');
    this.end();
  }

  async freeJobsOfTheDead(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#free());
    await this.#turn;
  }

  async #free(): Promise<void> {
    try {
      const client = await this.#session();
      const { rows } = await client.query<{ id: string }>(
        `select distinct locked_by as id from graphile_worker._private_jobs where locked_by is not null and locked_by <> all ($1)`,
        [[...this.#ids]],
      );
      for (const { id } of rows) {
        const taken = await client.query<{ dead: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 1)) as dead',
          [id],
        );
        if (!taken.rows[0]?.dead) continue;
        await client.query('select graphile_worker.force_unlock_workers(array[$1])', [id]);
        await client.query('select pg_advisory_unlock(hashtextextended($1, 1))', [id]);
        this.#env.log.info({ worker: id }, 'jobs of a process that was killed are given back');
      }
    } catch (error) {
      this.#lost(error);
    }
  }

  end(): void {
    const client = this.#client;
    this.#client = undefined;
    void giveBack(client);
  }
}

async function giveBack(client: Promise<PoolClient> | undefined): Promise<void> {
  try {
    (await client)?.release(true);
  } catch {
    // it was never opened
  }
}

/** Runs every job that is due, then returns. For tests and the command line. */
export async function runJobsOnce(env: JobEnv, jobs: readonly Job[]): Promise<void> {
  const { runOnce } = await import('graphile-worker');
  await runOnce({
    pgPool: env.db.systemPool,
    taskList: tasksOf(env, jobs),
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    parsedCronItems: [],
  });
}
