import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const money = { amount: z.int(), currency: z.string() };

/** Money we do not hold is to be given back by who holds it. */
export const ExternalRefundDue = defineEvent(
  'orders.external_refund_due.v1',
  z.object({ orderNo: z.string(), refundId: z.string(), ...money }),
);
/** Who holds the money will not give it back. */
export const ExternalRefundGivenUp = defineEvent(
  'orders.external_refund_given_up.v1',
  z.object({ orderNo: z.string(), refundId: z.string(), ...money }),
);
