import { defineReveal } from '#kernel/audit/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { z } from 'zod';
import { PAYEE_PURPOSE } from '../commands/pay-by-hand.ts';
import { RefundNotFound } from '../errors.ts';
import { payoutsOf } from '../store/payouts.ts';
import { getRefund } from '../store/refunds.ts';
import { seenPayment } from './seen.ts';

const Payee = z.object({ name: z.string(), bank: z.string(), account: z.string() });

/** To whom a refund was paid by hand, in the clear: for those who may, with a reason that is recorded. */
export const revealPayee = defineReveal({
  kind: 'refund_payee',
  permission: 'payments.refund.resolve',
  load: async (tx, id, ctx) => {
    const refund = await getRefund(tx, id);
    await seenPayment(tx, ctx, refund.payment_id);
    const payout = (await payoutsOf(tx, [id])).get(id);
    if (!payout) throw new RefundNotFound({ refundId: id });
    await fieldCrypto.load(ctx.orgId);
    return Payee.parse(JSON.parse(fieldCrypto.open(ctx.orgId, payout.payee_sealed, PAYEE_PURPOSE)));
  },
});
