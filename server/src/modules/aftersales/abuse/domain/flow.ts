import type { Flow } from '#kernel/flow.ts';

export const RISK_STATES = ['open', 'watching', 'review', 'dismissed'] as const;
export type RiskState = (typeof RISK_STATES)[number];
export const DECISIONS = ['dismiss', 'watch', 'require_review'] as const;
export type Decision = (typeof DECISIONS)[number];

/** `evidence`: a pattern was seen again. Who is watched is looked at anew; who is reviewed is reviewed already. */
export const riskFlow: Flow<RiskState, Decision | 'evidence'> = {
  open: { dismiss: 'dismissed', watch: 'watching', require_review: 'review', evidence: 'open' },
  watching: { dismiss: 'dismissed', require_review: 'review', evidence: 'open' },
  review: { dismiss: 'dismissed', watch: 'watching', evidence: 'review' },
  dismissed: {},
};
