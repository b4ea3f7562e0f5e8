import { maybeOne, type Tx } from '#kernel/db/index.ts';

/** Under which purpose the contact of who wants to be told is sealed. */
export const BACK_IN_STOCK_CONTACT = 'orders.back_in_stock';
export type Contact = { email?: string | undefined; phone?: string | undefined; name?: string | undefined };

export type WaitingRow = {
  id: string;
  sku_id: string;
  shop_id: string | null;
  contact: Buffer;
  contact_idx: Buffer;
  locale: 'zh-CN' | 'en';
  state: 'waiting' | 'told' | 'expired' | 'withdrawn';
  token_hash: Buffer;
  created_at: Date;
  expires_at: Date;
  ended_at: Date | null;
};
export const COLUMNS =
  'id, sku_id, shop_id, contact, contact_idx, locale, state, token_hash, created_at, expires_at, ended_at';

/** False when the same contact waits for the SKU already. */
export async function insertWaiting(tx: Tx, row: Omit<WaitingRow, 'state' | 'ended_at'>): Promise<boolean> {
  const made = await tx.query(
    `insert into orders.back_in_stock (org_id, id, sku_id, shop_id, contact, contact_idx, locale, state, token_hash, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10) on conflict do nothing returning 1`,
    [
      tx.orgId,
      row.id,
      row.sku_id,
      row.shop_id,
      row.contact,
      row.contact_idx,
      row.locale,
      row.token_hash,
      row.created_at,
      row.expires_at,
    ],
  );
  return made.length === 1;
}

export async function findWaiting(tx: Tx, skuId: string, contactIdx: Buffer): Promise<WaitingRow | undefined> {
  return maybeOne(
    await tx.query<WaitingRow>(
      `select ${COLUMNS} from orders.back_in_stock where org_id = $1 and sku_id = $2 and contact_idx = $3 and state = 'waiting'`,
      [tx.orgId, skuId, contactIdx],
    ),
  );
}

export async function findByToken(tx: Tx, hash: Buffer): Promise<WaitingRow | undefined> {
  return maybeOne(
    await tx.query<WaitingRow>(`select ${COLUMNS} from orders.back_in_stock where org_id = $1 and token_hash = $2`, [
      tx.orgId,
      hash,
    ]),
  );
}

/** Ends one wait, if it has not ended. */
export async function endWaiting(tx: Tx, id: string, state: 'told' | 'withdrawn', at: Date): Promise<void> {
  await tx.query(
    `update orders.back_in_stock set state = $3, ended_at = $4 where org_id = $1 and id = $2 and state = 'waiting'`,
    [tx.orgId, id, state, at],
  );
}

/** Waits whose time is over. */
export async function expireWaiting(tx: Tx, at: Date): Promise<void> {
  await tx.query(
    `update orders.back_in_stock set state = 'expired', ended_at = $2 where org_id = $1 and state = 'waiting' and expires_at <= $2`,
    [tx.orgId, at],
  );
}

/** SKUs somebody waits for. */
export async function awaitedSkus(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ sku_id: string }>(
    `select distinct sku_id from orders.back_in_stock where org_id = $1 and state = 'waiting' limit 10000`,
    [tx.orgId],
  );
  return rows.map((r) => r.sku_id);
}

/** Who waits for a SKU, first come first, locked: two at once tell nobody twice. */
export const lockWaiting = (tx: Tx, skuId: string, limit: number): Promise<WaitingRow[]> =>
  tx.query<WaitingRow>(
    `select ${COLUMNS} from orders.back_in_stock where org_id = $1 and sku_id = $2 and state = 'waiting' order by id limit $3 for update`,
    [tx.orgId, skuId, limit],
  );

/** Those of one SKU, newest first. */
export const waitingOf = (tx: Tx, skuId: string, before: string | null, limit: number): Promise<WaitingRow[]> =>
  tx.query<WaitingRow>(
    `select ${COLUMNS} from orders.back_in_stock where org_id = $1 and sku_id = $2 and ($3::uuid is null or id < $3) order by id desc limit $4`,
    [tx.orgId, skuId, before, limit],
  );

/** How many wait for each SKU, and since when; after `from` in the order of ids. */
export const countsBySku = (
  tx: Tx,
  from: string | null,
  limit: number,
): Promise<{ sku_id: string; waiting: number; since: Date }[]> =>
  tx.query(
    `select sku_id, count(*)::int as waiting, min(created_at) as since from orders.back_in_stock
      where org_id = $1 and state = 'waiting' and ($2::uuid is null or sku_id > $2) group by sku_id order by sku_id limit $3`,
    [tx.orgId, from, limit],
  );
