import type { Flow } from '#kernel/flow.ts';

export const STATEMENT_STATES = [
  'draft',
  'submitted',
  'approved',
  'rejected',
  'paying',
  'paid',
  'failed',
  'closed',
] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];
export type StatementEvent = 'submit' | 'approve' | 'close' | 'reject' | 'withdraw' | 'pay' | 'confirm' | 'fail';

/**
 * What one person submits another approves; `close` approves what has nothing to pay. Approved, the contents are frozen. A
 * payment that failed leaves the statement payable again.
 */
export const statementFlow: Flow<StatementState, StatementEvent> = {
  draft: { submit: 'submitted' },
  submitted: { approve: 'approved', close: 'closed', reject: 'rejected', withdraw: 'draft' },
  rejected: { submit: 'submitted' },
  approved: { pay: 'paying' },
  paying: { confirm: 'paid', fail: 'failed' },
  failed: { pay: 'paying' },
  paid: {},
  closed: {},
};

/** States in which the contents may still change. */
export const isOpenState = (state: StatementState): boolean => state === 'draft' || state === 'rejected';
