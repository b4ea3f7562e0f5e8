import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { forecast, HORIZON_DAYS, naive, seasonalNaive, totalAhead } from './forecast.ts';
import { capped, METHOD_NAMES, weeksAhead } from './methods.ts';

const units = fc.array(fc.nat({ max: 5_000 }), { maxLength: 400 });
const weekday = fc.nat({ max: 6 });
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

test('INV-6 a forecast is never negative, never infinite, and the same each time', () => {
  fc.assert(
    fc.property(units, weekday, (u, w) => {
      const made = forecast({ units: u, weekday: w });
      assert.equal(made.days.length, HORIZON_DAYS);
      assert.ok(made.days.every((d) => Number.isFinite(d) && d >= 0));
      assert.ok(made.weekError === null || (Number.isFinite(made.weekError) && made.weekError >= 0));
      assert.deepEqual(forecast({ units: u, weekday: w }), made);
    }),
  );
});

test('INV-6 who sells by the dozen is forecast by the dozen: the units of measure do not matter', () => {
  fc.assert(
    fc.property(units, weekday, fc.integer({ min: 2, max: 144 }), (u, w, k) => {
      const one = forecast({ units: u, weekday: w });
      const many = forecast({ units: u.map((n) => n * k), weekday: w });
      assert.ok(near(many.perDay, one.perDay * k), `${many.perDay} and ${one.perDay} × ${k}`);
      assert.ok(one.weekError === null ? many.weekError === null : near(many.weekError ?? -1, one.weekError * k));
      assert.ok(one.wape.ours === null || near(many.wape.ours ?? -1, one.wape.ours));
    }),
  );
});

test('INV-6 what sells the same every day is forecast to go on so, without error', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 42, max: 400 }), weekday, (n, length, w) => {
      const made = forecast({ units: Array.from({ length }, () => n), weekday: w });
      assert.ok(made.days.every((d) => near(d, n)));
      assert.ok(near(made.weekError ?? -1, 0));
      assert.ok(near(made.wape.ours ?? -1, 0));
    }),
  );
});

test('INV-6 days before the first demand are no history, and demand older than two years is none', () => {
  fc.assert(
    fc.property(units, fc.nat({ max: 60 }), weekday, (u, before, w) => {
      const later = forecast({ units: u, weekday: (w + before) % 7 });
      const padded = forecast({ units: [...Array.from({ length: before }, () => 0), ...u], weekday: w });
      assert.deepEqual(padded, later);
    }),
  );
  const old = Array.from({ length: 100 }, () => 900);
  const young = Array.from({ length: 730 }, () => 3);
  assert.deepEqual(
    forecast({ units: [...old, ...young], weekday: 2 }),
    forecast({ units: young, weekday: (2 + 100) % 7 }),
  );
});

test('INV-6 no history, one day and a few days are forecast without a method being claimed', () => {
  const none = forecast({ units: [], weekday: 0 });
  assert.deepEqual([none.method, none.perDay, none.weekError, none.wape.ours], ['none', 0, null, null]);
  assert.deepEqual(forecast({ units: [0, 0, 0], weekday: 0 }), none);
  const one = forecast({ units: [7], weekday: 3 });
  assert.deepEqual([one.method, one.weeksTried], ['average', 0]);
  assert.ok(near(one.perDay, 1), 'seven units in a week that has just begun');
  assert.ok(near(forecast({ units: Array.from({ length: 20 }, () => 4), weekday: 0 }).perDay, 4));
});

test('INV-6 weekends that sell twice as much are forecast so, and the week keeps its total', () => {
  const u = Array.from({ length: 182 }, (_, d) => ((d + 1) % 7 === 0 || (d + 1) % 7 === 6 ? 20 : 10)); // day 0 is a Monday
  const made = forecast({ units: u, weekday: 1 });
  const first = made.days.slice(0, 7); // the day after 26 weeks is a Monday again
  assert.ok(
    near(
      first.reduce((a, b) => a + b, 0),
      90,
    ),
  );
  const [monday, saturday] = [first[0] as number, first[5] as number];
  assert.ok(saturday / monday > 1.6 && saturday / monday <= 2, `${saturday} / ${monday}`);
});

test('INV-6 one bulk order does not become what is expected every week', () => {
  const usual = Array.from({ length: 210 }, (_, d) => (d % 3 === 0 ? 2 : 0));
  const bulk = usual.map((n, d) => (d === 200 ? 4_000 : n));
  const [without, withOne] = [forecast({ units: usual, weekday: 0 }), forecast({ units: bulk, weekday: 0 })];
  assert.ok(withOne.perDay < 3 * without.perDay, `${withOne.perDay} a day, ${without.perDay} without`);
  assert.ok((withOne.weekError ?? 0) > 100, 'but the error, which the buffer comes from, remembers it');
});

test('INV-6 a lasting jump is followed, though at first it looks like bulk orders', () => {
  const u = Array.from({ length: 300 }, (_, d) => (d < 200 ? 2 : 40));
  const { perDay } = forecast({ units: u, weekday: 0 });
  assert.ok(perDay > 35 && perDay <= 41, String(perDay));
});

test('INV-6 growth is followed and damped: later weeks are not forecast without end', () => {
  const weeks = Array.from({ length: 30 }, (_, i) => 100 + 10 * i);
  const ahead = weeksAhead('damped_trend', { plain: weeks, capped: weeks }, 60);
  assert.ok((ahead[0] as number) > 380 && (ahead[7] as number) > (ahead[0] as number));
  assert.ok((ahead[59] as number) < (ahead[0] as number) + 100);
});

test('INV-6 the error shown is that of forecasts made before the week they are compared with', () => {
  // alternating weeks: whoever knew the week would miss nothing, whoever repeats the last one misses all of it
  const u = Array.from({ length: 280 }, (_, d) => (Math.floor(d / 7) % 2 === 0 ? 10 : 0));
  const { wape, weeksTried } = forecast({ units: u, weekday: 0 });
  assert.equal(weeksTried, 12);
  assert.equal(wape.seasonalNaive, 2, '70 missed every week, 35 asked for on average');
  assert.ok(wape.ours !== null && wape.ours > 0.9 && wape.ours < 1.4);
});

test('INV-6 every method answers every history with a plain number for each week', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 900 }), { maxLength: 60 }), (weeks) => {
      for (const m of METHOD_NAMES) {
        const ahead = weeksAhead(m, { plain: weeks, capped: capped(weeks) }, 8);
        assert.ok(ahead.length === 8 && ahead.every((n) => Number.isFinite(n) && n >= 0), m);
        assert.ok(
          ahead.every((n) => n <= 3 * Math.max(0, ...weeks)),
          m,
        );
      }
    }),
  );
});

test('INV-6 the yardsticks repeat the last day, and the last week', () => {
  assert.deepEqual(naive([1, 2, 3], 3), [3, 3, 3]);
  assert.deepEqual(seasonalNaive([9, 1, 2, 3, 4, 5, 6, 7], 9), [1, 2, 3, 4, 5, 6, 7, 1, 2]);
  assert.deepEqual(
    [naive([], 2), seasonalNaive([4], 2)],
    [
      [0, 0],
      [4, 4],
    ],
  );
});

test('INV-6 beyond the horizon its last week goes on', () => {
  const days = Array.from({ length: HORIZON_DAYS }, (_, d) => d % 7);
  assert.equal(totalAhead({ days }, HORIZON_DAYS), 8 * 21);
  assert.equal(totalAhead({ days }, HORIZON_DAYS + 9), 8 * 21 + 21 + 0 + 1);
  assert.equal(totalAhead({ days }, 0), 0);
});
