import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Calendar, WEEKDAYS } from '#kernel/calendar/index.ts';
import { after, HOUR_MS, MINUTE_MS, zoned } from '#kernel/time.ts';
import { type Clock, type Fact, type Metric, reckon, type Terms } from './clocks.ts';
import type { TicketState } from './flow.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);
const OFFICE: Calendar = {
  timeZone: 'Asia/Shanghai',
  weekly: Object.fromEntries(
    (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((d) => [
      d,
      [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '18:00' },
      ],
    ]),
  ),
  overrides: [
    { date: '2026-10-01', intervals: [] },
    { date: '2026-10-10', intervals: [{ from: '09:00', to: '18:00' }] }, // a Saturday worked in exchange
  ],
};
const ROUND: Calendar = {
  timeZone: 'UTC',
  weekly: Object.fromEntries(WEEKDAYS.map((d) => [d, [{ from: '00:00', to: '24:00' }]])),
  overrides: [],
};
const hours = (n: number): number => n * 3600;
const terms = (over: Partial<Terms> = {}): Terms => ({
  policy: 'p',
  seconds: { first_response: hours(2), next_response: hours(4), solution: hours(24), resolution: hours(48) },
  calendar: ROUND,
  calendarName: 'round',
  pauseIn: ['waiting_customer', 'waiting_third_party'],
  reopen: 'total',
  warnPermille: 800,
  ...over,
});
const T0 = new Date('2026-11-23T01:00:00Z'); // Monday 09:00 in Shanghai
const h = (n: number): Date => after(T0, n * HOUR_MS);
const opened = (t = terms(), when = T0): Fact[] => [
  { at: when, kind: 'terms', terms: t },
  { at: when, kind: 'opened' },
  { at: when, kind: 'customer' },
];
const state = (n: number, to: TicketState): Fact => ({ at: h(n), kind: 'state', state: to });
const fact = (n: number, kind: 'customer' | 'answer' | 'solution'): Fact => ({ at: h(n), kind });
const of = (clocks: Clock[], metric: Metric, cycle = 1): Clock | undefined =>
  clocks.find((c) => c.metric === metric && c.cycle === cycle);

test('SUP-3 metrics are clocks of their own: an answer to the second message does not touch the first response (35)', () => {
  const clocks = reckon([...opened(), fact(3, 'answer'), fact(5, 'customer'), fact(6, 'answer')], h(7));
  const first = of(clocks, 'first_response');
  assert.deepEqual(
    [first?.state, first?.metAt, first?.missedAt],
    ['met', h(3), h(2)],
    'missed at two hours, met at three',
  );
  const next = of(clocks, 'next_response');
  assert.deepEqual([next?.state, next?.startedAt, next?.metAt, next?.missedAt], ['met', h(5), h(6), null]);
  assert.deepEqual(of(clocks, 'resolution')?.dueAt, h(48));
});

test('SUP-3 the next response counts from the first unanswered message and is not wound up by further ones', () => {
  const said = [...opened(), fact(1, 'answer'), fact(5, 'customer'), fact(6, 'customer'), fact(8, 'customer')];
  const clock = of(reckon(said, h(8)), 'next_response');
  assert.deepEqual([clock?.startedAt, clock?.dueAt], [h(5), h(9)]);
  const again = reckon([...said, fact(8.5, 'answer'), fact(10, 'customer')], h(10));
  assert.deepEqual(of(again, 'next_response', 2)?.dueAt, h(14), 'each time round has a deadline of its own');
});

test('SUP-3 lunch breaks, holidays, weekends and make-up workdays count as the calendar says (34)', () => {
  const due = (from: string, s: number): string | undefined =>
    of(
      reckon(opened(terms({ calendar: OFFICE, seconds: { resolution: s } }), at(from)), at(from)),
      'resolution',
    )?.dueAt?.toISOString();
  assert.equal(due('2026-11-23T11:00:00', hours(2)), at('2026-11-23T14:30:00').toISOString(), 'lunch does not count');
  assert.equal(due('2026-11-27T17:00:00', hours(2)), at('2026-11-30T10:00:00').toISOString(), 'nor does a weekend');
  assert.equal(due('2026-09-30T17:00:00', hours(2)), at('2026-10-02T10:00:00').toISOString(), 'nor a holiday');
  assert.equal(due('2026-10-09T17:00:00', hours(2)), at('2026-10-10T10:00:00').toISOString(), 'a Saturday worked does');
  assert.equal(due('2026-11-23T09:00:00', 61), at('2026-11-23T09:01:01').toISOString(), 'to the second');
});

test('SUP-3 hours may run past midnight (34)', () => {
  const night: Calendar = { ...OFFICE, weekly: { mon: [{ from: '22:00', to: '02:00' }] }, overrides: [] };
  const clocks = reckon(
    opened(terms({ calendar: night, seconds: { resolution: hours(3) } }), at('2026-11-23T20:00:00')),
    at('2026-11-23T20:00:00'),
  );
  assert.deepEqual(of(clocks, 'resolution')?.dueAt, at('2026-11-24T01:00:00'));
});

test('SUP-3 what is paused is taken off in the hours of the calendar, never in wall time (36)', () => {
  const office = terms({ calendar: OFFICE, seconds: { resolution: hours(10) } });
  // from 17:00, over the night, to 10:00: two hours of the calendar passed, seventeen on the wall
  const clocks = reckon([...opened(office), state(8, 'waiting_customer'), state(25, 'in_progress')], h(25));
  const clock = of(clocks, 'resolution');
  assert.equal(clock?.elapsedMs, 6.5 * HOUR_MS);
  assert.deepEqual(clock?.dueAt, at('2026-11-24T15:00:00'), '3.5 h are left from 10:00, with lunch between');
});

test('SUP-3 while it waits for the customer nothing is due, and nothing is missed', () => {
  const clocks = reckon([...opened(), state(1, 'waiting_customer')], h(500));
  const clock = of(clocks, 'first_response');
  assert.deepEqual([clock?.state, clock?.dueAt, clock?.missedAt, clock?.elapsedMs], ['paused', null, null, HOUR_MS]);
});

test('SUP-3 other terms keep the time gone by (36)', () => {
  const shorter = terms({ seconds: { resolution: hours(8) } });
  const facts: Fact[] = [
    ...opened(),
    state(2, 'waiting_customer'),
    state(5, 'in_progress'),
    { at: h(6), kind: 'terms', terms: shorter },
  ];
  assert.deepEqual(of(reckon(facts, h(6)), 'resolution')?.dueAt, h(11), 'three hours are gone, five are left');
  const late: Fact[] = [...opened(), { at: h(20), kind: 'terms', terms: shorter }];
  const clock = of(reckon(late, h(21)), 'resolution');
  assert.deepEqual([clock?.missedAt, clock?.dueAt], [h(20), h(20)], 'missed when it became so short, not before');
});

test('SUP-3 a miss stays when it is met later, or allowed more time later', () => {
  const facts: Fact[] = [
    ...opened(),
    fact(3, 'answer'),
    { at: h(4), kind: 'terms', terms: terms({ seconds: { first_response: hours(99) } }) },
  ];
  assert.deepEqual(of(reckon(facts, h(5)), 'first_response')?.missedAt, h(2));
});

test('SUP-3 reopened: first resolution stays met, total resolution goes on and may be missed at once (35)', () => {
  const life = (reopen: 'first' | 'total'): Fact[] => [
    ...opened(terms({ reopen, seconds: { resolution: hours(10) } })),
    state(9, 'resolved'),
    state(30, 'open'),
  ];
  const first = of(reckon(life('first'), h(40)), 'resolution');
  assert.deepEqual([first?.state, first?.metAt, first?.missedAt], ['met', h(9), null]);
  const total = of(reckon(life('total'), h(30)), 'resolution');
  assert.deepEqual([total?.state, total?.elapsedMs, total?.dueAt], ['running', 9 * HOUR_MS, h(31)]);
  const shorter = [
    ...life('total').slice(0, 4),
    { at: h(20), kind: 'terms', terms: terms({ reopen: 'total', seconds: { resolution: hours(4) } }) } as Fact,
    state(30, 'open'),
  ];
  assert.deepEqual(of(reckon(shorter, h(31)), 'resolution')?.missedAt, h(30), 'at once');
});

test('SUP-3 answered in the very instant it is due, it is met', () => {
  const clock = of(reckon([...opened(), fact(2, 'answer')], h(5)), 'first_response');
  assert.deepEqual([clock?.state, clock?.missedAt], ['met', null]);
});

test('SUP-3 the calculation tells every stretch, and its sum is what has passed', () => {
  const office = terms({ calendar: OFFICE, seconds: { resolution: hours(10) } });
  const [clock] = reckon([...opened(office), state(8, 'waiting_customer'), state(25, 'in_progress')], h(26), true);
  assert.deepEqual(
    clock?.steps.map((s) => [s.kind, s.ms / HOUR_MS, s.sum / HOUR_MS]),
    [
      ['counted', 6.5, 6.5],
      ['paused', 0, 6.5],
      ['counted', 1, 7.5],
    ],
  );
  assert.deepEqual(clock?.steps[0]?.openings, [
    { from: at('2026-11-23T09:00:00'), to: at('2026-11-23T12:00:00') },
    { from: at('2026-11-23T13:30:00'), to: at('2026-11-23T17:00:00') },
  ]);
});

// The slow and obvious model: it looks at every minute by itself.
type Slow = { started: number; gone: number; met: number | null; missed: number | null };
type Event = { minute: number; what: 'customer' | 'answer' | 'solution' | TicketState | 'shorter' | 'longer' };

const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** What the wall clock shows, as far as it ever got: an hour that comes twice does not open or close anything twice. */
function wallAt(timeZone: string, ms: number, before: number): number {
  const quarter = Math.floor(ms / QUARTER_MS);
  const key = `${timeZone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const w = zoned(new Date(quarter * QUARTER_MS), timeZone); // no zone changes its clock but at a quarter of an hour
    offset = Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute) - quarter * QUARTER_MS;
    offsets.set(key, offset);
  }
  return Math.max(before, ms + offset);
}
const QUARTER_MS = 15 * MINUTE_MS;
const offsets = new Map<string, number>();
function isOpenMinute(calendar: Calendar, wall: number): boolean {
  const shown = new Date(wall);
  const minuteOfDay = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  const hoursOf = (daysAgo: number) => {
    const day = new Date(wall - daysAgo * 86_400_000);
    const date = day.toISOString().slice(0, 10);
    const own = calendar.overrides.find((o) => o.date === date);
    return own ? own.intervals : (calendar.weekly[DAY_NAMES[day.getUTCDay()] ?? 'sun'] ?? []);
  };
  const minutes = (t: string): number => Number(t.slice(0, 2)) * 60 + Number(t.slice(3, 5));
  const today = hoursOf(0).some((i) => {
    const [from, to] = [minutes(i.from), minutes(i.to)];
    return minuteOfDay >= from && (to <= from || minuteOfDay < to);
  });
  const lastNight = hoursOf(1).some((i) => minutes(i.to) <= minutes(i.from) && minuteOfDay < minutes(i.to));
  return today || lastNight;
}

/** Walks minute by minute; only resolution, which sees every kind of event. */
function slowly(base: Terms, events: readonly Event[], start: number, end: number): Slow {
  const clock: Slow = { started: start, gone: 0, met: null, missed: null };
  let now: TicketState = 'open';
  let target = (base.seconds.resolution ?? 0) / 60;
  let wall = wallAt(base.calendar.timeZone, start - 2 * HOUR_MS, 0);
  for (let m = start - 2 * HOUR_MS; m < start; m += MINUTE_MS) wall = wallAt(base.calendar.timeZone, m, wall);
  for (let ms = start; ms < end; ms += MINUTE_MS) {
    wall = wallAt(base.calendar.timeZone, ms, wall);
    for (const e of events.filter((x) => start + x.minute * MINUTE_MS === ms)) {
      if (e.what === 'shorter') target = Math.ceil((base.seconds.resolution ?? 0) / 120);
      else if (e.what === 'longer') target = (base.seconds.resolution ?? 0) / 30;
      else if (e.what !== 'customer' && e.what !== 'answer' && e.what !== 'solution') {
        const [was, is] = [now === 'resolved', e.what === 'resolved'];
        if (is && !was && clock.met === null) clock.met = ms;
        if (was && !is && base.reopen === 'total') clock.met = null;
        now = e.what;
      }
    }
    const pauses = base.pauseIn.includes(now);
    if (clock.met !== null || pauses) continue;
    if (clock.missed === null && clock.gone >= target) clock.missed = ms;
    if (isOpenMinute(base.calendar, wall)) clock.gone += 1;
  }
  return clock;
}

const minuteOf = (n: number): string =>
  `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;
const day = fc
  .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 0, maxLength: 6 })
  .map((marks) => marks.toSorted((a, b) => a - b))
  .map((marks) =>
    Array.from({ length: Math.floor(marks.length / 2) }, (_, i) => ({
      from: minuteOf(marks[2 * i] ?? 0),
      to: minuteOf(marks[2 * i + 1] ?? 0),
    })),
  );
const calendars: fc.Arbitrary<Calendar> = fc.record({
  timeZone: fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/New_York', 'UTC'),
  weekly: fc.tuple(day, day, day, day, day, day, day, fc.boolean()).map(([a, b, c, d, e, f, g, night]) => ({
    mon: a,
    tue: b,
    wed: c,
    thu: night ? [{ from: '21:30', to: '05:15' }] : d,
    fri: night ? e.filter((i) => i.from >= '05:15') : e,
    sat: f,
    sun: g.length > 0 ? g : [{ from: '10:00', to: '11:00' }],
  })),
  overrides: fc
    .uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 3 })
    .chain((dates) => fc.tuple(...dates.map((d) => fc.record({ date: fc.constant(`2026-11-0${d}`), intervals: day })))),
});
const things: fc.Arbitrary<Event[]> = fc
  .uniqueArray(
    fc.record({
      minute: fc.integer({ min: 1, max: 6 * 1440 }),
      what: fc.constantFrom<Event['what']>(
        'customer',
        'answer',
        'solution',
        'open',
        'in_progress',
        'waiting_customer',
        'waiting_third_party',
        'resolved',
        'shorter',
        'longer',
      ),
    }),
    { maxLength: 10, selector: (e) => e.minute },
  )
  .map((list) => list.toSorted((a, b) => a.minute - b.minute));

test('SUP-3 clocks are what counting minute by minute gives, over calendars, holidays, pauses, zones and other terms', () => {
  const runs = fc.record({
    calendar: calendars,
    events: things,
    resolution: fc.integer({ min: 1, max: 2000 }).map((m) => m * 60),
    reopen: fc.constantFrom('first' as const, 'total' as const),
    pauseIn: fc.subarray(['waiting_customer', 'waiting_third_party'] as TicketState[]),
    // the week holds the end of summer time in New York
    start: fc.integer({ min: 0, max: 2880 }).map((m) => Date.parse('2026-10-30T00:00:00Z') + m * MINUTE_MS),
  });
  fc.assert(
    fc.property(runs, ({ calendar, events, resolution, reopen, pauseIn, start }) => {
      const base = terms({ calendar, seconds: { resolution }, reopen, pauseIn });
      const facts: Fact[] = opened(base, new Date(start));
      for (const { minute, what } of events) {
        const when = new Date(start + minute * MINUTE_MS);
        if (what === 'shorter' || what === 'longer') {
          const s = what === 'shorter' ? Math.ceil(resolution / 120) * 60 : resolution * 2;
          facts.push({ at: when, kind: 'terms', terms: { ...base, seconds: { resolution: s } } });
        } else if (what === 'customer' || what === 'answer' || what === 'solution')
          facts.push({ at: when, kind: what });
        else facts.push({ at: when, kind: 'state', state: what });
      }
      const end = start + 7 * 1440 * MINUTE_MS;
      const slow = slowly(base, events, start, end);
      const fast = of(reckon(facts, new Date(end), true), 'resolution');
      assert.equal(fast?.elapsedMs, slow.gone * MINUTE_MS, 'gone');
      assert.equal(fast?.metAt?.getTime() ?? null, slow.met, 'met');
      assert.equal(
        fast?.steps.reduce((sum, s) => sum + s.ms, 0),
        fast?.elapsedMs,
        'the calculation adds up',
      );
      // the first instant too much is used is the end of the last allowed minute; the model sees it at the next minute it counts
      assert.equal(fast?.missedAt === null, slow.missed === null, 'whether it was missed');
      if (fast?.missedAt && slow.missed !== null) assert.ok(fast.missedAt.getTime() <= slow.missed, 'not later');
      const soon = reckon(facts, new Date(start + 1), false);
      assert.ok(soon.every((c) => c.dueAt === null || c.dueAt.getTime() >= start));
    }),
    { numRuns: 150 },
  );
});
