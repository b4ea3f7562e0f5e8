import { ApprovalExpired, ApprovalWithdrawn, defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { formatMoney } from '#kernel/i18n/index.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { DAY_MS } from '#kernel/time.ts';
import { getOrder, linesOf, lockOrder, type OrderRow } from '#modules/orders/index.ts';
import { decide } from '../../policies/index.ts';
import { judge } from '../domain/authority.ts';
import { compensationFlow } from '../domain/flow.ts';
import { CompensationForbidden } from '../errors.ts';
import { CompensationRejected, CompensationRequested } from '../events.ts';
import { limitOf } from '../limits.ts';
import { sealPayee } from '../payee.ts';
import { APPROVE } from '../permissions.ts';
import { compensationSettings, severityOf } from '../settings.ts';
import { budgetsFor, lockMonths, type MonthRow } from '../store/budgets.ts';
import {
  type CompensationRow,
  getCompensation,
  givenBefore,
  insertCompensation,
  lockCompensation,
  type NewCompensation,
  saveCompensation,
} from '../store/compensations.ts';
import { carryOut, factsOf } from './carry-out.ts';
import { type Asked, planOf } from './plan.ts';

/**
 * Gives a customer something for their trouble (AFT-10): at once within the authority of who gives it and the budgets it is
 * paid from; above either it is only asked for, and a second person decides. What the policy the order was placed under does
 * not allow is refused, whoever asks. Budgets are counted under the order's lock and theirs.
 * @throws OrderNotFound, OrderSuperseded, CompensationForbidden naming the clause, CompensationRefused
 */
export async function grantCompensation(tx: Tx, ctx: Ctx, asked: Asked): Promise<CompensationRow> {
  const order = await lockOrder(tx, asked.orderId);
  const allowed = await allowedBy(tx, ctx, order, asked);
  const plan = await planOf(tx, ctx, order, asked);
  const severity = severityOf(await compensationSettings.get(tx), asked.reason);
  const roles = [...(ctx.actor.roles ?? [])];
  const months = await monthsFor(tx, ctx, { order, roles });
  const beyond = judge({
    value: plan.value,
    givenBefore: await givenBefore(tx, order.id, asked.kind),
    limit: await limitOf(asked.kind, severity).of(tx, ctx),
    budgetsLeft: months.map((m) => m.amount - m.spent),
  });
  const row = await insertCompensation(tx, {
    ...plan,
    id: newId(),
    no: `PF${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'compensation'))}`,
    order_id: order.id,
    shop_id: order.shop_id,
    customer_id: order.customer_id,
    case_id: asked.caseId ?? null,
    kind: asked.kind,
    reason: asked.reason,
    severity,
    note: asked.note,
    currency: order.currency,
    beyond_limit: beyond.beyondLimit,
    beyond_budget: beyond.beyondBudget,
    roles,
    policy_version: allowed.version,
    clause: allowed.clause,
    requested_by: ctx.actor.id,
    requested_at: ctx.now,
  } satisfies NewCompensation);
  const known = asked.payee ? await saveCompensation(tx, row, await sealPayee(ctx, asked.payee)) : row;
  if (beyond.beyondLimit || beyond.beyondBudget) return ask(tx, ctx, order, known);
  return carryOut(tx, ctx, order, known, months);
}

/** The clause of the policy that allows it. */
async function allowedBy(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  asked: Asked,
): Promise<{ clause: string; version: number }> {
  const all = await linesOf(tx, order.id);
  const lines = asked.lines ? all.filter((l) => asked.lines?.some((a) => a.lineId === l.id)) : all;
  const says = await decide(tx, ctx, {
    orderId: order.id,
    lines: (lines.length > 0 ? lines : all).map((l) => ({ lineId: l.id, quantity: l.quantity })),
    type: 'compensation',
    reason: asked.reason,
  });
  if (!says.allowed)
    throw new CompensationForbidden({ clause: says.clause, text: says.text, because: says.refusedBecause });
  return says;
}

/** The months of the budgets it is paid from, locked. */
async function monthsFor(
  tx: Tx,
  ctx: Ctx,
  of: { order: Pick<OrderRow, 'shop_id' | 'currency'>; roles: readonly string[] },
): Promise<MonthRow[]> {
  const budgets = await budgetsFor(tx, { shopId: of.order.shop_id, roles: of.roles, currency: of.order.currency });
  return lockMonths(tx, budgets, (await todayOf(tx, ctx)).slice(0, 7));
}

async function ask(tx: Tx, ctx: Ctx, order: OrderRow, row: CompensationRow): Promise<CompensationRow> {
  const approvalId = await compensationApproval.request(tx, ctx, {
    subject: row.id,
    facts: {
      compensationNo: row.no,
      orderNo: order.order_no,
      kind: row.kind,
      amount: formatMoney(ctx.locale, { amount: row.value, currency: row.currency }),
      reason: row.reason,
      note: row.note,
      beyondLimit: row.beyond_limit,
      beyondBudget: row.beyond_budget,
    },
  });
  await CompensationRequested.emit(tx, ctx, order.id, {
    ...factsOf(order, row),
    beyondLimit: row.beyond_limit,
    beyondBudget: row.beyond_budget,
  });
  return saveCompensation(tx, row, { approval_id: approvalId });
}

/** Above somebody's authority or the budget: another person, whose own authority reaches it, decides. */
export const compensationApproval = defineApproval({
  kind: 'aftersales.compensation',
  permission: APPROVE,
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: async (tx, ctx, { subject }) => {
    const order = await lockOrder(tx, (await getCompensation(tx, subject)).order_id);
    const row = await lockCompensation(tx, subject);
    await limitOf(row.kind, row.severity).mustReach(tx, ctx, row.value);
    await carryOut(tx, ctx, order, row, await monthsFor(tx, ctx, { order, roles: row.roles }));
  },
  onRejected: (tx, ctx, { subject }) => notGranted(tx, ctx, subject),
});

/** Nobody agreed. */
async function notGranted(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const found = await getCompensation(tx, id);
  const row = await lockCompensation(tx, id);
  if (row.state !== 'requested') return;
  await saveCompensation(tx, row, {
    state: step(compensationFlow, row.state, 'reject'),
    decided_by: ctx.actor.id,
    decided_at: ctx.now,
  });
  await CompensationRejected.emit(tx, ctx, found.order_id, factsOf(await getOrder(tx, found.order_id), row));
}

/** A request nobody decided in time, or that was taken back. */
export const compensationNotDecided = defineSubscriber({
  name: 'aftersales.compensation_not_decided',
  types: [ApprovalExpired.type, ApprovalWithdrawn.type],
  run: async (tx, ctx, events) => {
    for (const event of events)
      if ((event.data as { kind: string }).kind === compensationApproval.kind) await notGranted(tx, ctx, event.key);
  },
});
