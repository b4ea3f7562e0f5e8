import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { presentRefund } from '../present.ts';
import type { RefundWorkView } from '../schema.ts';
import { paymentsByIds } from '../store/payments.ts';
import { payoutsOf, type PayoutRow } from '../store/payouts.ts';
import { getRefund, type RefundRow } from '../store/refunds.ts';
import { seenPayment } from './seen.ts';

/** Refunds with their order, payment, people and payout, in the order given. */
export async function viewRefunds(tx: Tx, ctx: Ctx, rows: readonly RefundRow[]): Promise<RefundWorkView[]> {
  const payouts = await payoutsOf(
    tx,
    rows.map((r) => r.id),
  );
  const payments = await paymentsByIds(tx, [...new Set(rows.map((r) => r.payment_id))]);
  const people = [...rows.flatMap((r) => [r.owner_id, r.requested_by]), ...[...payouts.values()].flatMap(peopleOf)];
  const names = await actorNames(
    tx,
    people.filter((id) => id !== null),
  );
  const named = (id: string) => ({ id, name: names.get(id) ?? id });
  return rows.map((row) => {
    const payout = payouts.get(row.id);
    const payment = payments.get(row.payment_id);
    const shown = presentRefund(ctx, row);
    const isProposed = payout?.state === 'proposed';
    return {
      ...shown,
      may: isProposed
        ? []
        : shown.may.includes('pay_by_hand') && row.owner_id !== ctx.actor.id
          ? ['take', ...shown.may]
          : shown.may,
      orderId: row.subject_id,
      subjectKind: payment?.subject_kind ?? 'order',
      orderNo: payment?.subject_no ?? '',
      paymentNo: payment?.no ?? '',
      channel: payment?.channel ?? '',
      requestedBy: named(row.requested_by),
      owner: row.owner_id === null ? null : named(row.owner_id),
      payout: payout ? presentPayout(payout, named) : null,
    };
  });
}

const peopleOf = (row: PayoutRow): (string | null)[] => [row.proposed_by, row.confirmed_by];

function presentPayout(
  row: PayoutRow,
  named: (id: string) => { id: string; name: string },
): NonNullable<RefundWorkView['payout']> {
  return {
    state: row.state,
    payee: row.payee_shown,
    bankReference: row.bank_reference,
    note: row.note,
    fileIds: row.file_ids,
    proposedBy: named(row.proposed_by),
    proposedAt: row.proposed_at.toISOString(),
    // up to their own limit one person enters and books it: then nobody has confirmed
    confirmedBy: row.confirmed_by === null || row.confirmed_by === row.proposed_by ? null : named(row.confirmed_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}

export const viewRefund = async (tx: Tx, ctx: Ctx, row: RefundRow): Promise<RefundWorkView> =>
  one(await viewRefunds(tx, ctx, [row]));

/** One refund, where the actor's data scope includes what was paid for. @throws RefundNotFound, PaymentNotFound */
export async function showRefund(tx: Tx, ctx: Ctx, input: { refundId: string }): Promise<RefundWorkView> {
  const row = await getRefund(tx, input.refundId);
  await seenPayment(tx, ctx, row.payment_id);
  return viewRefund(tx, ctx, row);
}
