import type { Answer, Schemas } from '../../../api/paths.ts';

export type Rule = Schemas['PolicyRule'];
export type PolicyVersion = Answer<'/after-sales/policies/{version}', 'get'>;

export const TYPES = ['refund', 'return', 'exchange', 'repair', 'reship', 'price_protection', 'compensation'] as const;
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
export const FREIGHTS = ['buyer', 'seller', 'none'] as const;
export const EVIDENCES = ['none', 'photo', 'video'] as const;
export const REVIEWS = ['instant', 'reviewed'] as const;
export const UNITS = ['day', 'hour'] as const;
export const STARTS = ['receipt', 'dispatch', 'payment'] as const;

/** Where a rule stands: one of each in a version. */
export const placeOf = (r: Pick<Rule, 'category' | 'type' | 'reason'>): string =>
  [r.category, r.type, r.reason].join('|');
