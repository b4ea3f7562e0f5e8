import type { Flow } from '#kernel/flow.ts';

export const INVOICE_STATUSES = [
  'waiting_payment',
  'pending_review',
  'blocked',
  'confirming',
  'ready',
  'issuing',
  'issued',
  'reversed',
  'failed',
  'rejected',
  'cancelled',
] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];
export const INVOICE_EVENTS = [
  'wait',
  'review',
  'clear',
  'block',
  'send',
  'issue',
  'fail',
  'reject',
  'cancel',
  'reverse',
] as const;
export type InvoiceEvent = (typeof INVOICE_EVENTS)[number];

/** Nothing was told to the provider yet: the amount still follows the order, and the application can be withdrawn. */
export const UNSENT: readonly InvoiceStatus[] = ['waiting_payment', 'pending_review', 'blocked', 'ready', 'failed'];
/** There is a document, or there may be one: its money is invoiced. */
export const COUNTS: readonly InvoiceStatus[] = ['issuing', 'issued'];

/** Blue invoices. `issuing` ends in what the provider knows, never in what we do not. */
export const blueFlow: Flow<InvoiceStatus, InvoiceEvent> = {
  waiting_payment: { review: 'pending_review', clear: 'ready', cancel: 'cancelled' },
  pending_review: { wait: 'waiting_payment', clear: 'ready', reject: 'rejected', cancel: 'cancelled' },
  blocked: { wait: 'waiting_payment', review: 'pending_review', clear: 'ready', cancel: 'cancelled' },
  confirming: {},
  ready: { wait: 'waiting_payment', review: 'pending_review', block: 'blocked', send: 'issuing', cancel: 'cancelled' },
  issuing: { issue: 'issued', fail: 'failed' },
  issued: { reverse: 'reversed' },
  reversed: {},
  failed: { wait: 'waiting_payment', review: 'pending_review', clear: 'ready', cancel: 'cancelled' },
  rejected: {},
  cancelled: {},
};

/** Red letters: made by refunds and corrections, waited for by nobody who could review them. */
export const redFlow: Flow<InvoiceStatus, InvoiceEvent> = {
  waiting_payment: {},
  pending_review: {},
  blocked: {},
  confirming: { clear: 'ready', cancel: 'cancelled' },
  ready: { send: 'issuing' },
  issuing: { issue: 'issued', fail: 'failed' },
  issued: {},
  reversed: {},
  failed: { clear: 'ready' },
  rejected: {},
  cancelled: {},
};

export const CONFIRMATION_STATES = ['applied', 'buyer_confirmed', 'rejected', 'expired'] as const;
export type ConfirmationState = (typeof CONFIRMATION_STATES)[number];
export const CONFIRMATION_EVENTS = ['confirm', 'reject', 'expire', 'apply_again'] as const;
export type ConfirmationEvent = (typeof CONFIRMATION_EVENTS)[number];

/** 红字确认单: the buyer has 72 hours to agree that a special invoice they have used is taken back. */
export const confirmationFlow: Flow<ConfirmationState, ConfirmationEvent> = {
  applied: { confirm: 'buyer_confirmed', reject: 'rejected', expire: 'expired' },
  buyer_confirmed: {},
  rejected: { apply_again: 'applied' },
  expired: { apply_again: 'applied' },
};

export const QUALIFICATION_STATES = ['pending', 'approved', 'rejected', 'revoked'] as const;
export type QualificationState = (typeof QUALIFICATION_STATES)[number];
/** Whether a buyer may be given special invoices. A new one is submitted when a decision is to change. */
export const qualificationFlow: Flow<QualificationState, 'approve' | 'reject' | 'revoke'> = {
  pending: { approve: 'approved', reject: 'rejected' },
  approved: { revoke: 'revoked' },
  rejected: {},
  revoked: {},
};

/** Why a red letter is made: the tax bureau's codes. 01 开票有误 02 销货退回 03 服务中止 04 销售折让. */
export const RED_REASONS = ['01', '02', '03', '04'] as const;
export type RedReason = (typeof RED_REASONS)[number];

/** What a refund is to the tax bureau: goods that went back, or money given back on goods that stay. */
export const reasonOfRefund = (whole: boolean): RedReason => (whole ? '02' : '04');
