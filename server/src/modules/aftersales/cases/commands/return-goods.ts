import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { allWarehouses, returnGoods, type Disposition } from '#modules/inventory/index.ts';
import { addReturned, type OrderRow } from '#modules/orders/index.ts';
import { cancelPickup, normaliseWaybill, recogniseCarrier } from '#modules/shipping/index.ts';
import { expectArrival, goodsAreHere, NOTHING_DUE } from '../clocks.ts';
import { CaseInvalid, DeductionNeedsEvidence, QuantityExceeded } from '../errors.ts';
import { ReturnInspected, ReturnReceived, ReturnSent, ReturnSentBack } from '../events.ts';
import { type CaseRow, saveCase } from '../store/cases.ts';
import { addEvidence, evidenceOf } from '../store/extras.ts';
import { addToCaseLines, caseLines, type CaseLineRow, insertInspections } from '../store/lines.ts';
import { addReturnedUnits } from '../store/units.ts';
import { factsOf, tell } from '../tell.ts';
import { refundAhead } from './instant-refund.ts';
import { lockCase } from './lock-case.ts';
import { mustSeeFiles } from './must-see-files.ts';
import { stepCase } from './step-case.ts';

/**
 * The customer has sent the goods back, by themselves or with a courier: their waybill is followed, and whoever is trusted has the
 * money now. A waybill that was mistyped is sent again.
 */
export async function shipReturn(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; carrier?: string | undefined; waybillNo: string; evidence?: readonly string[] | undefined },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  if (row.pickup_id === null) return shipLocked(tx, ctx, { order, row }, input);
  await cancelPickup(tx, ctx, row.pickup_id); // nobody has to come any more, and nothing is charged for it
  return shipLocked(tx, ctx, { order, row: await saveCase(tx, ctx, row, { pickup_id: null }) }, input);
}

/** As shipReturn; order and case are locked. */
export async function shipLocked(
  tx: Tx,
  ctx: Ctx,
  { order, row }: { order: OrderRow; row: CaseRow },
  input: { carrier?: string | undefined; waybillNo: string; evidence?: readonly string[] | undefined },
): Promise<CaseRow> {
  const waybillNo = normaliseWaybill(input.waybillNo);
  const carrier = input.carrier ?? recogniseCarrier(waybillNo) ?? 'unknown';
  await mustSeeFiles(tx, ctx, input.evidence ?? [], 'evidence');
  const sent = await stepCase(tx, ctx, row, 'ship', {
    carrier,
    waybill_no: waybillNo,
    shipped_at: row.shipped_at ?? ctx.now,
    moveNote: `${carrier} ${waybillNo}`,
  });
  const saved = await saveCase(tx, ctx, sent, await expectArrival(tx, ctx, row));
  await addEvidence(tx, ctx, row.id, 'shipping', input.evidence ?? []);
  await ReturnSent.emit(tx, ctx, order.id, { ...factsOf(row), carrier, waybillNo });
  return refundAhead(tx, ctx, { order, row: saved });
}

type Counted = { lineId: string; quantity: number };

const problemsOf = (
  lines: readonly CaseLineRow[],
  counted: readonly Counted[],
  left: (l: CaseLineRow) => number,
): { unknown: FieldProblem[]; exceeded: FieldProblem[] } => {
  const byId = new Map(lines.map((l) => [l.line_id, l]));
  const sums = new Map<string, number>();
  for (const c of counted) sums.set(c.lineId, (sums.get(c.lineId) ?? 0) + c.quantity);
  const unknown: FieldProblem[] = [];
  const exceeded: FieldProblem[] = [];
  for (const [i, { lineId }] of counted.entries()) {
    const line = byId.get(lineId);
    if (!line) unknown.push({ path: `lines[${i}].lineId`, code: 'unknown_line', facts: { line: lineId } });
    else if ((sums.get(lineId) ?? 0) > left(line))
      exceeded.push({ path: `lines[${i}].quantity`, code: 'too_big', facts: { maximum: left(line), sku: line.sku } });
  }
  return { unknown, exceeded };
};

/**
 * Goods have come back: counted per line, never more than was agreed. What comes later is counted later; how many came is a quantity,
 * not a state. Without lines everything that was agreed has come.
 * @throws QuantityExceeded, CaseInvalid
 */
export async function receiveReturn(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; lines?: readonly Counted[] | undefined; warehouse?: string | undefined },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const lines = await caseLines(tx, [row.id]);
  const rest = lines.map((l) => ({ lineId: l.line_id, quantity: l.quantity - l.received }));
  const counted = (input.lines ?? rest).filter((l) => l.quantity > 0);
  const { unknown, exceeded } = problemsOf(lines, counted, (l) => l.quantity - l.received);
  if (unknown.length > 0) throw new CaseInvalid({}, unknown);
  if (exceeded.length > 0) throw new QuantityExceeded({ orderNo: order.order_no }, exceeded);
  const warehouse = await warehouseOf(tx, row, input.warehouse);
  const saved = await stepCase(tx, ctx, row, 'receive', {
    received_at: row.received_at ?? ctx.now,
    warehouse_id: warehouse,
    ...NOTHING_DUE,
  });
  await addToCaseLines(tx, row.id, 'received', counted);
  await goodsAreHere(tx, ctx, row);
  const units = counted.reduce((n, l) => n + l.quantity, 0);
  await ReturnReceived.emit(tx, ctx, order.id, { ...factsOf(row), units });
  await tell(tx, ctx, { order, row: saved }, 'received', { data: { units }, key: String(saved.version) });
  return saved;
}

/** Where they arrived, which may be another warehouse than where they were expected. */
async function warehouseOf(tx: Tx, row: CaseRow, code: string | undefined): Promise<string | null> {
  if (code === undefined) return row.warehouse_id;
  const found = (await allWarehouses(tx)).find((w) => w.code === code);
  if (!found) throw new CaseInvalid({}, [{ path: 'warehouse', code: 'unknown_warehouse', facts: { warehouse: code } }]);
  return found.id;
}

export type Inspected = {
  lineId: string;
  quantity: number;
  grade: string;
  disposition: Disposition;
  /** False: not what was sent, or not as it may come back. Nothing is given for it. */ accepted?: boolean | undefined;
  /** What it is worth less for how it was found, in minor units. */ deduction?: number | undefined;
  bin?: string | undefined;
  note?: string | undefined;
};

/**
 * How counted units were found, each in one of the rows: its grade, and what becomes of it. What is accepted goes into the warehouse
 * where it arrived, exactly so many, and is what the refund is for. Goods that are to be mended stay the customer's.
 * @throws QuantityExceeded, DeductionNeedsEvidence, CaseInvalid, BinNotFound
 */
export async function inspectReturn(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; lines: readonly Inspected[]; evidence?: readonly string[] | undefined },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  await mustSeeFiles(tx, ctx, input.evidence ?? [], 'evidence');
  const lines = await caseLines(tx, [row.id]);
  const { unknown, exceeded } = problemsOf(lines, input.lines, (l) => l.received - l.inspected);
  if (unknown.length > 0) throw new CaseInvalid({}, unknown);
  if (exceeded.length > 0) throw new QuantityExceeded({ orderNo: order.order_no }, exceeded);
  await addEvidence(tx, ctx, row.id, 'inspection', input.evidence ?? []);
  await mustProve(tx, row, input.lines);
  const saved = await stepCase(tx, ctx, row, 'inspect', { diagnosed_at: row.diagnosed_at ?? ctx.now });
  await insertInspections(
    tx,
    ctx,
    row.id,
    input.lines.map((l) => ({
      line_id: l.lineId,
      quantity: l.quantity,
      grade: l.grade,
      disposition: l.disposition,
      accepted: l.accepted ?? true,
      deduction: l.deduction ?? 0,
      bin: l.bin ?? null,
      note: l.note ?? '',
    })),
  );
  await addToCaseLines(tx, row.id, 'inspected', input.lines);
  const accepted = input.lines.filter((l) => l.accepted ?? true);
  await addToCaseLines(tx, row.id, 'accepted', accepted);
  if (row.kind !== 'repair') await takeIn(tx, ctx, saved, lines, accepted);
  const sum = (of: readonly Inspected[]): number => of.reduce((n, l) => n + l.quantity, 0);
  await ReturnInspected.emit(tx, ctx, order.id, { ...factsOf(row), units: sum(input.lines), accepted: sum(accepted) });
  return saved;
}

/** Less is given for damage only where it can be seen. */
async function mustProve(tx: Tx, row: CaseRow, lines: readonly Inspected[]): Promise<void> {
  const less = lines.flatMap((l, i) =>
    (l.deduction ?? 0) > 0 ? [{ path: `lines[${i}].deduction`, code: 'needs_evidence', facts: {} }] : [],
  );
  if (less.length === 0) return;
  const shown = (await evidenceOf(tx, row.id)).some((e) => e.purpose === 'inspection');
  if (!shown) throw new DeductionNeedsEvidence({ no: row.no }, less);
}

async function takeIn(
  tx: Tx,
  ctx: Ctx,
  row: CaseRow,
  lines: readonly CaseLineRow[],
  accepted: readonly Inspected[],
): Promise<void> {
  if (accepted.length === 0) return;
  const byId = new Map(lines.map((l) => [l.line_id, l]));
  const [first] = await allWarehouses(tx);
  const warehouseId = row.warehouse_id ?? first?.id;
  if (warehouseId === undefined) throw new CaseInvalid({}, [{ path: 'warehouse', code: 'required', facts: {} }]);
  await returnGoods(tx, ctx, {
    docId: row.id,
    warehouseId,
    reason: row.no,
    lines: accepted.flatMap((l) => {
      const line = byId.get(l.lineId);
      if (!line) return [];
      const goods = { lineId: l.lineId, skuId: line.sku_id, sku: line.sku };
      return [{ ...goods, quantity: l.quantity, disposition: l.disposition, bin: l.bin }];
    }),
  });
  const sums = new Map<string, number>();
  for (const l of accepted) sums.set(l.lineId, (sums.get(l.lineId) ?? 0) + l.quantity);
  const back = [...sums].map(([lineId, quantity]) => ({ lineId, quantity }));
  await addReturned(tx, row.order_id, back);
  await addReturnedUnits(tx, row.order_id, back);
}

/** Goods that were refused, or mended, are on their way to the customer again. */
export async function sendBack(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; carrier: string; waybillNo: string },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const lines = await caseLines(tx, [row.id]);
  const here = lines.some((l) => l.received > (row.kind === 'repair' ? 0 : l.accepted));
  if (!here) throw new CaseInvalid({ no: row.no }, [{ path: 'caseId', code: 'nothing_to_send_back', facts: {} }]);
  return sentBack(tx, ctx, { order, row }, input);
}

/** As sendBack; order and case are locked. */
export async function sentBack(
  tx: Tx,
  ctx: Ctx,
  { order, row }: { order: OrderRow; row: CaseRow },
  input: { carrier: string; waybillNo: string },
): Promise<CaseRow> {
  const waybillNo = normaliseWaybill(input.waybillNo);
  const saved = await saveCase(tx, ctx, row, { sent_back_carrier: input.carrier, sent_back_waybill: waybillNo });
  await ReturnSentBack.emit(tx, ctx, order.id, { ...factsOf(row), carrier: input.carrier, waybillNo });
  const data = { carrier: input.carrier, waybillNo };
  await tell(tx, ctx, { order, row: saved }, 'sent_back', { data, key: waybillNo });
  return saved;
}
