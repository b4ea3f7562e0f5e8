import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, openApp } from '#app/app.ts';
import type { Config } from '#app/config.ts';
import { doctor } from '#app/doctor.ts';
import { createHttp } from '#app/http.ts';
import { allDeadlines, allJobs, allSubscribers } from '#app/wiring.ts';
import { sweepDeadlines } from '#kernel/deadlines/index.ts';
import { runJobsOnce } from '#kernel/jobs/index.ts';
import type { Log } from '#kernel/log.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import { type FreshDatabase, freshDatabase } from '#kernel/testing/database.ts';
import { createApiKey, createOrg, createUser, findOrg } from '#modules/identity/index.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
// oxlint-disable-next-line no-explicit-any -- tests look into whatever came back
export type Answer = { status: number; body: any; headers: Headers };
export type Api = (method: Method, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** A moment the test moves; it never moves by itself. */
export type Clock = { now: () => Date; pass: (ms: number) => void; at: (moment: Date) => void };

export const PASSWORD = 'correct horse battery';

/** Starts at a whole second of the present, because what databases and libraries stamp by themselves must lie near it. */
export function stoppedClock(): Clock {
  let ms = Math.floor(Date.now() / 1000) * 1000;
  return { now: () => new Date(ms), pass: (by) => void (ms += by), at: (moment) => void (ms = moment.getTime()) };
}

/** Sends requests as one organisation's key or person. A 500 is never an expected answer: it throws with what was logged. */
export type Sender = {
  api: Api;
  get: (url: string) => Promise<Answer>;
  post: (url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
};

export type TestOrg = Sender & { id: string; code: string; key: string };

const SECRET = 'the master key of these tests';

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: json && text !== '' ? JSON.parse(text) : text, headers: response.headers };
}

/**
 * The whole product on a database of its own, listening on a port the system chose, with a clock the test moves.
 * Subscribers, jobs and deadlines run when the test says so: `settleDown`.
 */
export async function testApp(
  given: {
    clock?: Clock;
    database?: FreshDatabase;
    poolMax?: number;
    log?: Log;
    channelUrls?: Config['channelUrls'];
  } = {},
) {
  const clock = given.clock ?? stoppedClock();
  const database = given.database ?? (await freshDatabase());
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zhanggui-test-'));
  const logged: string[] = [];
  const note = (facts: object, says: string): void => {
    const { err } = facts as { err?: unknown };
    logged.push(err instanceof Error ? `${says}: ${err.stack}` : `${says} ${JSON.stringify(facts)}`);
  };
  const log: Log = given.log ?? { debug: () => undefined, info: () => undefined, warn: note, error: note };
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: database.url,
    demo: false,
    secret: SECRET,
    redisUrl: undefined,
    logLevel: 'silent',
    publicUrl: undefined,
    smtp: undefined,
    trustedProxies: [],
    channelUrls: given.channelUrls ?? { wechat: undefined, alipay: undefined },
  };
  const app: App = await openApp(config, { log, migrations: false, poolMax: given.poolMax ?? 12 });
  const http = await createHttp(app, { now: clock.now, shedAboveMs: 60_000 }); // a slow test machine is not overload
  await http.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  app.baseUrl.value = url;

  const sender = (credentials: Record<string, string>): Sender => {
    const api: Api = async (method, target, body, headers = {}) => {
      const own = /^\/(?:(?:api|sandbox)\/|docs$|healthz$|readyz$|metrics$)/.test(target);
      const json = body !== undefined && !(body instanceof FormData);
      const response = await fetch(url + (own ? target : `/api/v1${target}`), {
        method,
        headers: {
          'accept-language': 'en',
          ...credentials,
          ...(json ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: json && typeof body !== 'string' ? JSON.stringify(body) : (body as string | FormData) }),
      });
      const answer = await readAnswer(response);
      if (answer.status === 500 || answer.status === 503)
        assert.fail(`${method} ${target} answered ${answer.status}: ${logged.at(-1)}`);
      return answer;
    };
    return {
      api,
      get: (target) => api('GET', target),
      post: (target, body = {}, headers) => api('POST', target, body, headers),
    };
  };

  return {
    app,
    db: app.db,
    http,
    url,
    clock,
    logged,
    database,
    /** Requests without any credential. */
    nobody: sender({}),
    bearing: (token: string): Sender => sender({ authorization: `Bearer ${token}` }),
    /** Makes an organisation with a key that may do everything; finds it when it exists. */
    org: async (code = 'shop', scopes: string[] = ['all']): Promise<TestOrg> => {
      const id = (await findOrg(app.db, code))?.id ?? (await createOrg(app.db, { code, name: `Org ${code}` })).id;
      const key = await createApiKey(app.db, { org: code, name: 'test', scopes });
      return { id, code, key, ...sender({ authorization: `Bearer ${key}` }) };
    },
    /** Makes a person and signs in: requests carry the session's cookie as a browser's do. */
    person: async (
      org: string,
      roles: string[] = ['admin'],
      over: { shops?: string[]; warehouses?: string[] } = {},
    ): Promise<Sender & { id: string }> => {
      const email = `${roles.join('.')}.${Math.random().toString(36).slice(2)}@${org}.test`;
      const { id } = await createUser(app.db, { org, email, name: email, password: PASSWORD, roles, ...over });
      const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
      assert.equal(signedIn.status, 200, await signedIn.text());
      const cookie = signedIn.headers
        .getSetCookie()
        .map((c) => c.split(';')[0])
        .join('; ');
      return { id, ...sender({ cookie, origin: url }) };
    },
    /** Lets everything happen that is due at the clock's time: events handled, jobs run, deadlines swept. */
    settleDown: () => settleDown(app, clock.now()),
    /** What `settleDown` would have to do, but for what becomes due by itself: another answer than before means something happened. */
    stirred: () => stirred(app),
    /** What `doctor` finds wrong. */
    faults: async (): Promise<string[]> =>
      (await doctor(app.db)).flatMap((f) => f.faults.map((fault) => `${f.org}: ${f.invariant}: ${fault}`)),
    /** Stops the server as a restart does; the database stays. */
    stop: async (): Promise<void> => {
      await http.close();
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
    close: async (): Promise<void> => {
      await http.close();
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
      await database[Symbol.asyncDispose]();
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof testApp>>;

const ROUNDS_MAX = 20;

async function settleDown(app: App, now: Date): Promise<void> {
  const orgs = await app.db.systemTx((tx) => tx.query<{ id: string }>('select id from kernel.orgs order by id'));
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    for (const { id } of orgs) await drainSubscribers(app.db, id, allSubscribers, now);
    const jobs = await pullForward(app, now);
    if (jobs > 0) await runJobsOnce({ db: app.db, log: app.log }, allJobs);
    const swept = await sweepDeadlines(app.db, allDeadlines, now, app.log);
    if (jobs === 0 && swept === 0) return;
  }
  assert.fail('the system does not come to rest');
}

async function stirred(app: App): Promise<string> {
  const [row] = await app.db.systemTx((tx) =>
    tx.query<{ events: string; jobs: string }>(
      `select (select last_value from kernel.outbox_seq_seq) as events,
              (select coalesce(max(id), 0) || ' ' || count(*) from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts) as jobs`,
    ),
  );
  return `${row?.events} ${row?.jobs}`;
}

/** The queue looks at the database's clock: what is due by the test's clock is made due by that one. Counts what is due. */
async function pullForward(app: App, now: Date): Promise<number> {
  return app.db.systemTx(async (tx) => {
    await tx.query(`update graphile_worker._private_jobs set run_at = now() where run_at <= $1 and run_at > now()`, [
      now,
    ]);
    const [row] = await tx.query<{ n: number }>(
      'select count(*)::int as n from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts and locked_at is null',
    );
    return row?.n ?? 0;
  });
}
