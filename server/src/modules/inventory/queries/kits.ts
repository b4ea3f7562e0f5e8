import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import type { KitView } from '../schema-documents.ts';
import { componentsOf, kitIds } from '../store/kits.ts';

export async function listKits(
  tx: Tx,
  _ctx: Ctx,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<z.input<typeof KitView>>> {
  const after = input.cursor === undefined ? undefined : String(decodeCursor('kits', input.cursor, 1)[0]);
  const ids = await kitIds(tx, after, input.limit + 1);
  const components = await componentsOf(tx, ids);
  const all = [...new Set([...ids, ...components.map((c) => c.component_sku_id)])];
  const skus = new Map((await skusByIds(tx, all)).map((s) => [s.id, s]));
  const named = (id: string) => ({ sku: skus.get(id)?.sku ?? id, title: skus.get(id)?.title ?? '' });
  return pageOf(
    ids,
    input.limit,
    'kits',
    (id) => [id],
    (id) => ({
      ...named(id),
      components: components
        .filter((c) => c.kit_sku_id === id)
        .map((c) => ({ ...named(c.component_sku_id), quantity: c.quantity })),
    }),
  );
}
