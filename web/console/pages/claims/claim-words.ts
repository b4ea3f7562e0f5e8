import type { Claim } from '../../../api/types.ts';

export const CLAIM_KINDS = [
  'coupon_not_applied',
  'offer_not_applied',
  'points_missing',
  'price_wrong',
  'gift_missing',
  'other',
] as const satisfies readonly Claim['kind'][];
export const VERDICTS = ['error_confirmed', 'as_agreed', 'cannot_tell'] as const satisfies readonly Claim['verdict'][];
