import type { Db } from '../db/index.ts';
import { MasterKey } from './master-key.ts';

type Row = { org_id: string; key_no: number; wrapped: Buffer };

/**
 * Moves every data key from the old master secret to the new one, all or none, and returns how many. Sealed data and
 * indexes stay as they are. Stop the other nodes first: they hold the old secret. Throws MasterSecretMismatch when
 * the old secret is wrong, before anything is changed.
 */
export async function rewrap(db: Pick<Db, 'systemTx'>, oldSecret: string, newSecret: string): Promise<number> {
  const [from, to] = [new MasterKey(oldSecret), new MasterKey(newSecret)];
  return db.systemTx(async (tx) => {
    await tx.query('lock table kernel.data_keys in exclusive mode'); // no key may be made with the old secret meanwhile
    const rows = await tx.query<Row>('select org_id, key_no, wrapped from kernel.data_keys order by org_id, key_no');
    const wrapped = rows.map((r) => to.wrap(r.org_id, r.key_no, from.unwrap(r.org_id, r.key_no, r.wrapped)));
    await tx.query(
      `update kernel.data_keys k set wrapped = n.wrapped
         from unnest($1::uuid[], $2::int[], $3::bytea[]) as n (org_id, key_no, wrapped)
        where k.org_id = n.org_id and k.key_no = n.key_no`,
      [rows.map((r) => r.org_id), rows.map((r) => r.key_no), wrapped],
    );
    return rows.length;
  });
}
