import { fork } from 'node:child_process';
import path from 'node:path';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Db } from '#kernel/db/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { BUILT_IN_ROLES, findOrg } from '#modules/identity/index.ts';
import type { App } from '../app.ts';

export const DEMO_ORG = 'demo';
export type LogIn = { role: string; email: string; password: string };

/** Whether the demo organisation is there, and whether its people are. */
export async function demoState(db: Db): Promise<'none' | 'without_people' | 'complete'> {
  const demo = await findOrg(db, DEMO_ORG);
  if (!demo) return 'none';
  const [count] = await db.read({ orgId: demo.id }, (tx) =>
    tx.query<{ people: number }>('select count(*) as people from identity.members where org_id = $1', [demo.id]),
  );
  return (count?.people ?? 0) >= BUILT_IN_ROLES.length ? 'complete' : 'without_people';
}

/**
 * Has the demo made by a process of its own the first time, because a server would keep the memory that takes; answers with
 * its log-ins then, and with nothing ever after. `onBegin` is called before it is made.
 */
export async function makeDemoApart(app: Pick<App, 'db' | 'databaseUrl'>, onBegin: () => void): Promise<LogIn[]> {
  if ((await demoState(app.db)) === 'complete') return [];
  onBegin();
  const env = { ...process.env, DATABASE_URL: app.databaseUrl };
  const child = fork(path.join(import.meta.dirname, 'make.ts'), { env });
  const stop = (): void => void child.kill('SIGKILL'); // before the database stops under it
  process.prependOnceListener('exit', stop);
  try {
    return await new Promise((resolve, reject) => {
      child.once('message', (logIns) => {
        child.disconnect(); // only then it ends, so that its end is never heard before its answer
        resolve(logIns as LogIn[]);
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`the demo was not made (${code ?? signal})`)));
    });
  } finally {
    process.off('exit', stop);
  }
}

/** The telephone of whoever has ordered most in the demo, to try the portal with; undefined where there is no demo. */
export async function demoCustomer(app: Pick<App, 'db'>): Promise<string | undefined> {
  const demo = await findOrg(app.db, DEMO_ORG);
  if (!demo) return undefined;
  await fieldCrypto.load(demo.id);
  return app.db.read({ orgId: demo.id }, async (tx) => {
    const [most] = await tx.query<{ customer_id: string }>(
      'select customer_id from orders.orders where org_id = $1 and not historical group by 1 order by count(*) desc, 1 limit 1',
      [demo.id],
    );
    const customer = most && (await customersByIds(tx, [most.customer_id])).get(most.customer_id);
    return customer?.phone || undefined;
  });
}
