import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { fits } from './domain/decisions.ts';
import { DIFFERENCE_ACTIONS, differenceFlow } from './domain/difference-flow.ts';
import type { z } from 'zod';
import type { DifferenceSummary, DifferenceView, LineView, ReconciliationView } from './schema.ts';
import type { BillRow, LineRow } from './store/bills.ts';
import { type DifferenceRow, movesOf, suggestionsFor } from './store/differences.ts';

export const READ = 'payments.reconciliation.read';
export const WRITE = 'payments.reconciliation.write';
export const CLOSE = 'payments.reconciliation.close';

export const presentBill = (ctx: Ctx, row: BillRow, names: ReadonlyMap<string, string>): ReconciliationView => ({
  id: row.id,
  channel: row.channel,
  billDate: row.bill_date,
  billType: row.bill_type as ReconciliationView['billType'],
  merchant: row.merchant,
  covers: row.covers,
  source: row.source,
  rows: row.rows,
  payments: row.payments,
  paidAmount: row.paid_amount,
  refunds: row.refunds,
  refundedAmount: row.refunded_amount,
  feeAmount: row.fee_amount,
  matched: row.matched,
  differenceCount: row.differences,
  open: row.open,
  carried: row.carried,
  loadedAt: row.loaded_at.toISOString(),
  loadedBy: names.get(row.loaded_by) ?? row.loaded_by,
  may: can(ctx, WRITE) ? ['look_again'] : [],
});

export async function viewBills(tx: Tx, ctx: Ctx, rows: readonly BillRow[]): Promise<ReconciliationView[]> {
  const names = await actorNames(
    tx,
    rows.map((r) => r.loaded_by),
  );
  return rows.map((row) => presentBill(ctx, row, names));
}

export const presentLine = (row: LineRow): z.input<typeof LineView> => ({
  line: row.line,
  kind: row.kind as 'payment',
  txn: row.txn,
  merchantNo: row.merchant_no,
  refundTxn: row.refund_txn,
  refundNo: row.refund_no,
  amount: row.amount,
  fee: row.fee,
  currency: row.currency,
  status: row.status,
  at: row.at.toISOString(),
  outcome: row.outcome as 'matched',
  paymentId: row.payment_id,
  refundId: row.refund_id,
});

/** The two sides of a difference: states where they differ in that, amounts otherwise. */
export function sidesOf(row: DifferenceRow): { expected?: number | string; actual?: number | string } {
  const expected = row.kind === 'status' ? row.expected_status : row.expected_amount;
  const actual = row.kind === 'status' ? row.actual_status : row.actual_amount;
  return { ...(expected === null ? {} : { expected }), ...(actual === null ? {} : { actual }) };
}

function mayOf(ctx: Ctx, row: DifferenceRow): string[] {
  const may: string[] = [];
  const events = differenceFlow[row.state];
  if (can(ctx, WRITE)) {
    if (row.state !== 'closed') may.push('assign');
    may.push('note');
    if (events.propose) may.push('propose');
  }
  if (can(ctx, CLOSE)) {
    if (events.confirm && ctx.actor.kind === 'user' && row.proposed_by !== ctx.actor.id) may.push('confirm');
    if (events.reject) may.push('reject');
    if (events.reopen) may.push('reopen');
  }
  return may;
}

function presentDifference(ctx: Ctx, row: DifferenceRow, names: ReadonlyMap<string, string>): DifferenceSummary {
  const name = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  return {
    id: row.id,
    reconciliationId: row.bill_id,
    line: row.line,
    channel: row.channel,
    billDate: row.bill_date,
    subject: row.subject,
    kind: row.kind,
    reference: row.reference,
    ...sidesOf(row),
    currency: row.currency,
    txn: row.txn,
    paymentId: row.payment_id,
    refundId: row.refund_id,
    occurredAt: row.occurred_at.toISOString(),
    state: row.state,
    dueOn: row.due_on,
    owner: name(row.owner_id),
    ownedByMe: row.owner_id === ctx.actor.id,
    action: row.action,
    reason: row.reason,
    proposedBy: name(row.proposed_by),
    confirmedBy: name(row.confirmed_by),
    closedAt: row.closed_at?.toISOString() ?? null,
    evidence:
      row.evidence_bill_id === null ? null : { reconciliationId: row.evidence_bill_id, line: row.evidence_line },
    madeRefundId: row.made_refund_id,
    createdAt: row.created_at.toISOString(),
    may: mayOf(ctx, row),
    actions: DIFFERENCE_ACTIONS.filter((action) => fits(row, action)),
    version: row.version,
  };
}

export async function viewDifferences(tx: Tx, ctx: Ctx, rows: readonly DifferenceRow[]): Promise<DifferenceSummary[]> {
  const people = rows.flatMap((r) => [r.owner_id, r.proposed_by, r.confirmed_by]).filter((id) => id !== null);
  const names = await actorNames(tx, people);
  return rows.map((row) => presentDifference(ctx, row, names));
}

export async function viewDifference(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<DifferenceView> {
  const [moves, suggestions] = [await movesOf(tx, row.id), await suggestionsFor(tx, row)];
  const [summary] = await viewDifferences(tx, ctx, [row]);
  const names = await actorNames(
    tx,
    moves.map((m) => m.by),
  );
  return {
    ...(summary as DifferenceSummary),
    moves: moves.map((m) => ({
      event: m.event,
      state: m.state,
      note: m.note,
      fileIds: m.file_ids,
      by: names.get(m.by) ?? m.by,
      at: m.at.toISOString(),
    })),
    suggestions: suggestions.map((s) => ({ ...s, at: s.at.toISOString() })),
  };
}
