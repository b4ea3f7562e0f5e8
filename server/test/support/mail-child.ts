import { type App, openApp } from '#app/app.ts';
import { systemCtx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import { fetchMail } from '../../src/modules/support/mail/jobs/fetch.ts';

// Looks into a mailbox in a process of its own, which is killed as the power is cut after so many statements of SQL.
const [url = '', dataDir = '', secret = '', orgId = '', accountId = '', killAfter = '0'] = process.argv.slice(2);
let left = Number(killAfter);

/** A transaction or a database whose statements are counted. */
function mortal<T extends object>(target: T): T {
  return new Proxy(target, {
    get: (it, name) => {
      const value: unknown = Reflect.get(it, name);
      if (typeof value !== 'function') return value;
      if (name === 'inTx' || name === 'read')
        return (who: unknown, work: (tx: object) => unknown) =>
          Reflect.apply(value, it, [who, (tx: object) => work(mortal(tx))]) as unknown;
      if (name !== 'query' && name !== 'prepared') return value.bind(it) as unknown;
      return async (...args: unknown[]) => {
        const answer: unknown = await Reflect.apply(value, it, args);
        left -= 1;
        if (left === 0) process.kill(process.pid, 'SIGKILL');
        return answer;
      };
    },
  });
}

const quiet = () => undefined;
const log: App['log'] = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const app = await openApp(
  {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: url,
    demo: false,
    secret,
    redisUrl: undefined,
    logLevel: 'silent',
    publicUrl: undefined,
    smtp: undefined,
    trustedProxies: [],
    channelUrls: { wechat: undefined, alipay: undefined },
  },
  { log, migrations: false, poolMax: 3 },
);
await fetchMail.run({ db: mortal(app.db) as Db, log }, { accountId }, systemCtx(orgId));
process.stdout.write('done');
process.exit();
