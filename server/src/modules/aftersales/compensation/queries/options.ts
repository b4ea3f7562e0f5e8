import type { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { todayOf } from '#kernel/org-day.ts';
import { findShop, listShops } from '#modules/catalog/index.ts';
import { membershipSettings } from '#modules/customers/index.ts';
import { fundsOf, linesOf, type OrderRow } from '#modules/orders/index.ts';
import { leftAtChannels } from '#modules/payments/index.ts';
import { decide } from '../../policies/index.ts';
import { couponOffers, unitValue } from '../commands/plan.ts';
import { COMPENSATION_REASONS, KINDS, SEVERITIES } from '../domain/authority.ts';
import { limitOf } from '../limits.ts';
import { BUDGET, CREATE } from '../permissions.ts';
import type { Authority, BudgetView, CompensationOptions } from '../schema.ts';
import { compensationSettings, limitIn, severityOf } from '../settings.ts';
import { type BudgetRow, budgetsFor, listBudgets, type MonthRow, monthsOf } from '../store/budgets.ts';
import { givenBefore } from '../store/compensations.ts';

type Options = z.input<typeof CompensationOptions>;
const SHOPS_MAX = 10_000;

/** What the caller may give for an order, and how much is left of the budgets it would be paid from. */
export async function optionsFor(tx: Tx, ctx: Ctx, order: OrderRow): Promise<Options> {
  const lines = await linesOf(tx, order.id);
  const money = (amount: number) => ({ amount, currency: order.currency });
  const offers = await couponOffers(tx, ctx, await findShop(tx, { id: order.shop_id }));
  let channelLeft = 0;
  for (const payer of new Set((await fundsOf(tx, order)).map((f) => f.payer_order_id)))
    channelLeft += await leftAtChannels(tx, payer);
  return {
    orderNo: order.order_no,
    currency: order.currency,
    pointValue: (await membershipSettings.get(tx)).pointValue,
    reasons: await reasonsFor(tx, ctx, order),
    budgets: await budgetsLeft(tx, ctx, order),
    coupons: offers.flatMap((o) =>
      o.terms.kind === 'coupon'
        ? [{ offerId: o.id, code: o.code, title: o.title, spend: money(o.terms.spend), off: money(o.terms.off) }]
        : [],
    ),
    channelLeft: money(channelLeft),
    lines: lines.map((l) => ({
      lineId: l.id,
      sku: l.sku,
      title: l.title,
      quantity: l.quantity,
      unitValue: money(unitValue(l)),
    })),
    may: can(ctx, CREATE) && order.superseded === null ? ['grant'] : [],
  };
}

/** What the policy says of each reason, and what the caller decides alone for it. */
async function reasonsFor(tx: Tx, ctx: Ctx, order: OrderRow): Promise<Options['reasons']> {
  const settings = await compensationSettings.get(tx);
  const lines = (await linesOf(tx, order.id)).map((l) => ({ lineId: l.id, quantity: l.quantity }));
  const given: Record<string, number> = {};
  for (const kind of KINDS) given[kind] = await givenBefore(tx, order.id, kind);
  const reasons: Options['reasons'] = [];
  for (const reason of COMPENSATION_REASONS) {
    const severity = severityOf(settings, reason);
    const says = await decide(tx, ctx, { orderId: order.id, lines, type: 'compensation', reason });
    const left = { points: 0, coupon: 0, cash: 0, reship: 0 };
    for (const kind of KINDS)
      left[kind] = Math.max((await limitOf(kind, severity).of(tx, ctx)) - (given[kind] ?? 0), 0);
    reasons.push({ reason, severity, allowed: says.allowed, clause: says.clause, text: says.text, left });
  }
  return reasons;
}

async function budgetsLeft(tx: Tx, ctx: Ctx, order: OrderRow): Promise<Options['budgets']> {
  const roles = [...(ctx.actor.roles ?? [])];
  const budgets = await budgetsFor(tx, { shopId: order.shop_id, roles, currency: order.currency });
  const shown = await presentBudgets(tx, ctx, budgets);
  return shown.map((b) => ({ scope: b.scope, ref: b.ref, name: b.name, amount: b.amount, left: b.left }));
}

/** Budgets with the month that runs. */
export async function presentBudgets(
  tx: Tx,
  ctx: Ctx,
  budgets: readonly BudgetRow[],
): Promise<z.input<typeof BudgetView>[]> {
  const month = (await todayOf(tx, ctx)).slice(0, 7);
  const ids = budgets.map((b) => b.id);
  const months = new Map((await monthsOf(tx, ids, month)).map((m) => [m.budget_id, m]));
  const shopIds = new Set(budgets.flatMap((b) => (b.scope === 'shop' ? [b.ref] : [])));
  const shops = new Map(
    (shopIds.size === 0 ? [] : await listShops(tx, null, SHOPS_MAX, shopIds)).map((s) => [s.id, s]),
  );
  return budgets.map((b) => {
    const money = (amount: number) => ({ amount, currency: b.currency });
    const now: MonthRow = months.get(b.id) ?? { budget_id: b.id, month, amount: b.monthly, spent: 0, beyond: 0 };
    const shop = shops.get(b.ref);
    return {
      id: b.id,
      scope: b.scope,
      ref: b.scope === 'shop' ? (shop?.code ?? b.ref) : b.ref,
      name: b.scope === 'shop' ? (shop?.name ?? b.ref) : b.ref,
      monthly: money(b.monthly),
      active: b.active,
      month,
      amount: money(now.amount),
      spent: money(now.spent),
      left: money(now.amount - now.spent),
      beyond: money(now.beyond),
      may: can(ctx, BUDGET) ? ['set'] : [],
      version: b.version,
    };
  });
}

export const listAllBudgets = async (tx: Tx, ctx: Ctx) => ({
  items: await presentBudgets(tx, ctx, await listBudgets(tx)),
});

/** The matrix of authority as it holds for the caller. */
export async function authorityOf(tx: Tx, ctx: Ctx): Promise<z.input<typeof Authority>> {
  const settings = await compensationSettings.get(tx);
  const mine: z.input<typeof Authority>['mine'] = [];
  for (const kind of KINDS)
    for (const severity of SEVERITIES)
      mine.push({
        kind,
        severity,
        limit: await limitOf(kind, severity).of(tx, ctx),
        organisation: limitIn(settings, kind, severity),
      });
  return {
    kinds: [...KINDS],
    severities: [...SEVERITIES],
    mine,
    reasons: COMPENSATION_REASONS.map((reason) => ({ reason, severity: severityOf(settings, reason) })),
  };
}
