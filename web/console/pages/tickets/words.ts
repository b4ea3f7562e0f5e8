export const STATES = [
  'open',
  'in_progress',
  'waiting_customer',
  'waiting_third_party',
  'resolved',
  'closed',
  'merged',
] as const;
export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
export const CHANNELS = ['api', 'console', 'phone', 'mail', 'portal', 'chat'] as const;
export const METRICS = ['first_response', 'next_response', 'solution', 'resolution'] as const;
export const RUNGS = ['lead', 'manager', 'duty', 'qc'] as const;
/** Working lists: what is asked of the server for each. */
export const VIEWS: Record<string, Record<string, string>> = {
  mine: { assignee: 'me', state: 'active' },
  queue: { assignee: 'none', state: 'active' },
  waiting: { clock: 'waiting' },
  at_risk: { clock: 'at_risk', state: 'active' },
  breached: { clock: 'breached', state: 'active' },
  active: { state: 'active' },
  all: {},
};
