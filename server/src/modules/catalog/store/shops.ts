import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';

export type ShopRow = { id: string; code: string; name: string; currency: Currency; created_at: Date; version: number };
const COLUMNS = 'id, code, name, currency, created_at, version';

/** Returns undefined when the code is taken. */
export async function insertShop(tx: Tx, row: ShopRow): Promise<ShopRow | undefined> {
  return maybeOne(
    await tx.query<ShopRow>(
      `insert into catalog.shops (org_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7) on conflict (org_id, code) do nothing returning ${COLUMNS}`,
      [tx.orgId, row.id, row.code, row.name, row.currency, row.created_at, row.version],
    ),
  );
}

export async function findShop(tx: Tx, idOrCode: { id: string } | { code: string }): Promise<ShopRow | undefined> {
  const [column, value] = 'id' in idOrCode ? ['id', idOrCode.id] : ['code', idOrCode.code];
  return maybeOne(
    await tx.prepared<ShopRow>(`select ${COLUMNS} from catalog.shops where org_id = $1 and ${column} = $2`, [
      tx.orgId,
      value,
    ]),
  );
}

export async function listShops(
  tx: Tx,
  afterCode: string | null,
  limit: number,
  only: ReadonlySet<string> | null,
): Promise<ShopRow[]> {
  return tx.query<ShopRow>(
    `select ${COLUMNS} from catalog.shops where org_id = $1 and ($2::text is null or code > $2) and ($4::uuid[] is null or id = any ($4)) order by code limit $3`,
    [tx.orgId, afterCode, limit, only && [...only]],
  );
}

/** The shops that exist among the codes. */
export async function shopsByCodes(tx: Tx, codes: readonly string[]): Promise<ShopRow[]> {
  return tx.query<ShopRow>(`select ${COLUMNS} from catalog.shops where org_id = $1 and code = any ($2)`, [
    tx.orgId,
    codes,
  ]);
}
