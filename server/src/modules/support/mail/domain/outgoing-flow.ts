import type { Flow } from '#kernel/flow.ts';
import type { OutgoingState } from './words.ts';

export type OutgoingEvent = 'accept' | 'give_up' | 'bounce' | 'retry';
/** The life of a mail of ours. What a server accepted may still come back, as often as there are recipients; a person may try again what did not arrive. */
export const outgoingFlow: Flow<OutgoingState, OutgoingEvent> = {
  queued: { accept: 'sent', give_up: 'failed' },
  sent: { bounce: 'bounced' },
  failed: { retry: 'queued' },
  bounced: { bounce: 'bounced', retry: 'queued' },
};
