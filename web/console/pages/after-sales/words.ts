export const VIEWS = ['open', 'follow_up', 'done', 'all'] as const;
export type CaseViewName = (typeof VIEWS)[number];
export const TYPES = ['refund', 'return', 'exchange', 'repair', 'reship', 'price_protection', 'compensation'] as const;
export type CaseType = (typeof TYPES)[number];
export const STATUSES = [
  'submitted',
  'approved',
  'in_transit',
  'received',
  'inspected',
  'quoted',
  'declined',
  'repairing',
  'repaired',
  'refunding',
  'exchanging',
  'escalated',
  'done',
  'rejected',
  'cancelled',
  'expired',
] as const;
/** Reasons and what may be asked for by each, as the policy has them. */
export const REASONS = [
  'no_reason',
  'quality',
  'malfunction',
  'damaged',
  'wrong_item',
  'missing',
  'not_as_described',
  'expired',
  'counterfeit',
  'not_received',
  'late',
  'price_drop',
  'service',
  'other',
] as const;
export const DISPOSITIONS = ['restock', 'damaged', 'repair', 'scrap', 'return_to_vendor'] as const;
export const GRADES = ['A', 'B', 'C', 'D'] as const;
