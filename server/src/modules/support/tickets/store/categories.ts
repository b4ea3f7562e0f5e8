import type { Tx } from '#kernel/db/index.ts';
import { BUILT_IN_CATEGORIES, type Category } from '../domain/categories.ts';

type CategoryRow = { code: string; name_zh: string; name_en: string; enabled: boolean; offered: boolean | null };

/** The built-in categories and the organisation's own, by code; a built-in one may be renamed or switched off. */
export async function categoriesOf(tx: Tx): Promise<Category[]> {
  const rows = await tx.prepared<CategoryRow>(
    'select code, name_zh, name_en, enabled, offered from support.categories where org_id = $1 order by code limit 1000',
    [tx.orgId],
  );
  const all = new Map(BUILT_IN_CATEGORIES.map((c) => [c.code, c]));
  for (const r of rows)
    all.set(r.code, {
      code: r.code,
      name: { 'zh-CN': r.name_zh, en: r.name_en },
      enabled: r.enabled,
      builtIn: all.has(r.code),
      offered: r.offered ?? all.get(r.code)?.offered ?? false,
    });
  return [...all.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

export async function putCategory(tx: Tx, c: CategoryRow & { updated_at: Date; updated_by: string }): Promise<void> {
  await tx.query(
    `insert into support.categories (org_id, code, name_zh, name_en, enabled, offered, updated_at, updated_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (org_id, code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, enabled = excluded.enabled, offered = excluded.offered,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [tx.orgId, c.code, c.name_zh, c.name_en, c.enabled, c.offered, c.updated_at, c.updated_by],
  );
}
