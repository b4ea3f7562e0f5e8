import type { z } from 'zod';
import type { Ctx, Locale } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { orderPorts } from '../../ports.ts';
import { visibleOrder } from '../../queries/order.ts';
import type { SnapshotView } from '../schema.ts';
import { proofOf } from '../store/snapshots.ts';
import { periodIn, termsIn, titleIn, type Wording } from '../words.ts';
import { zoneOf } from '../zone.ts';
import { wordingOf } from './wording.ts';

/** What was agreed when the order was placed, in the offers' own words of then. @throws OrderNotFound, SnapshotNotKept. */
export async function readSnapshot(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; locale?: Locale | undefined },
): Promise<z.input<typeof SnapshotView>> {
  const proof = await proofOf(tx, await visibleOrder(tx, ctx, input.orderId));
  const { order, snapshot: s } = proof;
  const codes = [...s.offers.map((o) => o.code), ...s.lines.flatMap((l) => l.discounts.map((d) => d.offer))];
  const w: Wording = {
    locale: input.locale ?? ctx.locale,
    currency: s.currency,
    zone: await zoneOf(tx),
    offers: await wordingOf(tx, proof, undefined, codes),
  };
  const money = (amount: number) => ({ amount, currency: s.currency });
  return {
    order: { id: order.id, orderNo: order.order_no },
    at: s.at,
    shop: s.shop,
    level: s.level,
    couponCodes: s.couponCodes,
    promisedShipAt: s.promisedShipAt,
    goods: money(s.goods),
    discount: money(s.discount),
    freight: money(s.freight),
    total: money(s.total),
    lines: s.lines.map(({ skuId: _, discounts, ...l }) => ({
      ...l,
      listPrice: money(l.listPrice),
      unitPrice: money(l.unitPrice),
      discounts: discounts.map((d) => ({ offer: d.offer, title: titleIn(w, d.offer), ...money(d.amount) })),
      payable: money(l.payable),
    })),
    offers: s.offers.map((o) => ({
      offer: o.code,
      title: titleIn(w, o.code),
      terms: termsIn(w, o.code),
      version: o.version,
      period: periodIn(w, o.code),
      amount: money(o.amount),
      coupon: o.coupon,
    })),
    presale: s.presale && { ...s.presale, deposit: money(s.presale.deposit) },
    revisions: s.revisions,
    policies: { ...(await orderPorts().agreedPolicies(tx, order.placed_at)), ...proof.policies },
  };
}
