import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { lockAnyOrder, type OrderRow, partsOfRefund } from '#modules/orders/index.ts';
import { expectFollowUp } from '../clocks.ts';
import { CaseDone, CaseRefundFailed, ReplacementFell } from '../events.ts';
import { type CaseRow, saveCase } from '../store/cases.ts';
import { caseLines, type CaseLineRow } from '../store/lines.ts';
import { endLeg, givenBy, type LegRow, legsOf } from '../store/money.ts';
import { factsOf, tell } from '../tell.ts';
import { lockCase } from './lock-case.ts';
import { bookEffects, isPartly, noteGiven } from './money.ts';
import { stepCase, unsettleUnits } from './step-case.ts';

type Locked = { order: OrderRow; row: CaseRow };

/** Nothing more is on its way: the case is done, and the customer is to be asked how it went. */
export async function settleIfPaid(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  if (row.state !== 'refunding') return row;
  const legs = await legsOf(tx, row.id);
  if (legs.some((l) => l.state === 'going')) return row;
  return done(tx, ctx, { order, row });
}

async function done(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  const saved = await stepCase(tx, ctx, row, 'settle', await expectFollowUp(tx, ctx, row));
  const lines = await caseLines(tx, [row.id]);
  await CaseDone.emit(tx, ctx, order.id, {
    ...factsOf(row),
    amount: row.refund_amount ?? 0,
    currency: row.currency,
    units: lines.reduce((n, l) => n + l.accepted, 0),
    reason: row.reason,
    customerId: row.customer_id,
  });
  return saved;
}

/** A refund of a case has arrived. Repeats change nothing. */
export async function legPaid(tx: Tx, ctx: Ctx, leg: LegRow): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, leg.case_id);
  if (!(await endLeg(tx, leg.refund_id, 'paid'))) return;
  const refund = { amount: leg.amount, currency: row.currency };
  await tell(tx, ctx, { order, row }, 'refund_arrived', { data: { refund }, key: leg.refund_id });
  await settleIfPaid(tx, ctx, { order, row });
}

/**
 * A refund of a case was given up: what it was for is not given. Once nothing else is on its way, the case is to be carried out anew,
 * for what is missing. Repeats change nothing.
 */
export async function legFailed(tx: Tx, ctx: Ctx, leg: LegRow): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, leg.case_id);
  if (!(await endLeg(tx, leg.refund_id, 'failed'))) return;
  await noteGiven(tx, ctx, row, await partsOfRefund(tx, leg.refund_id), { units: !isPartly(row), sign: -1 });
  await CaseRefundFailed.emit(tx, ctx, order.id, { ...factsOf(row), amount: leg.amount, currency: row.currency });
  if (leg.instant && row.state !== 'refunding') {
    const given = (await givenBy(tx, row.id)).reduce((n, p) => n + p.amount, 0);
    await saveCase(tx, ctx, row, { instant_amount: given });
    return;
  }
  if (row.state === 'refunding') await anew(tx, ctx, { order, row });
}

async function anew(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<void> {
  const legs = await legsOf(tx, row.id);
  if (legs.some((l) => l.state === 'going')) return;
  const lines = await caseLines(tx, [row.id]);
  if (lines.some((l) => l.unsent > 0)) {
    await done(tx, ctx, { order, row }); // its units have left the order: what is missing is the payments desk's to pay
    return;
  }
  if (row.effects !== null) await bookEffects(tx, row, row.effects, -1);
  await unsettleUnits(tx, row, lines, settledNow(row, lines));
  await stepCase(tx, ctx, row, 'fail', {
    holds_units: row.kind !== 'price_protection' && row.kind !== 'compensation',
    effects: null,
    executed_at: null,
  });
}

const settledNow = (row: CaseRow, lines: readonly CaseLineRow[]): Map<string, number> =>
  new Map(lines.map((l) => [l.line_id, isPartly(row) ? 0 : l.accepted]));

/** What replaces the goods had gone before they were here: nothing is waited for. */
export async function settleIfSent(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  if (row.state !== 'exchanging' || row.replacement_id === null) return row;
  const replacement = await lockAnyOrder(tx, row.replacement_id);
  const waits = replacement.status === 'paid' || replacement.status === 'pending_payment';
  return waits ? row : done(tx, ctx, { order, row });
}

/** What replaced the goods has gone out whole: the exchange, or what was sent again, is done. */
export async function replacementSent(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (row.state !== 'exchanging') return;
  await done(tx, ctx, { order, row });
  await tell(tx, ctx, { order, row }, 'replacement_sent');
}

/**
 * What was to replace the goods was cancelled or not paid. Before they are sent back nothing is left of the exchange; afterwards their
 * money can go back instead. What was missing can be approved anew.
 */
export async function replacementFell(tx: Tx, ctx: Ctx, caseId: string, replacementNo: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (row.ended || row.replacement_id === null) return;
  await ReplacementFell.emit(tx, ctx, order.id, { ...factsOf(row), replacementNo });
  const without = await saveCase(tx, ctx, row, { replacement_id: null });
  if (row.state === 'approved') await stepCase(tx, ctx, without, 'fall_back', { note: replacementNo });
  if (row.state !== 'exchanging') return;
  const lines = await caseLines(tx, [row.id]);
  await unsettleUnits(tx, without, lines, new Map(lines.map((l) => [l.line_id, l.quantity])));
  await stepCase(tx, ctx, without, 'fall_back', { holds_units: true, executed_at: null });
}
