import { REASONS, type Reason } from '../../policies/domain/vocabulary.ts';

export const KINDS = ['points', 'coupon', 'cash', 'reship'] as const;
export type Kind = (typeof KINDS)[number];
export const SEVERITIES = ['minor', 'normal', 'major'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Reasons one may be given something for. */
export const COMPENSATION_REASONS = (Object.keys(REASONS) as Reason[]).filter((r) =>
  (REASONS[r] as readonly string[]).includes('compensation'),
) as [Reason, ...Reason[]];

/** How grave what happened is, until an organisation says otherwise. Whoever grants does not choose it: it says how much they may. */
export const SHIPPED_SEVERITY: Readonly<Record<string, Severity>> = {
  late: 'minor',
  service: 'minor',
  other: 'minor',
  quality: 'normal',
  malfunction: 'normal',
  damaged: 'normal',
  wrong_item: 'normal',
  missing: 'normal',
  not_as_described: 'normal',
  not_received: 'normal',
  expired: 'major',
  counterfeit: 'major',
};

/**
 * Whether one person may give so much alone, and whether the budgets bear it. All of a kind an order was given before counts,
 * whoever gave it: a limit is not got round in parts. Minor units.
 */
export function judge(asked: { value: number; givenBefore: number; limit: number; budgetsLeft: readonly number[] }): {
  beyondLimit: boolean;
  beyondBudget: boolean;
} {
  return {
    beyondLimit: asked.givenBefore + asked.value > asked.limit,
    beyondBudget: asked.budgetsLeft.some((left) => left < asked.value),
  };
}

export const COMPENSATION_STATES = ['requested', 'granted', 'done', 'rejected', 'revoked'] as const;
export type CompensationState = (typeof COMPENSATION_STATES)[number];
export type CompensationEvent = 'grant' | 'reject' | 'complete' | 'revoke';
