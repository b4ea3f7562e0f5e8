import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { t } from '#kernel/i18n/index.ts';
import type { Currency } from '#kernel/money.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { warehouseChoiceOf } from '#modules/inventory/index.ts';
import { ALLOCATION_REASONS, explainAllocation } from '../domain/explain-allocation.ts';
import { officialOf } from '../review/divisions.ts';
import { visibleOrder } from '../queries/order.ts';
import { OrderRef } from '../schema.ts';

export const AllocationView = z
  .object({
    /** When stock was last taken by a ranking for the region; null when warehouses stand by their priority, or nothing was taken yet. */
    at: z.iso.datetime().nullable(),
    region: z.string(),
    /** Best first, then those that do not send there. Empty while no stock is taken. */
    warehouses: z.array(
      z.object({
        warehouseId: z.uuid(),
        code: z.string(),
        name: z.string(),
        rank: z.int().nullable(),
        /** Of a parcel; null when nobody has said. */
        cost: MoneyView.nullable(),
        days: z.int().nullable(),
        chosen: z.boolean(),
        /** Whether it had everything at that moment; null when nobody looked, for a better one had. */
        hadAll: z.boolean().nullable(),
        why: z.enum(ALLOCATION_REASONS),
        words: z.string(),
      }),
    ),
  })
  .meta({ id: 'OrderAllocation' });

async function viewAllocation(
  tx: Tx,
  ctx: Ctx,
  { orderId }: { orderId: string },
): Promise<z.input<typeof AllocationView>> {
  const row = await visibleOrder(tx, ctx, orderId);
  const region = officialOf(row.region);
  const made = await warehouseChoiceOf(tx, row.id);
  if (!made) return { at: null, region, warehouses: [] };
  const { currency } = one(
    await tx.query<{ currency: Currency }>('select currency from kernel.orgs where id = $1', [tx.orgId]),
  );
  const ways = new Map(made.ways.map((w) => [w.warehouseId, w]));
  const told = explainAllocation([...ways.keys()], made.out, new Set(made.chosen));
  return {
    at: made.at?.toISOString() ?? null,
    region,
    warehouses: told.map((e) => {
      const { cost = null, days = null } = ways.get(e.warehouseId) ?? {};
      const { code = '', name = '' } = made.named.get(e.warehouseId) ?? {};
      return {
        ...e,
        code,
        name,
        cost: cost === null ? null : { amount: cost, currency },
        days,
        words: t(ctx.locale, `allocation.${e.why}`),
      };
    }),
  };
}

export const allocationRoutes = [
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/allocation',
    permission: 'orders.order.read',
    tags: ['orders'],
    summary: 'Which warehouses send the order, and why these',
    input: OrderRef,
    output: AllocationView,
    run: viewAllocation,
  }),
];
