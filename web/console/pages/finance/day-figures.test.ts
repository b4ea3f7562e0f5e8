import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisOf, marksOf } from './day-figures.ts';

test('PAY-6 the axis of a chart of money holds every value in round steps, debts too', () => {
  for (const values of [[], [0], [5], [123_456, 90], [-7_000, 20_000], [-300, -10]]) {
    const axis = axisOf(values, 4);
    assert.ok(axis.low <= Math.min(0, ...values) && axis.high >= Math.max(0, ...values), String(values));
    const marks = marksOf(axis);
    assert.ok(marks.length >= 2 && marks.length <= 7, `${values}: ${marks}`);
    assert.ok(marks.includes(0), `${values}: ${marks}`);
  }
});
