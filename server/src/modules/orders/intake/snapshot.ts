import type { Ctx } from '#kernel/context.ts';
import type { SoldSku } from '#modules/catalog/index.ts';
import type { PricedLine } from '../domain/price-order.ts';
import type { PlaceOrder, Snapshot } from '../schema.ts';
import type { Moment } from './moment.ts';
import type { Checked } from './prepare.ts';

/** The order as it was agreed (ORD-16), in words of its own: what the catalogue and the offers say later does not change it. */
export function snapshotOf(
  ctx: Ctx,
  order: PlaceOrder,
  { priced, offered }: Checked,
  lines: readonly (PricedLine<SoldSku> & { id: string })[],
  moment: Moment,
): string {
  const snapshot: Snapshot = {
    at: ctx.now.toISOString(),
    shop: moment.shop.code,
    currency: moment.shop.currency,
    level: order.customer.level ?? null,
    couponCodes: order.couponCodes ?? [],
    goods: priced.goods,
    discount: priced.discount,
    freight: priced.freight,
    total: priced.total,
    promisedShipAt: moment.promised,
    revisions: moment.revisions,
    offers: (offered?.uses ?? []).map((u) => ({
      id: u.offer,
      code: u.code,
      version: u.version,
      amount: u.amount,
      coupon: u.coupon,
    })),
    presale: offered?.presale
      ? {
          offer: offered.presale.offer,
          deposit: offered.presale.deposit,
          balanceFrom: new Date(offered.presale.balanceFrom).toISOString(),
          balanceTo: new Date(offered.presale.balanceTo).toISOString(),
        }
      : null,
    lines: lines.map((l) => ({
      id: l.id,
      skuId: l.sku.id,
      sku: l.sku.sku,
      skuVersion: l.sku.version,
      title: l.sku.title,
      category: l.sku.category,
      kind: l.kind,
      agreed: l.agreed,
      quantity: l.quantity,
      listPrice: l.sku.price_amount,
      unitPrice: l.unitPrice,
      discounts: l.discounts,
      payable: l.payable,
    })),
  };
  return JSON.stringify(snapshot);
}
