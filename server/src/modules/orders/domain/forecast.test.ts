import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast } from './forecast.ts';

const HOUR = 3_600_000;
const NOW = new Date('2026-09-28T02:00:00Z');
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);
const always = (from: Date, ms: number): Date => new Date(from.getTime() + ms);
/** A warehouse that closes for three days first. */
const closed = (from: Date, ms: number): Date => new Date(from.getTime() + 72 * HOUR + ms);
const facts = { now: NOW, promisedAt: at(24), ahead: 0, ordersPerHour: 100, handlingHours: 4 };

test('ORD-6 an order is expected to leave after those before it and its own handling', () => {
  assert.deepEqual(forecast(facts, always), { shipsAt: at(4), risk: 'low', reasons: [] });
  assert.deepEqual(forecast({ ...facts, ahead: 1000 }, always), { shipsAt: at(14), risk: 'low', reasons: [] });
  assert.deepEqual(
    forecast({ ...facts, promisedAt: null, ahead: 100_000 }, always).risk,
    'low',
    'nothing was promised',
  );
});

test('ORD-6 the risk grows with the backlog, and the message says what it comes from', () => {
  assert.deepEqual(forecast({ ...facts, ahead: 1600 }, always), {
    shipsAt: at(20),
    risk: 'medium',
    reasons: ['backlog'],
  });
  assert.deepEqual(forecast({ ...facts, ahead: 2100 }, always), {
    shipsAt: at(25),
    risk: 'high',
    reasons: ['backlog'],
  });
  assert.deepEqual(forecast(facts, closed), { shipsAt: at(76), risk: 'high', reasons: ['closed_days'] });
  assert.deepEqual(forecast({ ...facts, promisedAt: at(3) }, always), {
    shipsAt: at(4),
    risk: 'high',
    reasons: ['promise_near'],
  });
});
