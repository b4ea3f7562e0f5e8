import { type Ctx, systemCtx } from '../context.ts';
import { Db } from '../db/index.ts';
import { newId } from '../ids.ts';
import { freshDatabase } from './database.ts';

/** A migrated database of its own with the kernel's door to it, for tests of what lies below HTTP. */
export async function testDb(poolMax = 30) {
  const database = await freshDatabase();
  const lost: Error[] = [];
  const db = new Db({ url: database.url, poolMax, onError: (error) => void lost.push(error) });
  return {
    db,
    url: database.url,
    /** Connections the pool gave up. */
    lost,
    /** Makes an organisation; returns its id. */
    org: async (): Promise<string> => {
      const id = newId();
      const code = `o${id.replaceAll('-', '').slice(-12)}`;
      await db.systemTx((tx) =>
        tx.query(`insert into kernel.orgs (id, code, name) values ($1, $2, 'Test')`, [id, code]),
      );
      return id;
    },
    close: async (): Promise<void> => {
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type TestDb = Awaited<ReturnType<typeof testDb>>;

/** The context of a test: the system acts, at a moment the test names. */
export const someCtx = (orgId: string, over: Partial<Ctx> = {}): Ctx => ({
  ...systemCtx(orgId, new Date('2026-11-22T04:00:00Z'), 'test'),
  ...over,
});
