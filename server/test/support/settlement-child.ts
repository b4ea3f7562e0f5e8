import { systemCtx } from '#kernel/context.ts';
import { Db, type Tx } from '#kernel/db/index.ts';
import { buildDue } from '#modules/payments/index.ts';

// Makes a party's statements in a process of its own, which is killed as the power is cut after so many statements of SQL.
const [url = '', orgId = '', partyId = '', day = '', killAfter = '0'] = process.argv.slice(2);
let left = Number(killAfter);
const db = new Db({ url, poolMax: 2, systemPoolMax: 1 });

/** The transaction, but for the end of the process. */
function mortal(tx: Tx): Tx {
  return new Proxy(tx, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const answer: unknown = await Reflect.apply(value, target, args);
        left -= 1;
        if (left === 0) process.kill(process.pid, 'SIGKILL');
        return answer;
      };
    },
  });
}

const ctx = systemCtx(orgId, new Date(`${day}T12:00:00+08:00`));
const made = await db.inTx(ctx, (tx) => buildDue(mortal(tx), ctx, partyId, day));
process.stdout.write(String(made.length));
process.exit();
