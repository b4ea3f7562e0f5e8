import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { skusByCode, skusByIds, skusMatching } from '#modules/catalog/index.ts';
import { allWarehouses } from '../../store/warehouses.ts';
import { presentRule } from '../present.ts';
import type { ListRules, RuleView } from '../schema.ts';
import { listRules } from '../store/rules.ts';

const SKUS_MATCHED_MAX = 500;

/** Rules of SKUs, the newest first; those of warehouses outside the actor's scope are left out. */
export async function listReplenishmentRules(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListRules>,
): Promise<Page<z.input<typeof RuleView>>> {
  const named =
    input.sku !== undefined
      ? await skusByCode(tx, [input.sku])
      : input.q === undefined
        ? null
        : await skusMatching(tx, input.q, SKUS_MATCHED_MAX);
  const [beforeId = null] = input.cursor === undefined ? [] : (decodeCursor('rules', input.cursor, 1) as string[]);
  const rows = await listRules(tx, {
    skuIds: named?.map((s) => s.id) ?? null,
    warehouseIds: ctx.actor.warehouses && [...ctx.actor.warehouses],
    beforeId,
    limit: input.limit + 1,
  });
  const skus = new Map(
    (
      await skusByIds(
        tx,
        rows.map((r) => r.sku_id),
      )
    ).map((s) => [s.id, s]),
  );
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  return pageOf(
    rows,
    input.limit,
    'rules',
    (r) => [r.id],
    (r) => presentRule(r, skus.get(r.sku_id), r.warehouse_id === null ? null : (codes.get(r.warehouse_id) ?? '')),
  );
}
