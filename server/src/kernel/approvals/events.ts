import { z } from 'zod';
import { defineEvent } from '../outbox/index.ts';

const about = z.object({ approvalId: z.uuid(), kind: z.string() });

export const ApprovalRequested = defineEvent('kernel.approval_requested.v1', about);
export const ApprovalApproved = defineEvent('kernel.approval_approved.v1', about);
export const ApprovalRejected = defineEvent('kernel.approval_rejected.v1', about);
export const ApprovalExpired = defineEvent('kernel.approval_expired.v1', about);
export const ApprovalWithdrawn = defineEvent('kernel.approval_withdrawn.v1', about);
