import type { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { picturesOf } from '#modules/catalog/index.ts';
import { normalQuantile, quantityToOrder } from '../../domain/reorder.ts';
import { allWarehouses } from '../../store/warehouses.ts';
import { skuNamed, warehouseNamed } from '../commands/set-rule.ts';
import { dayAfter, daysBetween, todayOf } from '../org.ts';
import { waitingUnits } from '../ports.ts';
import { presentRule } from '../present.ts';
import type { DemandView, PlanView, ReadDemand, SkuStockView } from '../schema.ts';
import { demandOf } from '../store/demand.ts';
import { type PlanRow, plansOf } from '../store/plans.ts';
import { type RuleRow, rulesOf } from '../store/rules.ts';
import { calculation } from '../words.ts';

type Balance = {
  warehouse_id: string;
  on_hand: number;
  reserved: number;
  in_transit: number;
  damaged: number;
  frozen: number;
  safety: number;
};
const NONE = { on_hand: 0, reserved: 0, in_transit: 0, damaged: 0, frozen: 0, safety: 0 };
const round = (n: number): number => Math.round(n * 100) / 100;

/** A SKU's stock, forecast and rules, in the warehouses of the actor's scope. */
export async function readSku(tx: Tx, ctx: Ctx, input: { sku: string }): Promise<z.input<typeof SkuStockView>> {
  const sku = await skuNamed(tx, input.sku);
  const warehouses = await allWarehouses(tx);
  const rows = await tx.query<Balance>(
    'select warehouse_id, on_hand, reserved, in_transit, damaged, frozen, safety from inventory.balances where org_id = $1 and sku_id = $2',
    [tx.orgId, sku.id],
  );
  const balances = new Map(rows.map((b) => [b.warehouse_id, b]));
  const plans = new Map((await plansOf(tx, sku.id)).map((p) => [p.warehouse_id, p]));
  const rules = await rulesOf(tx, [sku.id]);
  const waiting = (await waitingUnits(tx)).get(sku.id) ?? 0;
  const picture = (await picturesOf(tx, [sku.product_id])).get(sku.product_id);
  const codes = new Map(warehouses.map((w) => [w.id, w.code]));
  const seen = warehouses.filter((w) => ctx.actor.warehouses?.has(w.id) ?? true);
  const mayWrite = can(ctx, 'inventory.replenishment.write');
  return {
    sku: sku.sku,
    title: sku.title,
    status: sku.status,
    productId: sku.product_id,
    pictureUrl: picture === undefined ? null : `/api/v1/products/${sku.product_id}/picture?v=${picture}`,
    price: { amount: sku.price_amount, currency: sku.currency },
    warehouses: seen.map((w) => {
      const b = balances.get(w.id) ?? NONE;
      const plan = plans.get(w.id);
      const available = b.on_hand - b.reserved - b.safety;
      const own = { available, inTransit: b.in_transit, waiting: w.id === warehouses[0]?.id ? waiting : 0 };
      return {
        warehouse: w.code,
        onHand: b.on_hand,
        reserved: b.reserved,
        available,
        inTransit: b.in_transit,
        damaged: b.damaged,
        frozen: b.frozen,
        safety: b.safety,
        abc: plan?.abc ?? null,
        plan: plan ? presentPlan(ctx, plan, own, supplierOf(rules, w.id)) : null,
      };
    }),
    rules: rules
      .filter((r) => r.warehouse_id === null || seen.some((w) => w.id === r.warehouse_id))
      .map((r) => presentRule(r, sku, r.warehouse_id === null ? null : (codes.get(r.warehouse_id) ?? ''))),
    may: mayWrite ? ['set_rule', 'set_levels'] : [],
  };
}

const supplierOf = (rules: readonly RuleRow[], warehouseId: string): string | null =>
  rules.find((r) => r.warehouse_id === warehouseId)?.supplier ??
  rules.find((r) => r.warehouse_id === null)?.supplier ??
  null;

function presentPlan(
  ctx: Ctx,
  p: PlanRow,
  own: { available: number; inTransit: number; waiting: number },
  supplier: string | null,
): z.input<typeof PlanView> {
  const position = own.available + own.inTransit - own.waiting;
  const suggested = p.on_sale
    ? quantityToOrder(
        position,
        { reorderPoint: p.reorder_point, orderUpTo: p.order_up_to },
        { packSize: p.pack_size, orderMin: p.order_min, maxUnits: p.max_units },
      )
    : 0;
  return {
    from: p.made_on,
    madeAt: p.made_at.toISOString(),
    method: p.method,
    days: p.days.map(round),
    perDay: round(p.per_day),
    dayError:
      p.week_error === null ? null : round((normalQuantile(p.service_percent / 100) * p.week_error) / Math.sqrt(7)),
    weekError: p.week_error === null ? null : round(p.week_error),
    weeksTried: p.weeks_tried,
    wape: { ours: p.wape_ours, naive: p.wape_naive, seasonalNaive: p.wape_seasonal },
    bias: p.bias,
    leadDays: p.lead_days,
    reviewDays: p.review_days,
    servicePercent: p.service_percent,
    packSize: p.pack_size,
    orderMin: p.order_min,
    minUnits: p.min_units,
    maxUnits: p.max_units,
    coverDaysMax: p.cover_days_max,
    supplier,
    leadUnits: round(p.lead_units),
    bufferUnits: p.buffer_units,
    reorderPoint: p.reorder_point,
    orderUpTo: p.order_up_to,
    position,
    waiting: own.waiting,
    coverDays: p.per_day > 0 ? Math.min(Math.floor(Math.max(own.available, 0) / p.per_day), 99_999) : null,
    suggested,
    why: calculation(ctx.locale, p, { ...own, position, suggested }),
  };
}

/** What was asked of a SKU in a warehouse, day by day up to yesterday. It begins with the first demand when that is later. */
export async function readDemand(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ReadDemand>,
): Promise<z.input<typeof DemandView>> {
  const sku = await skuNamed(tx, input.sku);
  const warehouse = await warehouseNamed(tx, ctx, input.warehouse);
  const today = await todayOf(tx, ctx.now);
  const from = dayAfter(today, -input.days);
  const first = (await allWarehouses(tx))[0]?.id ?? null;
  const found = await demandOf(tx, [sku.id], { from, to: today }, first);
  const own = found.find((d) => d.warehouse_id === warehouse.id);
  const start = own?.nth[0] ?? 0;
  const units = Array.from({ length: own ? daysBetween(from, today) - start : 0 }, () => 0);
  own?.nth.forEach((n, i) => (units[n - start] = own.units[i] as number));
  return { from: dayAfter(from, start), units };
}
