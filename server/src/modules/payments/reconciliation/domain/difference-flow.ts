import type { Flow } from '#kernel/flow.ts';

export const DIFFERENCE_STATES = ['carried', 'open', 'proposed', 'parked', 'closed'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];
export type DifferenceEvent = 'mature' | 'propose' | 'reject' | 'confirm' | 'park' | 'settle' | 'reopen';

/**
 * `carried` waits for the bill of the next days; `parked` stands in the books until it is settled. What one person proposes
 * another confirms. `settle`: the missing side has come by itself.
 */
export const differenceFlow: Flow<DifferenceState, DifferenceEvent> = {
  carried: { mature: 'open', propose: 'proposed', settle: 'closed' },
  open: { propose: 'proposed', settle: 'closed' },
  proposed: { reject: 'open', confirm: 'closed', park: 'parked', settle: 'closed' },
  parked: { propose: 'proposed', settle: 'closed' },
  closed: { reopen: 'open' },
};

export const DIFFERENCE_KINDS = ['amount', 'status', 'channel_only', 'local_only', 'fee', 'duplicate'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];
export const DIFFERENCE_ACTIONS = ['add_booking', 'reverse', 'refund', 'keep_pending', 'write_off'] as const;
export type DifferenceAction = (typeof DIFFERENCE_ACTIONS)[number];

/** What makes sense of which kind: nothing is added that is booked already, and nothing reversed that never was. */
export const ACTIONS_OF: Readonly<Record<DifferenceKind, readonly DifferenceAction[]>> = {
  amount: ['add_booking', 'reverse', 'refund', 'keep_pending', 'write_off'],
  status: ['add_booking', 'reverse', 'keep_pending', 'write_off'],
  channel_only: ['add_booking', 'keep_pending', 'write_off'],
  local_only: ['reverse', 'keep_pending', 'write_off'],
  fee: ['add_booking', 'keep_pending', 'write_off'],
  duplicate: ['reverse', 'refund', 'keep_pending', 'write_off'],
};
