import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoursText, readHours } from './hours.ts';

test('SUP-3 hours are written and read as people write them, closed is empty', () => {
  const office = [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '18:00' },
  ];
  assert.equal(hoursText(office), '09:00-12:00, 13:30-18:00');
  assert.deepEqual(readHours('9:00 – 12:00，13:30-18:00'), office);
  assert.deepEqual(readHours(''), []);
  assert.equal(readHours('9 to 5'), undefined);
});
