import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import {
  INTERCEPTION_EVENTS,
  INTERCEPTION_STATES,
  interceptionFlow,
  type InterceptionState,
  interceptWaitMs,
} from './interception.ts';

// Typed from the rule: asked; the carrier says yes, no or too late; then the parcel comes back or is handed over.
const EXPECTED = new Map<string, InterceptionState>([
  ['requested>accept', 'accepted'],
  ['requested>refuse', 'refused'],
  ['requested>be_late', 'too_late'],
  ['requested>bring_back', 'returned'],
  ['requested>deliver', 'too_late'],
  ['accepted>bring_back', 'returned'],
  ['accepted>deliver', 'delivered_anyway'],
  ['refused>bring_back', 'returned'],
]);

for (const from of INTERCEPTION_STATES)
  for (const event of INTERCEPTION_EVENTS) {
    const to = EXPECTED.get(`${from}>${event}`);
    test(`ORD-10 interception: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(interceptionFlow, from, event), to);
      else assert.throws(() => step(interceptionFlow, from, event), TransitionRefused);
    });
  }

test('ORD-10 the table of interceptions is sound', () => {
  assert.deepEqual(checkFlow(interceptionFlow, ['requested']), []);
  assert.deepEqual([1, 2, 90].map(interceptWaitMs), [2_000, 4_000, 3_600_000]);
});
