import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { notify } from '#kernel/notifications/index.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { DAY_MS } from '#kernel/time.ts';
import { countOrdersSince, getOrder, sharedWith } from '#modules/orders/index.ts';
import { riskFlow } from '../domain/flow.ts';
import { type Facts, signalsOf } from '../domain/signals.ts';
import { RiskRaised } from '../events.ts';
import { DECIDE } from '../permissions.ts';
import { abuseSettings } from '../settings.ts';
import * as store from '../store/risks.ts';

/** What is known of a customer's claims within the window, as of a case of an order. */
async function factsOf(tx: Tx, customerId: string, orderId: string, since: Date): Promise<Facts> {
  const shared = { phone: 0, address: 0, device: 0 };
  for (const { by, customerIds } of await sharedWith(tx, orderId, since)) {
    const others = await store.withClaims(tx, customerIds, since);
    shared[by] = others.length === 0 ? 0 : others.length + 1;
  }
  return {
    orders: await countOrdersSince(tx, customerId, since),
    claims: await store.claimsSince(tx, customerId, since),
    shared,
  };
}

/**
 * Looks whether a customer's claims follow a pattern, and raises a risk case with the evidence, or adds to the one there is (AFT-12).
 * What was seen before one was dismissed counts no more. Repeats change nothing.
 */
export async function assessCustomer(
  tx: Tx,
  ctx: Ctx,
  at: { customerId: string; orderId: string; caseId: string },
): Promise<void> {
  const settings = await abuseSettings.get(tx);
  await store.lockCustomer(tx, at.customerId);
  const dismissed = await store.dismissedAt(tx, at.customerId);
  const since = new Date(Math.max(ctx.now.getTime() - settings.windowDays * DAY_MS, dismissed?.getTime() ?? 0));
  const found = signalsOf(await factsOf(tx, at.customerId, at.orderId, since), settings);
  if (found.length === 0) return;
  const alive = await store.lockAlive(tx, at.customerId);
  const row = alive ?? (await open(tx, ctx, at));
  const fresh = await store.addEvidence(tx, row.id, at.caseId, found, ctx.now);
  if (fresh === 0) return;
  if (alive) await store.saveRisk(tx, row, { state: step(riskFlow, row.state, 'evidence'), order_id: at.orderId });
  const again = alive !== undefined;
  const signals = found.map((f) => f.signal);
  await RiskRaised.emit(tx, ctx, at.customerId, {
    riskId: row.id,
    no: row.no,
    customerId: at.customerId,
    signals,
    again,
  });
  if (again && row.state !== 'watching') return; // somebody has it already
  for (const { id } of await permissionHolders(tx, DECIDE))
    await notify(tx, ctx, {
      template: 'aftersales.risk_raised',
      to: { kind: 'user', id },
      dedupeKey: `risk:${row.id}:${at.caseId}`,
      data: { no: row.no, riskId: row.id },
    });
}

async function open(tx: Tx, ctx: Ctx, at: { customerId: string; orderId: string }): Promise<store.RiskRow> {
  const order = await getOrder(tx, at.orderId);
  return store.insertRisk(tx, {
    id: newId(),
    no: `FX${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'risk'))}`,
    customer_id: at.customerId,
    order_id: order.id,
    shop_id: order.shop_id,
    opened_at: ctx.now,
  });
}
