import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, dayStart, fullTime, relativeTime, shortTime, showInZone, startOfDay } from './time.ts';

const now = new Date(2026, 5, 1, 12, 0, 0);

test('a moment of this year leaves the year out', () => {
  assert.equal(shortTime(new Date(2026, 0, 2, 3, 4, 5), now), '01-02 03:04');
  assert.equal(shortTime(new Date(2025, 0, 2, 3, 4, 5), now), '2025-01-02 03:04');
  assert.equal(shortTime('nonsense', now), '');
});

test('full time names the weekday in the language of the reader', () => {
  assert.match(fullTime(new Date(2026, 5, 1), 'zh-CN'), /星期一/);
  assert.match(fullTime(new Date(2026, 5, 1), 'en'), /Monday/);
});

test('a deadline never looks later than it is', () => {
  assert.equal(relativeTime(new Date(now.getTime() + 119_000), 'en', now), 'in 1 min.');
  assert.equal(relativeTime(new Date(now.getTime() - 7_200_000), 'en', now), '2 hr. ago');
  assert.equal(relativeTime(new Date(now.getTime() + 3 * 86_400_000), 'zh-CN', now), '3天后');
});

test('the start of a day is midnight here', () => {
  assert.equal(startOfDay(now), new Date(2026, 5, 1).toISOString());
});

test('moments and days are those of the organisation, wherever its people sit', () => {
  try {
    showInZone('Asia/Shanghai');
    const late = '2026-05-31T17:30:00Z'; // half past one on 1 June in Shanghai
    assert.equal(shortTime(late, now), '06-01 01:30');
    assert.equal(dayOf(late), '2026-06-01');
    assert.equal(dayStart('2026-06-01'), '2026-05-31T16:00:00.000Z');
    assert.equal(startOfDay(new Date(late)), '2026-05-31T16:00:00.000Z');
    showInZone('America/New_York'); // the clock went forward on 8 March, after midnight
    assert.equal(dayStart('2026-03-08'), '2026-03-08T05:00:00.000Z');
    assert.equal(dayStart('2026-03-09'), '2026-03-09T04:00:00.000Z');
  } finally {
    showInZone(undefined);
  }
});
