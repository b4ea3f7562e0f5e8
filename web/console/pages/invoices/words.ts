export const STATUSES = [
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
export const TYPES = ['general', 'special'] as const;
export const MEDIA = ['digital', 'paper'] as const;
export const RED_REASONS = ['01', '02', '03', '04'] as const;
/** Rates goods can have, in basis points. */
export const RATES_BP = [1300, 900, 600, 500, 300, 150, 100, 0] as const;
/** 增值税特殊管理, 01 to 18. */
export const POLICIES = Array.from({ length: 18 }, (_, i) => String(i + 1).padStart(2, '0'));
/** Working lists, as the server knows them. */
export const VIEWS = [
  'open',
  'overdue',
  'due_soon',
  'pending_review',
  'attention',
  'confirming',
  'to_print',
  'all',
] as const;
export type View = (typeof VIEWS)[number];
