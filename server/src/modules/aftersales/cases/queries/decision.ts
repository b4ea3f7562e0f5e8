import type { CaseRow } from '../store/cases.ts';

/** What the policy says of a case, in a word. */
export const decisionOf = (row: Pick<CaseRow, 'policy'>): 'instant' | 'reviewed' | 'refused' =>
  row.policy.allowed ? row.policy.review : 'refused';
