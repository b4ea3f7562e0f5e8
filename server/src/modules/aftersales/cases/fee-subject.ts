import type { Ctx } from '#kernel/context.ts';
import { present } from '#kernel/assert.ts';
import type { Tx } from '#kernel/db/index.ts';
import { money } from '#kernel/money.ts';
import type { PaymentSubject } from '#modules/payments/index.ts';
import { changeFee, dueOf, feeSettled, keptOf } from './commands/fee.ts';
import { type LockedCase, lockCase } from './commands/lock-case.ts';
import { RepairFeePaid, RepairFeeRefunded, RepairFeeRefundFailed } from './events.ts';
import { seesCase } from './policy.ts';
import { findCase, saveCase } from './store/cases.ts';
import { type FeeRow, findFee, lockFee } from './store/fees.ts';
import { factsOf, tell } from './tell.ts';

/** What payments keep of what they are for, beside the case's id. */
export const REPAIR_FEE = 'repair_fee';

async function locked(tx: Tx, ctx: Ctx, caseId: string): Promise<LockedCase & { fee: FeeRow }> {
  const both = await lockCase(tx, ctx, caseId);
  return { ...both, fee: present(await lockFee(tx, caseId), 'payments ask about fees there are') };
}

/** Whether something that is paid for is the fee of a repair: its id is then the case's. */
export const isRepairFee = async (tx: Tx, subjectId: string): Promise<boolean> =>
  (await findFee(tx, subjectId)) !== undefined;

/** How payments speak to repair fees (AFT-7), without knowing them. */
export const repairFeeSubject: Required<PaymentSubject> = {
  async lock(tx, ctx, caseId) {
    const { row, fee } = await locked(tx, ctx, caseId);
    const due = await dueOf(tx, fee);
    return { no: row.no, due: money(due, fee.currency), payable: due > 0, kind: REPAIR_FEE };
  },

  async shopOf(tx, _ctx, caseId) {
    return (await findCase(tx, caseId))?.shop_id ?? null;
  },

  async visible(tx, ctx, caseId) {
    const row = await findCase(tx, caseId);
    return row !== undefined && seesCase(ctx, row);
  },

  /** Only what is owed now, to the fen: a payment of an earlier quote is not part of a later one. */
  async paid(tx, ctx, caseId, payment) {
    const { order, row, fee } = await locked(tx, ctx, caseId);
    const { amount, currency } = payment.amount;
    const due = await dueOf(tx, fee);
    if (due === 0 || amount !== due || currency !== fee.currency) return 'unwanted';
    await changeFee(tx, ctx, { row, fee, cause: payment.paymentId }, { state: 'paid', paid: fee.paid + amount });
    const saved = await saveCase(tx, ctx, row, feeSettled(row));
    await RepairFeePaid.emit(tx, ctx, order.id, { ...factsOf(row), amount, currency, paymentId: payment.paymentId });
    await tell(tx, ctx, { order, row: saved }, 'fee_paid', {
      data: { fee: payment.amount },
      key: payment.paymentId,
    });
    return 'accepted';
  },

  async refunded(tx, ctx, caseId, refund) {
    const { order, row, fee } = await locked(tx, ctx, caseId);
    const { amount, currency } = refund.amount;
    await changeFee(tx, ctx, { row, fee, cause: refund.refundId }, { refunded: fee.refunded + amount });
    await RepairFeeRefunded.emit(tx, ctx, order.id, {
      ...factsOf(row),
      amount,
      currency,
      refundId: refund.refundId,
    });
    await tell(tx, ctx, { order, row }, 'fee_refunded', { data: { fee: refund.amount }, key: refund.refundId });
  },

  async givenUp(tx, ctx, caseId, refund) {
    const { order, row, fee } = await locked(tx, ctx, caseId);
    const isPaid = fee.state === 'due' && (await keptOf(tx, fee)) >= fee.amount;
    await changeFee(tx, ctx, { row, fee, cause: refund.refundId }, isPaid ? { state: 'paid' } : {});
    const { amount } = refund;
    await RepairFeeRefundFailed.emit(tx, ctx, order.id, { ...factsOf(row), amount, currency: fee.currency });
  },
};
