import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { InvoiceTitleNotFound } from '../errors.ts';

export type TitleRow = {
  id: string;
  customer_id: string;
  kind: 'personal' | 'company';
  sealed: Buffer;
  name_idx: Buffer;
  tax_id_idx: Buffer | null;
  preferred: boolean;
  used_at: Date;
};
const COLUMNS = 'id, customer_id, kind, sealed, name_idx, tax_id_idx, preferred, used_at';
export const TITLES_MAX = 20;

/** A customer's titles: the preferred one, then the last used. */
export const titlesOf = (tx: Tx, customerId: string): Promise<TitleRow[]> =>
  tx.query<TitleRow>(
    `select ${COLUMNS} from invoicing.titles where org_id = $1 and customer_id = $2 order by preferred desc, used_at desc, id limit ${TITLES_MAX}`,
    [tx.orgId, customerId],
  );

/** Keeps a title, or notes that it was used again; of many the one not used for longest goes. */
export async function putTitle(
  tx: Tx,
  ctx: Ctx,
  title: Omit<TitleRow, 'id' | 'used_at' | 'preferred'> & { preferred?: boolean },
): Promise<TitleRow> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`invoicing.titles/${title.customer_id}`]);
  if (title.preferred)
    await tx.query(
      'update invoicing.titles set preferred = false where org_id = $1 and customer_id = $2 and preferred',
      [tx.orgId, title.customer_id],
    );
  const [row] = await tx.query<TitleRow>(
    `insert into invoicing.titles (org_id, id, customer_id, kind, sealed, name_idx, tax_id_idx, preferred, created_at, used_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (org_id, customer_id, kind, name_idx, coalesce(tax_id_idx, ''::bytea)) do update set sealed = excluded.sealed, used_at = excluded.used_at,
       preferred = invoicing.titles.preferred or excluded.preferred, version = invoicing.titles.version + 1 returning ${COLUMNS}`,
    [
      tx.orgId,
      newId(),
      title.customer_id,
      title.kind,
      title.sealed,
      title.name_idx,
      title.tax_id_idx,
      title.preferred ?? false,
      ctx.now,
    ],
  );
  await tx.query(
    `delete from invoicing.titles where org_id = $1 and id in (select id from invoicing.titles where org_id = $1 and customer_id = $2 order by preferred desc, used_at desc, id offset ${TITLES_MAX})`,
    [tx.orgId, title.customer_id],
  );
  return row as TitleRow;
}

/** @throws InvoiceTitleNotFound when it is none of the customer's. */
export async function deleteTitle(tx: Tx, customerId: string, id: string): Promise<void> {
  const row = maybeOne(
    await tx.query('delete from invoicing.titles where org_id = $1 and customer_id = $2 and id = $3 returning 1', [
      tx.orgId,
      customerId,
      id,
    ]),
  );
  if (!row) throw new InvoiceTitleNotFound({ title: id });
}
