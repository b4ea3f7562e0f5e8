import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import { vipOf } from '#modules/customers/index.ts';
import { AFTER_SALES_HOLD, lockAnyOrder, type OrderRow, putHold } from '#modules/orders/index.ts';
import { decide, fits, type PolicyDecision, type Reason, REASON_CODES } from '../../policies/index.ts';
import { answerDue, expectAnswer } from '../clocks.ts';
import { type CaseKind, replaces, takesUnits } from '../domain/flow.ts';
import { CaseInvalid, EvidenceRequired, OrderNotEligible, PolicyRefuses, QuantityExceeded } from '../errors.ts';
import { CaseOpened } from '../events.ts';
import { type CaseableLine, caseableLines, leftFor } from '../queries/goods.ts';
import { decisionOf } from '../queries/decision.ts';
import { reckon } from '../queries/quote.ts';
import { caseSettings } from '../settings.ts';
import { addMove, type CaseRow, insertCase, type Wanted } from '../store/cases.ts';
import { addEvidence } from '../store/extras.ts';
import { insertLines } from '../store/lines.ts';
import { takeUnits } from '../store/units.ts';
import { factsOf, tell } from '../tell.ts';
import { approveLocked } from './decide-case.ts';
import { executeLocked } from './execute-case.ts';
import { lockForCase } from './lock-case.ts';
import { mustSeeFiles } from './must-see-files.ts';

export type OpenCase = {
  orderId: string;
  type: CaseKind;
  lines: readonly { lineId: string; quantity: number; sku?: string | undefined }[];
  /** A code of the policy; another word counts as `other`. */
  reason: string;
  description?: string | undefined;
  evidence?: readonly string[] | undefined;
};

const isCustomer = (ctx: Ctx): boolean => ctx.actor.kind === 'customer';

/** The reason as the policy knows it, and the word that was said where that is another. */
export function reasonOf(said: string, kind: CaseKind): { reason: Reason; said: string | null } {
  const known = REASON_CODES.find((code) => code === said);
  if (known !== undefined) return { reason: known, said: null };
  return { reason: kind === 'price_protection' ? 'price_drop' : 'other', said };
}

/**
 * Opens a case about units of an order, for the customer or by them (AFT-1). The units are taken from here on: nobody asks twice for
 * one. What the policy allows without a review is agreed at once when the customer asks; a refund of goods not sent yet is carried
 * out with it. @throws OrderNotFound, OrderSuperseded, OrderNotEligible, QuantityExceeded, PolicyRefuses, EvidenceRequired, CaseInvalid.
 */
export async function openCase(tx: Tx, ctx: Ctx, input: OpenCase): Promise<CaseRow> {
  const order = await lockForCase(tx, ctx, input.orderId);
  mustBeEligible(order, input.type);
  const lines = await chosenLines(tx, order, input);
  const { reason, said } = reasonOf(input.reason, input.type);
  const decision = await decide(tx, ctx, {
    orderId: order.id,
    lines: input.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    type: input.type,
    reason,
  });
  if (isCustomer(ctx) && !decision.allowed) throw refusalOf(decision);
  await mustShow(tx, ctx, decision, input.evidence ?? []);
  const wanted = replaces(input.type) ? await wantedOf(tx, order, lines, input) : [];
  const vip = (await vipOf(tx, [order.customer_id])).has(order.customer_id);
  const dueAt = await answerDue(tx, ctx, vip);
  const row = await insertCase(tx, ctx, {
    id: newId(ctx.now.getTime()),
    no: `A${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'after_sales'))}`,
    order_id: order.id,
    order_no: order.order_no,
    shop_id: order.shop_id,
    customer_id: order.customer_id,
    kind: input.type,
    reason,
    said,
    description: input.description ?? '',
    by_customer: isCustomer(ctx),
    vip,
    owner_id: await ownerFor(tx, vip),
    currency: order.currency,
    policy: answerOf(decision),
    wanted,
    warehouse_id: null,
    due_at: dueAt,
    holds_units: takesUnits(input.type),
  });
  await keep(tx, ctx, { order, row, lines });
  await addEvidence(tx, ctx, row.id, 'application', input.evidence ?? []);
  await addMove(tx, ctx, row, { event: 'open', was: 'submitted', state: 'submitted', note: '' });
  await expectAnswer(tx, ctx, row, dueAt);
  await CaseOpened.emit(tx, ctx, order.id, {
    ...factsOf(row),
    reason,
    units: lines.reduce((n, l) => n + l.quantity, 0),
    clause: decision.clause,
    decision: decisionOf(row),
    customerId: order.customer_id,
  });
  await tell(tx, ctx, { order, row }, 'opened');
  return atOnce(tx, ctx, order, row);
}

const answerOf = ({ lines: _lines, ...answer }: PolicyDecision): CaseRow['policy'] => answer;

const refusalOf = (d: PolicyDecision): Error =>
  new PolicyRefuses({ clause: d.clause, text: d.text, because: d.refusedBecause, windowEndsAt: d.windowEndsAt });

/** Nothing was paid yet, or nothing is left: there is nothing to serve. */
function mustBeEligible(order: OrderRow, kind: CaseKind): void {
  const over = order.superseded !== null || order.status === 'cancelled' || order.status === 'pending_payment';
  // a closed order has given everything back; what was paid for by other means may still be mended or sent again
  if (over || (order.status === 'closed' && kind !== 'repair'))
    throw new OrderNotEligible({ orderNo: order.order_no, status: order.superseded ?? order.status });
}

type Chosen = { of: CaseableLine; quantity: number; unsent: number };

/** The lines asked for, each once, none with more units than are left. Gifts of goods that are not sent stay here with them. */
async function chosenLines(tx: Tx, order: OrderRow, input: OpenCase): Promise<Chosen[]> {
  const all = await caseableLines(tx, order);
  const problems: FieldProblem[] = [];
  const exceeded: FieldProblem[] = [];
  const seen = new Set<string>();
  const chosen = input.lines.flatMap(({ lineId, quantity }, i): Chosen[] => {
    const of = all.find((l) => l.line.id === lineId);
    if (!of || seen.has(lineId)) {
      problems.push({ path: `lines[${i}].lineId`, code: of ? 'named_twice' : 'unknown_line', facts: { line: lineId } });
      return [];
    }
    seen.add(lineId);
    const left = leftFor(input.type, of);
    if (quantity > left)
      exceeded.push({ path: `lines[${i}].quantity`, code: 'too_big', facts: { maximum: left, sku: of.line.sku } });
    const unsent = input.type === 'refund' ? Math.min(quantity, of.unsent, of.free) : 0;
    return [{ of, quantity, unsent }];
  });
  if (problems.length > 0) throw new CaseInvalid({ type: input.type }, problems);
  if (exceeded.length > 0) throw new QuantityExceeded({ orderNo: order.order_no }, exceeded);
  return input.type === 'refund' && chosen.some((c) => c.unsent > 0)
    ? [...chosen, ...(await giftsWith(tx, order, all, chosen))]
    : chosen;
}

/** Gifts not sent that are no longer deserved without the goods: they stay here too, instead of being paid for. */
async function giftsWith(
  tx: Tx,
  order: OrderRow,
  all: readonly CaseableLine[],
  chosen: readonly Chosen[],
): Promise<Chosen[]> {
  const taken = chosen.map((c) => ({ lineId: c.of.line.id, units: c.quantity, deduction: 0 }));
  const terms = { freight: 'none' as const, fetched: false, agreed: null, given: [], own: new Map(), unlimited: true };
  const { giftsKept } = await reckon(tx, order, taken, terms);
  const left = all.some((l) => l.line.kind === 'goods' && l.unsent > (chosen.find((c) => c.of === l)?.unsent ?? 0));
  return all.flatMap((of): Chosen[] => {
    if (of.line.kind !== 'gift' || chosen.some((c) => c.of === of)) return [];
    const undeserved = left ? (giftsKept.find((g) => g.lineId === of.line.id)?.units ?? 0) : of.free;
    const unsent = Math.min(of.unsent, of.free, undeserved);
    return unsent > 0 ? [{ of, quantity: unsent, unsent }] : [];
  });
}

/** Pictures where the policy wants them, each of them there and the actor's to show. */
async function mustShow(tx: Tx, ctx: Ctx, decision: PolicyDecision, evidence: readonly string[]): Promise<void> {
  await mustSeeFiles(tx, ctx, evidence, 'evidence');
  const { evidenceRequiredOf: of } = await caseSettings.get(tx);
  const wanted = of === 'everyone' || (of === 'customers' && isCustomer(ctx));
  if (wanted && decision.allowed && decision.evidence !== 'none' && evidence.length === 0)
    throw new EvidenceRequired({ evidence: decision.evidence, clause: decision.clause }, [
      { path: 'evidence', code: 'required', facts: { evidence: decision.evidence } },
    ]);
}

/** What is to be sent in place of each line: the same goods unless others are named. */
async function wantedOf(tx: Tx, order: OrderRow, lines: readonly Chosen[], input: OpenCase): Promise<Wanted[]> {
  const asked = new Map(input.lines.map((l) => [l.lineId, l.sku]));
  const named = input.lines.flatMap((l) => (l.sku === undefined ? [] : [l.sku]));
  const skus = new Map((await skusByCode(tx, named)).map((s) => [s.sku, s]));
  const problems = input.lines.flatMap(({ sku }, i): FieldProblem[] => {
    if (sku === undefined) return [];
    const path = `lines[${i}].sku`;
    const found = skus.get(sku);
    if (!found) return [{ path, code: 'unknown_sku', facts: { sku } }];
    if (found.status !== 'on_sale') return [{ path, code: 'not_on_sale', facts: { sku } }];
    return found.currency === order.currency
      ? []
      : [{ path, code: 'currency_mismatch', facts: { expected: order.currency } }];
  });
  if (problems.length > 0) throw new CaseInvalid({ type: input.type }, problems);
  return lines.map(({ of, quantity }) => ({ lineId: of.line.id, sku: asked.get(of.line.id) ?? of.line.sku, quantity }));
}

/** AFT-11: a VIP's case is somebody's by name. */
async function ownerFor(tx: Tx, vip: boolean): Promise<string | null> {
  const { vipOwner } = await caseSettings.get(tx);
  return vip && vipOwner !== '' ? vipOwner : null;
}

/** Takes the units, and keeps what of them has not gone from going. */
async function keep(
  tx: Tx,
  ctx: Ctx,
  { order, row, lines }: { order: OrderRow; row: CaseRow; lines: readonly Chosen[] },
): Promise<void> {
  if (row.holds_units)
    await takeUnits(
      tx,
      order.id,
      lines.map((l) => ({ lineId: l.of.line.id, quantity: l.quantity, limit: l.of.limit })),
    );
  await insertLines(
    tx,
    row.id,
    lines.map(({ of, quantity, unsent }) => ({
      line_id: of.line.id,
      sku_id: of.line.sku_id,
      sku: of.line.sku,
      title: of.line.title,
      quantity,
      unsent,
    })),
  );
  if (lines.some((l) => l.unsent > 0)) await putHold(tx, ctx, order, { code: AFTER_SALES_HOLD, note: row.no });
}

/** What needs no review is agreed while the customer waits; money alone, for goods that were not sent, goes back with it. */
async function atOnce(tx: Tx, ctx: Ctx, order: OrderRow, row: CaseRow): Promise<CaseRow> {
  if (!isCustomer(ctx) || decisionOf(row) !== 'instant' || !fits(row.reason, row.kind)) return row;
  const approved = await approveLocked(tx, ctx, { order, row }, { note: '' });
  if (row.kind !== 'refund') return approved;
  return executeLocked(tx, ctx, { order: await lockAnyOrder(tx, order.id), row: approved }, {});
}
