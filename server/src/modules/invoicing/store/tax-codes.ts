import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { TaxClass } from '../domain/invoice-lines.ts';
import { TaxCodeNotFound } from '../errors.ts';

export const TAX_SCOPES = ['sku', 'category', 'default'] as const;
export type TaxScope = (typeof TAX_SCOPES)[number];
export type TaxCodeRow = {
  id: string;
  scope: TaxScope;
  key: string;
  code: string;
  short_name: string;
  rate_bp: number;
  policy: string | null;
  unit: string;
  updated_at: Date;
  updated_by: string;
  version: number;
};
const COLUMNS = 'id, scope, key, code, short_name, rate_bp, policy, unit, updated_at, updated_by, version';

/** `食品/生鲜/水果` → itself, `食品/生鲜`, `食品`: the nearest first. */
const pathsOf = (category: string): string[] => {
  const parts = category.split('/');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
};

/** The tax code of each SKU: its own, else that of the nearest category above it, else the organisation's. */
export async function taxClassesOf(
  tx: Tx,
  goods: readonly { sku: string; category: string }[],
): Promise<Map<string, TaxClass>> {
  const rows = await tx.query<TaxCodeRow>(
    `select ${COLUMNS} from invoicing.tax_codes where org_id = $1 and (scope = 'default' or (scope = 'sku' and key = any ($2)) or (scope = 'category' and key = any ($3)))`,
    [tx.orgId, goods.map((g) => g.sku), [...new Set(goods.flatMap((g) => pathsOf(g.category)))]],
  );
  const byKey = new Map(rows.map((r) => [`${r.scope}:${r.key}`, r]));
  const found = new Map<string, TaxClass>();
  for (const { sku, category } of goods) {
    const keys = [`sku:${sku}`, ...pathsOf(category).map((p) => `category:${p}`), 'default:'];
    const row = keys.map((k) => byKey.get(k)).find((r) => r !== undefined);
    if (row)
      found.set(sku, {
        code: row.code,
        shortName: row.short_name,
        rateBp: row.rate_bp,
        policy: row.policy,
        unit: row.unit,
      });
  }
  return found;
}

export type TaxCodeInput = TaxClass & { scope: TaxScope; key: string };

/** Sets the tax code of a SKU, a category or the organisation. */
export async function putTaxCode(tx: Tx, ctx: Ctx, input: TaxCodeInput): Promise<TaxCodeRow> {
  const [row] = await tx.query<TaxCodeRow>(
    `insert into invoicing.tax_codes (org_id, id, scope, key, code, short_name, rate_bp, policy, unit, updated_at, updated_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (org_id, scope, key) do update set code = excluded.code, short_name = excluded.short_name, rate_bp = excluded.rate_bp, policy = excluded.policy, unit = excluded.unit,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = invoicing.tax_codes.version + 1 returning ${COLUMNS}`,
    [
      tx.orgId,
      newId(),
      input.scope,
      input.key,
      input.code,
      input.shortName,
      input.rateBp,
      input.policy,
      input.unit,
      ctx.now,
      ctx.actor.id,
    ],
  );
  return row as TaxCodeRow;
}

/** @throws TaxCodeNotFound. */
export async function deleteTaxCode(tx: Tx, id: string): Promise<TaxCodeRow> {
  const row = maybeOne(
    await tx.query<TaxCodeRow>(`delete from invoicing.tax_codes where org_id = $1 and id = $2 returning ${COLUMNS}`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new TaxCodeNotFound({ taxCode: id });
  return row;
}

/** Ordered by scope and key; `q` is part of a key, a code or a name. */
export const listTaxCodes = (
  tx: Tx,
  by: { scope?: TaxScope | undefined; q?: string | undefined; after?: [string, string] | undefined; limit: number },
): Promise<TaxCodeRow[]> =>
  tx.query<TaxCodeRow>(
    `select ${COLUMNS} from invoicing.tax_codes where org_id = $1 and ($2::text is null or scope = $2)
        and ($3::text is null or strpos(lower(key), lower($3)) > 0 or starts_with(code, $3) or strpos(short_name, $3) > 0) and ($4::text is null or (scope, key) > ($4, $5))
      order by scope, key limit $6`,
    [tx.orgId, by.scope ?? null, by.q ?? null, by.after?.[0] ?? null, by.after?.[1] ?? null, by.limit],
  );
