import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { TICKET_EVENTS, TICKET_STATES, ticketFlow } from './flow.ts';

const EXPECTED = new Map<string, string>([
  ['open>start', 'in_progress'],
  ['open>wait_customer', 'waiting_customer'],
  ['open>wait_third_party', 'waiting_third_party'],
  ['open>customer_wrote', 'open'],
  ['open>resolve', 'resolved'],
  ['open>merge', 'merged'],
  ['in_progress>release', 'open'],
  ['in_progress>wait_customer', 'waiting_customer'],
  ['in_progress>wait_third_party', 'waiting_third_party'],
  ['in_progress>customer_wrote', 'in_progress'],
  ['in_progress>resolve', 'resolved'],
  ['in_progress>merge', 'merged'],
  ['waiting_customer>start', 'in_progress'],
  ['waiting_customer>wait_third_party', 'waiting_third_party'],
  ['waiting_customer>customer_wrote', 'in_progress'],
  ['waiting_customer>resolve', 'resolved'],
  ['waiting_customer>merge', 'merged'],
  ['waiting_third_party>start', 'in_progress'],
  ['waiting_third_party>wait_customer', 'waiting_customer'],
  ['waiting_third_party>customer_wrote', 'in_progress'],
  ['waiting_third_party>resolve', 'resolved'],
  ['waiting_third_party>merge', 'merged'],
  ['resolved>customer_wrote', 'open'],
  ['resolved>reopen', 'open'],
  ['resolved>close', 'closed'],
  ['resolved>merge', 'merged'],
  ['closed>customer_wrote', 'open'],
  ['closed>reopen', 'open'],
]);

for (const from of TICKET_STATES)
  for (const event of TICKET_EVENTS) {
    const to = EXPECTED.get(`${from}>${event}`);
    test(`SUP-2 a ticket: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(ticketFlow, from, event), to);
      else assert.throws(() => step(ticketFlow, from, event), TransitionRefused);
    });
  }

test('SUP-2 every state of a ticket can be reached', () => {
  assert.deepEqual(checkFlow(ticketFlow, ['open']), []);
});
