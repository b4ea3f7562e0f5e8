import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const ticket = { ticketId: z.uuid(), no: z.string(), orderNo: z.string().nullable() };

// Keyed as the ticket's own events are.
export const MajorComplaint = defineEvent('support.major_complaint.v1', z.object({ ...ticket, category: z.string() }));
export const ReportFiled = defineEvent('support.report_filed.v1', z.object({ ...ticket, dueAt: z.string() }));
export const ReportMissed = defineEvent('support.report_missed.v1', z.object({ ...ticket, dueAt: z.string() }));
const agreement = { ...ticket, agreementNo: z.string(), version: z.int(), amount: z.int(), currency: z.string() };
export const AgreementSent = defineEvent('support.agreement_sent.v1', z.object(agreement));
export const AgreementWasSigned = defineEvent(
  'support.agreement_signed.v1',
  z.object({ ...agreement, sha256: z.string() }),
);
