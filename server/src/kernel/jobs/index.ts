import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
import type { z } from 'zod';
import { type Ctx, systemCtx } from '../context.ts';
import type { Db, Tx } from '../db/index.ts';
import type { Log } from '../log.ts';

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
  };
}

type Payload = { orgId: string; requestId: string; input: unknown };

function tasksOf(env: JobEnv, jobs: readonly Job[]): TaskList {
  const tasks: TaskList = {};
  for (const job of jobs) {
    tasks[job.name] = async (payload) => {
      const { orgId, requestId, input } = payload as Payload;
      await job.run(env, job.input.parse(input), systemCtx(orgId, new Date(), requestId));
    };
  }
  return tasks;
}

/** Works the queue in this process until `stop` of what it returns. */
export async function startJobs(env: JobEnv, jobs: readonly Job[], concurrency = 4): Promise<Runner> {
  const logger = new Logger(({ taskIdentifier, jobId }) => (level, message) => {
    if (level === 'error') env.log.error({ task: taskIdentifier, job: jobId }, message);
    else if (level === 'warning') env.log.warn({ task: taskIdentifier, job: jobId }, message);
  });
  return run({
    pgPool: env.db.systemPool,
    taskList: tasksOf(env, jobs),
    concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    logger,
    parsedCronItems: [],
  });
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
