import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';
import { KINDS, SEVERITIES } from './domain/authority.ts';

const compensation = {
  compensationId: z.string(),
  no: z.string(),
  orderNo: z.string(),
  kind: z.enum(KINDS),
  reason: z.string(),
  severity: z.enum(SEVERITIES),
  value: z.int(),
  currency: z.string(),
};

// All are told on the order.
export const CompensationRequested = defineEvent(
  'aftersales.compensation_requested.v1',
  z.object({ ...compensation, beyondLimit: z.boolean(), beyondBudget: z.boolean() }),
);
export const CompensationGranted = defineEvent('aftersales.compensation_granted.v1', z.object(compensation), {
  customer: true,
});
export const CompensationRejected = defineEvent('aftersales.compensation_rejected.v1', z.object(compensation));
/** All of the cash has arrived. */
export const CompensationPaid = defineEvent('aftersales.compensation_paid.v1', z.object(compensation), {
  customer: true,
});
/** Points were taken back, or a coupon ran out unused: nothing is promised any more. */
export const CompensationRevoked = defineEvent('aftersales.compensation_revoked.v1', z.object(compensation));
/** Told on the budget. */
export const BudgetChanged = defineEvent(
  'aftersales.compensation_budget_changed.v1',
  z.object({ scope: z.string(), ref: z.string(), currency: z.string(), monthly: z.int(), active: z.boolean() }),
);
