import type { AddressInfo } from 'node:net';
import { sweepFiles } from '#kernel/files/index.ts';
import { sweepUploads } from '#kernel/files/uploads/uploads.ts';
import { pruneIdempotency } from '#kernel/http/idempotency.ts';
import { startDeadlines } from '#kernel/deadlines/index.ts';
import { startJobs } from '#kernel/jobs/index.ts';
import { SubscriberRunner } from '#kernel/outbox/subscribers.ts';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { watchTransfers } from '#kernel/transfers/index.ts';
import { prunePortal } from '#modules/customers/index.ts';
import { pruneLogIn } from '#modules/identity/index.ts';
import type { App } from './app.ts';
import { createHttp } from './http.ts';
import { allDeadlines, allJobs, allSubscribers } from './wiring.ts';

export type Serving = { url: string; stop(): Promise<void> };

/** Listens, and works subscribers, jobs and deadlines in this process. `stop` finishes what is in flight. */
export async function serve(app: App): Promise<Serving> {
  const http = await createHttp(app);
  await http.listen({ port: app.config.port, host: app.config.host });
  const { port } = http.server.address() as AddressInfo;
  const host = app.config.host === '0.0.0.0' || app.config.host === '::' ? '127.0.0.1' : app.config.host;
  const url = app.config.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  app.baseUrl.value = url;
  const subscribers = new SubscriberRunner(app.db, allSubscribers, app.log);
  subscribers.start();
  const jobs = await startJobs({ db: app.db, log: app.log }, allJobs);
  const stopTransfers = watchTransfers(app.db, app.log);
  const stopDeadlines = startDeadlines(app.db, allDeadlines, app.log);
  const chores = [
    every(DAY_MS, 'unused files were not swept', () => sweepFiles(app.db, new Date())),
    every(HOUR_MS, 'uploads nobody went on with were not swept', () => sweepUploads(app.db, new Date())),
    every(HOUR_MS, 'old idempotency keys were not pruned', () => pruneIdempotency(app.db)),
    every(HOUR_MS, 'old log-ins were not pruned', () => pruneLogIn(app.db)),
    every(HOUR_MS, 'old sessions of the portal were not pruned', () => prunePortal(app.db)),
  ];
  function every(ms: number, failed: string, work: () => Promise<unknown>): NodeJS.Timeout {
    return setInterval(() => void work().catch((error: unknown) => app.log.warn({ err: error }, failed)), ms).unref();
  }
  return {
    url,
    stop: async () => {
      for (const chore of chores) clearInterval(chore);
      await http.close();
      await stopDeadlines();
      await subscribers.stop();
      stopTransfers();
      await jobs.stop();
    },
  };
}
