import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const claim = { claimId: z.uuid(), no: z.string(), orderNo: z.string() };
const shown = { customer: true };

// The key of each is the order's id.
export const ClaimFiled = defineEvent(
  'orders.claim_filed.v1',
  z.object({ ...claim, kind: z.string(), verdict: z.string(), dueAt: z.string() }),
  shown,
);
export const CorrectionAsked = defineEvent(
  'orders.claim_correction_asked.v1',
  z.object({ ...claim, refund: z.int(), points: z.int(), currency: z.string() }),
);
export const ClaimCorrected = defineEvent(
  'orders.claim_corrected.v1',
  z.object({ ...claim, refund: z.int(), points: z.int(), currency: z.string() }),
  shown,
);
export const ClaimDismissed = defineEvent('orders.claim_dismissed.v1', z.object(claim), shown);
/** A claim was not settled within its time. */
export const ClaimMissed = defineEvent('orders.claim_missed.v1', z.object({ ...claim, dueAt: z.string() }));
