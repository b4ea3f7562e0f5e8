import { defineApproval } from '#kernel/approvals/index.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openFile } from '#kernel/files/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { PayoutExists } from '../errors.ts';
import { PayoutProposedEvent } from '../events.ts';
import type { PayoutInput } from '../schema.ts';
import type { PaymentRow } from '../store/payments.ts';
import { decidePayout, dropProposed, insertPayout, proposedPayout } from '../store/payouts.ts';
import type { RefundRow } from '../store/refunds.ts';
import { approvalFacts } from './ask-refund.ts';
import { completeRefund, lockAround, refundFacts, toldTo } from './complete-refund.ts';
import { refundLimit } from './refund-limit.ts';

/** What sealed payees are sealed for. */
export const PAYEE_PURPOSE = 'payments.payee';

const SHOWN_DIGITS = 4;

/** Money sent past the channel: another person, whose own limit reaches it, confirms that it was. */
export const payoutApproval = defineApproval({
  kind: 'payments.refund_payout',
  permission: 'payments.refund.resolve',
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: async (tx, ctx, { subject: refundId }) => {
    const { payment, refund } = await lockAround(tx, ctx, refundId);
    await refundLimit.mustReach(tx, ctx, refund.amount);
    await confirmPayout(tx, ctx, payment, refund);
  },
  onRejected: (tx, ctx, { subject: refundId }) => payoutDropped(tx, ctx, refundId),
});

/** Nobody confirmed: the refund waits for a person as before. */
export async function payoutDropped(tx: Tx, ctx: Ctx, refundId: string): Promise<void> {
  await lockAround(tx, ctx, refundId);
  await dropProposed(tx, ctx, refundId);
}

async function confirmPayout(tx: Tx, ctx: Ctx, payment: PaymentRow, refund: RefundRow): Promise<RefundRow> {
  const row = present(await proposedPayout(tx, refund.id), 'what is confirmed was proposed');
  await decidePayout(tx, ctx, row, 'confirmed');
  return completeRefund(tx, ctx, payment, refund, { event: 'pay_by_hand' });
}

/**
 * Writes down that a refund was paid past the channel: to which account, by which transfer of the bank. Up to what the actor
 * decides alone it is booked at once, above that when a second person confirms. Subject, payment and refund are locked.
 * @throws PayoutExists when the transfer stands for another refund
 */
export async function payByHand(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  refund: RefundRow,
  input: PayoutInput,
): Promise<RefundRow> {
  await fieldCrypto.load(ctx.orgId);
  const { payee } = input;
  for (const id of input.fileIds) await openFile(tx, ctx, id); // evidence is a file the actor may see
  const made = await insertPayout(tx, ctx, {
    refund_id: refund.id,
    amount: refund.amount,
    currency: refund.currency,
    payee_sealed: fieldCrypto.seal(ctx.orgId, JSON.stringify(payee), PAYEE_PURPOSE),
    payee_shown: `…${payee.account.slice(-SHOWN_DIGITS)}`,
    bank_reference: input.bankReference,
    note: input.note,
    file_ids: input.fileIds,
  });
  if (!made) throw new PayoutExists({ bankReference: input.bankReference });
  const waits = ctx.actor.kind !== 'system' && refund.amount > (await refundLimit.of(tx, ctx));
  if (!waits) return confirmPayout(tx, ctx, payment, refund);
  await payoutApproval.request(tx, ctx, {
    subject: refund.id,
    facts: { ...(await approvalFacts(tx, ctx, refund)), bankReference: input.bankReference },
  });
  await PayoutProposedEvent.emit(tx, ctx, toldTo(refund), refundFacts(refund));
  return refund;
}
