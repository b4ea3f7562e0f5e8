import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addBusinessDays,
  addBusinessTime,
  always,
  businessTimeBetween,
  CalendarNeverOpen,
  CalendarSchema,
  chineseYear,
  cnBusiness,
  cnWarehouse,
  isOpen,
  nextOpen,
  type Calendar,
} from './index.ts';

const HOUR = 3_600_000;
const cn = (text: string): Date => new Date(`${text}+08:00`);
const weekdays = (from: string, to: string): Calendar['weekly'] =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from, to }]]));

const london: Calendar = { timeZone: 'Europe/London', weekly: weekdays('09:00', '17:30'), overrides: [] };
const newYorkNights: Calendar = {
  timeZone: 'America/New_York',
  weekly: {
    sat: [{ from: '22:00', to: '06:00' }],
    sun: [
      { from: '00:30', to: '03:00' },
      { from: '20:00', to: '04:00' },
    ],
  },
  overrides: [{ date: '2026-07-04', intervals: [] }],
};

test('SUP-3 a clock runs through lunch breaks and weekends only in opening hours', () => {
  assert.deepEqual(addBusinessTime(cnBusiness, cn('2026-07-10T11:30:00'), 2 * HOUR), cn('2026-07-10T15:00:00'));
  assert.deepEqual(addBusinessTime(cnBusiness, cn('2026-07-10T17:59:59'), 2_000), cn('2026-07-13T09:00:01'));
  assert.deepEqual(addBusinessTime(cnBusiness, cn('2026-07-10T09:00:00'), 7.5 * HOUR), cn('2026-07-10T18:00:00'));
  assert.deepEqual(addBusinessTime(cnBusiness, cn('2026-07-11T03:00:00'), 0), cn('2026-07-11T03:00:00'));
});

test('SUP-3 Chinese holidays stop the clock and make-up workdays run it', () => {
  // Spring Festival 2026: off 15–23 February, worked Saturdays 14 and 28 February.
  assert.equal(isOpen(cnBusiness, cn('2026-02-14T10:00:00')), true);
  assert.equal(isOpen(cnBusiness, cn('2026-02-16T10:00:00')), false);
  assert.deepEqual(addBusinessTime(cnBusiness, cn('2026-02-14T17:00:00'), 2 * HOUR), cn('2026-02-24T10:00:00'));
  assert.equal(businessTimeBetween(cnBusiness, cn('2026-09-30T18:00:00'), cn('2026-10-08T09:00:00')), 0);
  assert.equal(businessTimeBetween(cnBusiness, cn('2025-09-28T00:00:00'), cn('2025-09-29T00:00:00')), 7.5 * HOUR);
});

test('SUP-3 a warehouse rests only at Spring Festival', () => {
  assert.equal(isOpen(cnWarehouse, cn('2026-10-01T10:00:00')), true);
  assert.deepEqual(nextOpen(cnWarehouse, cn('2026-02-14T21:00:00')), cn('2026-02-24T08:00:00'));
});

test('SUP-3 a year without a published notice has the days fixed by law and says so', () => {
  assert.equal(chineseYear(2026).published, true);
  const coming = chineseYear(2027);
  assert.equal(coming.published, false);
  assert.deepEqual(
    coming.days.map((d) => d.date),
    [
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ],
  );
});

test('SUP-3 the statutory days computed from the law are all days off in the years whose notice is known', () => {
  const byLaw = ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-04-05', '2026-06-19', '2026-09-25'];
  const off = new Set(
    chineseYear(2026)
      .days.filter((d) => !d.work)
      .map((d) => d.date),
  );
  for (const date of byLaw) assert.ok(off.has(date), date);
});

test('SUP-3 shifts that cross midnight belong to the day they began', () => {
  const nights: Calendar = {
    timeZone: 'Asia/Shanghai',
    weekly: { fri: [{ from: '22:00', to: '06:00' }] },
    overrides: [
      { date: '2026-07-11', intervals: [] },
      { date: '2026-07-17', intervals: [] },
    ],
  };
  assert.equal(isOpen(nights, cn('2026-07-11T05:59:59')), true);
  assert.equal(isOpen(nights, cn('2026-07-11T06:00:00')), false);
  assert.equal(isOpen(nights, cn('2026-07-18T01:00:00')), false);
  assert.equal(businessTimeBetween(nights, cn('2026-07-01T00:00:00'), cn('2026-08-01T00:00:00')), (3 * 8 + 2) * HOUR);
});

test('SUP-3 opening hours keep to the wall clock when the zone changes its clocks', () => {
  const at = (text: string): Date => new Date(text);
  // London is UTC until 2026-03-29 01:00 UTC, then UTC+1.
  assert.deepEqual(addBusinessTime(london, at('2026-03-27T17:00:00Z'), HOUR), at('2026-03-30T08:30:00Z'));
  assert.deepEqual(addBusinessDays(london, at('2026-03-27T10:00:00Z'), 1), at('2026-03-30T09:00:00Z'));
  // New York, Saturday night into 2026-03-08: 02:00 does not exist, the eight-hour shift is seven hours long.
  const saturday = { ...newYorkNights, weekly: { sat: newYorkNights.weekly.sat ?? [] } };
  assert.equal(
    businessTimeBetween(saturday, at('2026-03-07T12:00:00-05:00'), at('2026-03-09T12:00:00-04:00')),
    7 * HOUR,
  );
  // 2026-11-01 has 01:00–02:00 twice: nine hours.
  assert.equal(
    businessTimeBetween(saturday, at('2026-10-31T12:00:00-04:00'), at('2026-11-02T12:00:00-05:00')),
    9 * HOUR,
  );
  const skipped: Calendar = { ...saturday, weekly: { sun: [{ from: '02:15', to: '02:45' }] } };
  assert.equal(businessTimeBetween(skipped, at('2026-03-07T12:00:00Z'), at('2026-03-09T12:00:00Z')), 0);
});

test('SUP-3 business days skip weekends and holidays and keep the time of day', () => {
  assert.deepEqual(addBusinessDays(cnBusiness, cn('2026-09-30T16:20:00'), 2), cn('2026-10-09T16:20:00'));
  assert.deepEqual(addBusinessDays(cnBusiness, cn('2026-10-03T16:20:00'), 0), cn('2026-10-08T16:20:00'));
  assert.deepEqual(addBusinessDays(cnBusiness, cn('2026-10-03T16:20:00'), 1), cn('2026-10-09T16:20:00'));
});

const calendars: Record<string, Calendar> = { cnBusiness, cnWarehouse, always, london, newYorkNights };
const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 11, 1) }).map((ms) => new Date(ms));
const span = fc.integer({ min: 0, max: 400 * HOUR });

for (const [name, calendar] of Object.entries(calendars)) {
  test(`SUP-3 ${name}: the time between a moment and its deadline is the time allowed`, () => {
    fc.assert(
      fc.property(instant, span, (a, d) => {
        const due = addBusinessTime(calendar, a, d);
        assert.equal(businessTimeBetween(calendar, a, due), d);
        if (d > 0) assert.equal(businessTimeBetween(calendar, a, new Date(due.getTime() - 1)), d - 1);
      }),
      { numRuns: 200 },
    );
  });

  test(`SUP-3 ${name}: adding in two steps is adding at once, and spans add up`, () => {
    fc.assert(
      fc.property(instant, span, span, (a, x, y) => {
        const b = addBusinessTime(calendar, a, x);
        assert.deepEqual(addBusinessTime(calendar, b, y), addBusinessTime(calendar, a, x + y));
        const c = new Date(b.getTime() + y);
        const [first, second] = [businessTimeBetween(calendar, a, b), businessTimeBetween(calendar, b, c)];
        assert.equal(first + second, businessTimeBetween(calendar, a, c));
        assert.equal(businessTimeBetween(calendar, c, b), 0 - second);
      }),
      { numRuns: 200 },
    );
  });

  test(`SUP-3 ${name}: the next opening is open, and nothing before it is`, () => {
    fc.assert(
      fc.property(instant, (a) => {
        const opens = nextOpen(calendar, a);
        assert.equal(isOpen(calendar, opens), true);
        assert.equal(businessTimeBetween(calendar, a, opens), 0);
      }),
      { numRuns: 200 },
    );
  });
}

test('SUP-3 a calendar that never opens is refused instead of searched for ever', () => {
  const shut: Calendar = { timeZone: 'UTC', weekly: {}, overrides: [] };
  assert.throws(() => addBusinessTime(shut, new Date(), 1), CalendarNeverOpen);
  assert.throws(() => nextOpen(shut, new Date()), CalendarNeverOpen);
  assert.throws(() => addBusinessDays(shut, new Date(), 1), CalendarNeverOpen);
  assert.equal(businessTimeBetween(shut, new Date(0), new Date()), 0);
  assert.throws(() => addBusinessTime(always, new Date(), -1), RangeError);
  assert.throws(() => addBusinessTime(always, new Date(), 0.5), RangeError);
});

test('SUP-3 only sound calendars are stored', () => {
  for (const calendar of Object.values(calendars)) assert.deepEqual(CalendarSchema.parse(calendar), calendar);
  const bad = (change: object): boolean => !CalendarSchema.safeParse({ ...london, ...change }).success;
  assert.ok(bad({ timeZone: 'Mars/Olympus' }));
  assert.ok(bad({ weekly: { mon: [{ from: '09:00', to: '09:00' }] } }));
  assert.ok(bad({ weekly: { mon: [{ from: '24:00', to: '09:00' }] } }));
  assert.ok(
    bad({
      weekly: {
        mon: [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '13:00' },
        ],
      },
    }),
  );
  assert.ok(bad({ weekly: { mon: [{ from: '9:00', to: '12:00' }] } }));
  assert.ok(bad({ overrides: [{ date: '2026-02-30', intervals: [] }] }));
  assert.ok(
    bad({
      overrides: [
        { date: '2026-02-03', intervals: [] },
        { date: '2026-02-03', intervals: [] },
      ],
    }),
  );
});

test('SUP-3 adding 48 business hours takes at most 50 µs', () => {
  const from = cn('2026-02-10T15:20:00');
  for (let i = 0; i < 2_000; i += 1) addBusinessTime(cnBusiness, from, 48 * HOUR);
  const started = process.hrtime.bigint();
  for (let i = 0; i < 2_000; i += 1) addBusinessTime(cnBusiness, new Date(from.getTime() + i * 1_000), 48 * HOUR);
  const each_us = Number(process.hrtime.bigint() - started) / 2_000 / 1_000;
  assert.ok(each_us <= 50, `${each_us.toFixed(1)} µs`);
});
