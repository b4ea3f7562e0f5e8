import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allocate, money } from '#kernel/money.ts';
import {
  cancelUnits,
  linesOf,
  lockAnyOrder,
  moneyLeft,
  type OrderRow,
  type RefundLeg,
  wouldEmpty,
} from '#modules/orders/index.ts';
import { expectFollowUp, NOTHING_DUE } from '../clocks.ts';
import type { Allocation, BreakdownItem, Part } from '../domain/allocate.ts';
import { comesBack } from '../domain/flow.ts';
import { CountDiffers, GoodsHaveShipped, NotAllInspected, NothingAccepted } from '../errors.ts';
import { CaseExecuted } from '../events.ts';
import { afterSalesExecutor } from '../executors.ts';
import { quoteCase } from '../queries/quote.ts';
import { type CaseRow, type Effects, saveCase } from '../store/cases.ts';
import { addToCaseLines, caseLines, type CaseLineRow } from '../store/lines.ts';
import { givenBy, insertLegs } from '../store/money.ts';
import { factsOf } from '../tell.ts';
import { mustBePaid } from './fee.ts';
import { oweBack } from './instant-refund.ts';
import { lockCase } from './lock-case.ts';
import { bookEffects, divideUnsent, giveBack, isPartly, stillToGive, sumOf } from './money.ts';
import { releaseReplacement, sendReplacement, surplusOf } from './replacement.ts';
import { sentBack } from './return-goods.ts';
import { letGo, settleUnits, stepCase } from './step-case.ts';
import { settleIfPaid, settleIfSent } from './settle-case.ts';

type Locked = { order: OrderRow; row: CaseRow };
export type Execute = {
  carrier?: string | undefined;
  waybillNo?: string | undefined;
  /** How a repair was paid. */ feeReference?: string | undefined;
  /** An exchange whose goods are not to be sent: their money goes back instead. */ refundInstead?: boolean | undefined;
};

/**
 * Carries out what was decided, once: money goes back as it is reckoned now, or goods go out. What was counted decides, not what was
 * asked. @throws NotAllInspected, NothingAccepted, CountDiffers, GoodsHaveShipped, ReplacementUnpaid, FeeNotPaid, TransitionRefused.
 */
export async function executeCase(tx: Tx, ctx: Ctx, input: { caseId: string } & Execute): Promise<CaseRow> {
  return executeLocked(tx, ctx, await lockCase(tx, ctx, input.caseId), input);
}

/** As executeCase; order and case are locked. */
export async function executeLocked(tx: Tx, ctx: Ctx, locked: Locked, input: Execute): Promise<CaseRow> {
  const { row } = locked;
  switch (row.kind) {
    case 'repair':
      return returnRepaired(tx, ctx, locked, input);
    case 'exchange':
      return input.refundInstead ? refundMoney(tx, ctx, locked, 'refund_instead') : exchange(tx, ctx, locked);
    case 'reship':
      return reship(tx, ctx, locked);
    case 'price_protection':
    case 'compensation':
      return byOthers(tx, ctx, locked);
    case 'refund':
    case 'return':
      return refundMoney(tx, ctx, locked, 'execute');
  }
}

/** Everything that came has been looked at, and some of it was accepted. */
function mustBeCounted(row: CaseRow, lines: readonly CaseLineRow[]): void {
  if (!comesBack(row.kind)) return;
  const unseen = lines
    .filter((l) => l.inspected < l.received)
    .map((l) => ({ sku: l.sku, left: l.received - l.inspected }));
  if (unseen.length > 0) throw new NotAllInspected({ no: row.no, unseen });
  if (lines.every((l) => l.accepted === 0) && row.state === 'inspected') throw new NothingAccepted({ no: row.no });
}

/** Goods the customer keeps are theirs to ask about again; what came back, or is refunded whole, is not. */
function settledBy(row: CaseRow, lines: readonly CaseLineRow[], quote: Allocation): Map<string, number> {
  if (comesBack(row.kind)) return new Map(lines.map((l) => [l.line_id, l.accepted]));
  const partly = quote.breakdown.some((b) => b.code === 'agreed');
  return new Map(lines.map((l) => [l.line_id, partly ? 0 : l.quantity - l.unsent]));
}

/** Money goes back: of units not sent with their leaving the order, of others line by line. */
async function refundMoney(
  tx: Tx,
  ctx: Ctx,
  { order, row }: Locked,
  event: 'execute' | 'refund_instead',
): Promise<CaseRow> {
  const lines = await caseLines(tx, [row.id]);
  const begun = await stepCase(tx, ctx, row, event, NOTHING_DUE);
  mustBeCounted(row, lines);
  const unsent = lines.some((l) => l.unsent > 0);
  const quote = await quoteCase(tx, order, row, { unlimited: unsent });
  const settled = settledBy(row, lines, quote);
  if (!comesBack(row.kind))
    await addToCaseLines(
      tx,
      row.id,
      'accepted',
      lines.map((l) => ({ lineId: l.line_id, quantity: l.quantity - l.accepted })),
    );
  await settleUnits(tx, row, lines, settled);
  const held = await saveCase(tx, ctx, begun, { holds_units: false, breakdown: quote.breakdown });
  const given = await givenBy(tx, row.id);
  const { parts, tooMuch } = stillToGive(quote.parts, given, row.currency);
  const paid = await payOut(tx, ctx, { order, row: held }, parts, lines);
  await letGo(tx, ctx, held);
  if (event === 'refund_instead') await releaseReplacement(tx, ctx, held, row.no);
  await oweBack(tx, ctx, { order, row }, { amount: tooMuch, why: 'counted_less' });
  const effects = effectsOf(quote, lines, row.currency);
  await bookEffects(tx, held, effects, 1);
  return finish(tx, ctx, { order, row: held }, { ...whatWasPaid(quote, unsent ? paid : quote.amount), effects });
}

/** What of a missed threshold is kept of units that were sent; of the others the order itself knows it. */
function effectsOf(quote: Allocation, lines: readonly CaseLineRow[], currency: OrderRow['currency']): Effects {
  const byId = new Map(lines.map((l) => [l.line_id, l]));
  const withheld = quote.withheld.flatMap(({ lineId, amount }) => {
    const line = byId.get(lineId);
    if (!line || line.unsent === 0 || amount <= 0) return [{ lineId, amount }];
    const sent = allocate(money(amount, currency), [line.unsent, line.quantity - line.unsent])[1]?.amount ?? 0;
    return sent > 0 ? [{ lineId, amount: sent }] : [];
  });
  return { withheld, gifts: quote.giftsKept };
}

/** Pays what is due and answers how much that came to: of units not sent as much as was paid for them and is still there. */
async function payOut(
  tx: Tx,
  ctx: Ctx,
  { order, row }: Locked,
  parts: readonly Part[],
  lines: readonly CaseLineRow[],
): Promise<number> {
  const open = lines.filter((l) => l.unsent > 0);
  if (open.length === 0) return sumOf(await giveBack(tx, ctx, row, parts, { instant: false, units: !isPartly(row) }));
  await mustBeUnsent(tx, order, open);
  const counts = lines.map((l) => ({ lineId: l.line_id, unsent: l.unsent, sent: l.quantity - l.unsent }));
  const { unsent, sent } = divideUnsent(parts, counts, order);
  const empties = await wouldEmpty(tx, order, unsent);
  const legs = await cancelUnits(tx, ctx, order, unsent, row.no);
  await insertLegs(
    tx,
    ctx,
    row.id,
    legs.map((l: RefundLeg) => ({ ...l, orderId: order.id, instant: false })),
  );
  if (empties) return sumOf(legs); // with everything that was left of its money
  const rest = atMost(sent, await moneyLeft(tx, await lockAnyOrder(tx, order.id)), order.currency);
  return sumOf(legs) + sumOf(await giveBack(tx, ctx, row, rest, { instant: false, units: !isPartly(row) }));
}

/** The parts, made to fit into what is left, in proportion. */
function atMost(parts: readonly Part[], most: number, currency: OrderRow['currency']): Part[] {
  const whole = sumOf(parts);
  if (whole <= most) return [...parts];
  const shares = allocate(
    money(most, currency),
    parts.map((p) => p.amount),
  );
  return parts.map((p, i) => ({ ...p, amount: shares[i]?.amount ?? 0 })).filter((p) => p.amount > 0);
}

/** What was given, with how it adds up: where less was there than was due, that is told. */
function whatWasPaid(quote: Allocation, paid: number): Pick<CaseRow, 'refund_amount' | 'breakdown'> {
  const less = paid - quote.amount;
  const told: BreakdownItem[] = less === 0 ? [] : [{ code: 'already_given', lineId: null, units: null, amount: less }];
  return { refund_amount: paid, breakdown: [...quote.breakdown, ...told] };
}

/** What was to be kept from going has not gone. @throws GoodsHaveShipped */
async function mustBeUnsent(tx: Tx, order: OrderRow, lines: readonly CaseLineRow[]): Promise<void> {
  const now = new Map((await linesOf(tx, order.id)).map((l) => [l.id, l.quantity - l.cancelled - l.shipped]));
  const gone = lines.filter((l) => (now.get(l.line_id) ?? 0) < l.unsent);
  if (gone.length > 0)
    throw new GoodsHaveShipped(
      { orderNo: order.order_no },
      gone.map((l) => ({
        path: 'lines',
        code: 'below_shipped',
        facts: { sku: l.sku, unsent: now.get(l.line_id) ?? 0 },
      })),
    );
}

/** The step of AFT-4, and what is told. Money that needs no waiting for, or none, ends the case. */
async function finish(
  tx: Tx,
  ctx: Ctx,
  { order, row }: Locked,
  patch: Partial<Pick<CaseRow, 'refund_amount' | 'breakdown' | 'effects'>>,
): Promise<CaseRow> {
  const saved = await saveCase(tx, ctx, row, { ...patch, executed_at: ctx.now });
  await CaseExecuted.emit(tx, ctx, order.id, {
    ...factsOf(row),
    amount: saved.refund_amount ?? 0,
    currency: row.currency,
  });
  return settleIfPaid(tx, ctx, { order, row: saved });
}

/** The old goods are here as they should be: the new ones go, and what they are worth less goes back (AFT-6). */
async function exchange(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  const lines = await caseLines(tx, [row.id]);
  const begun = await stepCase(tx, ctx, row, 'execute', NOTHING_DUE);
  mustBeCounted(row, lines);
  const fewer = lines.filter((l) => l.accepted < l.quantity).map((l) => ({ sku: l.sku, accepted: l.accepted }));
  if (fewer.length > 0) throw new CountDiffers({ no: row.no, fewer });
  await sendReplacement(tx, ctx, row);
  const quote = await quoteCase(tx, order, row);
  const parts = surplusParts(quote.parts, surplusOf(row), row.currency);
  await settleUnits(tx, row, lines, new Map(lines.map((l) => [l.line_id, l.quantity])));
  const held = await saveCase(tx, ctx, begun, { holds_units: false });
  const { parts: due } = stillToGive(parts, await givenBy(tx, row.id), row.currency);
  if (due.length > 0) await giveBack(tx, ctx, held, due, { instant: false, units: true });
  const breakdown = [...surplusOf(row)].map(([lineId, amount]): BreakdownItem => ({
    code: 'goods',
    lineId,
    units: null,
    amount,
  }));
  const told = await finish(tx, ctx, { order, row: held }, { refund_amount: sumOf(parts), breakdown });
  return settleIfSent(tx, ctx, { order, row: told });
}

/** Of each line's money as much as its goods were worth more. */
function surplusParts(
  parts: readonly Part[],
  surplus: ReadonlyMap<string, number>,
  currency: OrderRow['currency'],
): Part[] {
  const order = [...surplus];
  return order.flatMap(([lineId, amount]) => {
    const own = parts.filter((p) => p.lineId === lineId);
    const whole = sumOf(own);
    if (whole === 0) return [];
    const shares = allocate(
      money(Math.min(amount, whole), currency),
      own.map((p) => p.amount),
    );
    return own.map((p, i) => ({ ...p, amount: shares[i]?.amount ?? 0 })).filter((p) => p.amount > 0);
  });
}

/** What was missing goes out again, free. */
async function reship(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  const lines = await caseLines(tx, [row.id]);
  const begun = await stepCase(tx, ctx, row, 'execute', NOTHING_DUE);
  const all = lines.map((l) => ({ lineId: l.line_id, quantity: l.quantity - l.accepted }));
  await addToCaseLines(tx, row.id, 'accepted', all);
  await settleUnits(tx, row, lines, new Map(lines.map((l) => [l.line_id, l.quantity])));
  const held = await saveCase(tx, ctx, begun, { holds_units: false });
  await sendReplacement(tx, ctx, held);
  return settleIfSent(tx, ctx, { order, row: await finish(tx, ctx, { order, row: held }, { refund_amount: 0 }) });
}

/** Mended, or not: the goods go back to the customer, who has paid what was quoted where that is waited for. */
async function returnRepaired(tx: Tx, ctx: Ctx, { order, row }: Locked, input: Execute): Promise<CaseRow> {
  const done = await stepCase(tx, ctx, row, 'execute', {
    executed_at: ctx.now,
    refund_amount: 0,
    fee_reference: input.feeReference ?? row.fee_reference,
    ...(await expectFollowUp(tx, ctx, row)),
  });
  if (row.state === 'repaired') await mustBePaid(tx, ctx, { order, row }, 'send_back', input.feeReference);
  const lines = await caseLines(tx, [row.id]);
  const mended = lines
    .map((l) => ({ lineId: l.line_id, quantity: l.received - l.accepted }))
    .filter((l) => l.quantity > 0);
  if (row.state === 'repaired') await addToCaseLines(tx, row.id, 'accepted', mended);
  await CaseExecuted.emit(tx, ctx, order.id, { ...factsOf(row), amount: 0, currency: row.currency });
  if (input.waybillNo === undefined) return done;
  const carrier = input.carrier ?? 'unknown';
  return sentBack(tx, ctx, { order, row: done }, { carrier, waybillNo: input.waybillNo });
}

/** Price protection and compensation are carried out by who knows them; their money, where there is any, is followed here. */
async function byOthers(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  const begun = await stepCase(tx, ctx, row, 'execute', NOTHING_DUE);
  const done = await afterSalesExecutor(row.kind)(tx, ctx, { order, row: begun });
  await insertLegs(
    tx,
    ctx,
    row.id,
    done.legs.map((l) => ({ ...l, orderId: order.id, instant: false })),
  );
  return finish(tx, ctx, { order, row: begun }, { refund_amount: done.amount, breakdown: done.breakdown });
}
