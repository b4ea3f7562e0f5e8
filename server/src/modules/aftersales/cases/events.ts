import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const of = { caseId: z.string(), no: z.string(), kind: z.string(), orderNo: z.string() };
const money = { amount: z.int(), currency: z.string() };
const customer = { customer: true };

/** All are told on the order's timeline: their key is the order's id. */
export const CaseOpened = defineEvent(
  'aftersales.case_opened.v1',
  z.object({
    ...of,
    reason: z.string(),
    units: z.int(),
    clause: z.string(),
    decision: z.string(),
    customerId: z.string(),
  }),
  customer,
);
export const CaseAccepted = defineEvent('aftersales.case_accepted.v1', z.object(of), customer);
export const CaseDiagnosed = defineEvent('aftersales.case_diagnosed.v1', z.object(of), customer);
export const CaseApproved = defineEvent('aftersales.case_approved.v1', z.object(of), customer);
export const CaseRejected = defineEvent('aftersales.case_rejected.v1', z.object(of), customer);
export const CaseCancelled = defineEvent(
  'aftersales.case_cancelled.v1',
  z.object({ ...of, why: z.string() }),
  customer,
);
export const CaseExpired = defineEvent('aftersales.case_expired.v1', z.object({ ...of, why: z.string() }), customer);
export const ReturnSent = defineEvent(
  'aftersales.return_sent.v1',
  z.object({ ...of, carrier: z.string(), waybillNo: z.string() }),
  customer,
);
export const ReturnReceived = defineEvent(
  'aftersales.return_received.v1',
  z.object({ ...of, units: z.int() }),
  customer,
);
export const ReturnInspected = defineEvent(
  'aftersales.return_inspected.v1',
  z.object({ ...of, units: z.int(), accepted: z.int() }),
  customer,
);
export const ReturnSentBack = defineEvent(
  'aftersales.return_sent_back.v1',
  z.object({ ...of, carrier: z.string(), waybillNo: z.string() }),
  customer,
);
export const CaseExecuted = defineEvent('aftersales.case_executed.v1', z.object({ ...of, ...money }), customer);
export const InstantRefunded = defineEvent('aftersales.instant_refunded.v1', z.object({ ...of, ...money }), customer);
export const CaseDone = defineEvent(
  'aftersales.case_done.v1',
  z.object({ ...of, ...money, units: z.int(), reason: z.string(), customerId: z.string() }),
  customer,
);
export const CaseRefundFailed = defineEvent('aftersales.case_refund_failed.v1', z.object({ ...of, ...money }));
export const ReplacementPlaced = defineEvent(
  'aftersales.replacement_placed.v1',
  z.object({ ...of, replacementNo: z.string(), replacementId: z.string(), ...money }),
  customer,
);
export const ReplacementFell = defineEvent(
  'aftersales.replacement_fell.v1',
  z.object({ ...of, replacementNo: z.string() }),
  customer,
);
export const CaseOffered = defineEvent(
  'aftersales.case_offered.v1',
  z.object({ ...of, solution: z.string() }),
  customer,
);
export const CaseOfferAnswered = defineEvent(
  'aftersales.case_offer_answered.v1',
  z.object({ ...of, solution: z.string(), answer: z.string() }),
  customer,
);
export const RepairQuoted = defineEvent('aftersales.repair_quoted.v1', z.object({ ...of, ...money }), customer);
export const RepairAnswered = defineEvent(
  'aftersales.repair_answered.v1',
  z.object({ ...of, answer: z.string() }),
  customer,
);
export const RepairGivenUp = defineEvent('aftersales.repair_given_up.v1', z.object(of), customer);
export const RepairFeePaid = defineEvent(
  'aftersales.repair_fee_paid.v1',
  z.object({ ...of, ...money, paymentId: z.string() }),
  customer,
);
/** Nothing is owed for the repair any more; the amount is what goes back. */
export const RepairFeeCancelled = defineEvent(
  'aftersales.repair_fee_cancelled.v1',
  z.object({ ...of, ...money }),
  customer,
);
/** Paid past the channels, as a reference says. */
export const RepairFeeOutside = defineEvent(
  'aftersales.repair_fee_outside.v1',
  z.object({ ...of, ...money }),
  customer,
);
export const RepairFeeRefunded = defineEvent(
  'aftersales.repair_fee_refunded.v1',
  z.object({ ...of, ...money, refundId: z.string() }),
  customer,
);
export const RepairFeeRefundFailed = defineEvent(
  'aftersales.repair_fee_refund_failed.v1',
  z.object({ ...of, ...money }),
);
export const RepairBegun = defineEvent('aftersales.repair_begun.v1', z.object(of), customer);
export const RepairFinished = defineEvent('aftersales.repair_finished.v1', z.object(of), customer);
export const CaseEscalated = defineEvent('aftersales.case_escalated.v1', z.object(of), customer);
export const CaseArbitrated = defineEvent(
  'aftersales.case_arbitrated.v1',
  z.object({ ...of, verdict: z.string() }),
  customer,
);
export const CaseFollowedUp = defineEvent(
  'aftersales.case_followed_up.v1',
  z.object({ ...of, satisfied: z.boolean() }),
  customer,
);
export const CaseAssigned = defineEvent('aftersales.case_assigned.v1', z.object({ ...of, ownerId: z.string() }));
export const GoodwillAsked = defineEvent('aftersales.goodwill_asked.v1', z.object(of));
export const GoodwillDecidedOn = defineEvent(
  'aftersales.goodwill_decided.v1',
  z.object({ ...of, outcome: z.string() }),
);
export const DebtOpened = defineEvent(
  'aftersales.debt_opened.v1',
  z.object({ ...of, ...money, why: z.string(), customerId: z.string() }),
);
export const PickupBooked = defineEvent(
  'aftersales.pickup_booked.v1',
  z.object({ ...of, carrier: z.string() }),
  customer,
);
