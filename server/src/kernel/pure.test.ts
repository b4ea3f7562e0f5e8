import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assert as holds, InvariantBroken, present } from './assert.ts';
import { can, permit, seesShop, seesWarehouse, systemCtx } from './context.ts';
import { defineRefusal, DomainError, Forbidden } from './errors.ts';
import { allowedEvents, checkFlow, type Flow, step, TransitionRefused } from './flow.ts';
import { isUuid, newId } from './ids.ts';
import { allocate, money, parseMinor, sumMoney } from './money.ts';
import { checkDigit, hasValidCheckDigit, readableNo } from './numbers.ts';
import { pathText, problemsOf } from './problems.ts';
import { after, DAY_MS, fromZoned, HOUR_MS, localDate, zoned } from './time.ts';
import { z } from 'zod';

const amount = fc.nat({ max: 2 ** 45 });
const weights = fc
  .array(fc.nat({ max: 2 ** 40 }), { minLength: 1, maxLength: 60 })
  .filter((ws) => ws.some((w) => w > 0));

test('PRO-3 allocate neither loses nor invents a minor unit, and gives nothing for nothing', () => {
  fc.assert(
    fc.property(amount, weights, (whole, ws) => {
      const parts = allocate(money(whole, 'CNY'), ws);
      assert.equal(
        parts.reduce((n, p) => n + p.amount, 0),
        whole,
      );
      assert.ok(parts.every((p, i) => p.amount >= 0 && (ws[i] !== 0 || p.amount === 0)));
    }),
  );
});

test('PRO-3 every part lies within one unit of its exact share', () => {
  fc.assert(
    fc.property(amount, weights, (whole, ws) => {
      const total = ws.reduce((n, w) => n + BigInt(w), 0n);
      allocate(money(whole, 'CNY'), ws).forEach((part, i) => {
        const product = BigInt(whole) * BigInt(ws[i] as number);
        const floor = product / total;
        assert.ok(BigInt(part.amount) === floor || BigInt(part.amount) === floor + 1n);
      });
    }),
  );
});

test('PRO-3 largest remainders get the rest; ties go to the earlier part', () => {
  const split = (whole: number, ws: number[]): number[] => allocate(money(whole, 'CNY'), ws).map((p) => p.amount);
  assert.deepEqual(split(100, [1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(split(100, [1, 2, 4]), [14, 29, 57]);
  assert.deepEqual(split(1, [0, 1, 1]), [0, 1, 0]);
  assert.deepEqual(split(0, [3, 5]), [0, 0]);
  for (const [whole, ws] of [
    [-1, [1]],
    [1, [0, 0]],
    [1, []],
    [1, [-1, 2]],
    [1, [0.5]],
  ] as const)
    assert.throws(() => split(whole, [...ws]), RangeError);
});

test('PLT-1 money is a whole number of one currency', () => {
  for (const bad of [0.1, NaN, Infinity, 2 ** 53]) assert.throws(() => money(bad, 'CNY'), RangeError);
  assert.deepEqual(sumMoney([money(1, 'CNY'), money(2, 'CNY')], 'CNY'), money(3, 'CNY'));
  assert.throws(() => sumMoney([money(1, 'CNY'), money(2, 'USD')], 'CNY'), RangeError);
  assert.throws(() => sumMoney([money(Number.MAX_SAFE_INTEGER, 'CNY'), money(1, 'CNY')], 'CNY'), RangeError);
});

test('PLT-1 decimal texts become minor units exactly, or nothing', () => {
  const cases: [string, number | undefined][] = [
    ['19.90', 1990],
    ['19.9', 1990],
    ['19.900', 1990],
    ['0.29', 29],
    ['-3', -300],
    ['+1,234.50', 123_450],
    ['-0', 0],
    ['1.005', undefined],
    ['1e3', undefined],
    ['12,34', undefined],
    ['', undefined],
    ['１', undefined],
    ['99999999999999999', undefined],
  ];
  for (const [text, expected] of cases) assert.equal(parseMinor(text, 'CNY'), expected, text);
  assert.equal(parseMinor('1200', 'JPY'), 1200);
  assert.equal(parseMinor('1200.5', 'JPY'), undefined);
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 45), max: 2 ** 45 }), (n) => {
      const text = `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`;
      assert.equal(parseMinor(text, 'CNY'), n);
    }),
  );
});

test('PLT-1 ids are UUIDv7, unique and ascending, also when the clock stands still or goes back', () => {
  const at = Date.now() + 60_000;
  const ids = Array.from({ length: 20_000 }, (_, i) => newId(i % 3 === 0 ? at - 5000 : at));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids.toSorted(), ids);
  for (const id of ids.slice(0, 200))
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt((ids[0] as string).replaceAll('-', '').slice(0, 12), 16) >= at - 5000, true);
  assert.ok(isUuid(ids[0] as string) && !isUuid(`${ids[0]}0`) && !isUuid('') && !isUuid("' or 1=1 --"));
});

test('ORD-1 a number read out wrongly is noticed: one digit, or two neighbours swapped', () => {
  assert.equal(checkDigit('7992739871'), '3');
  assert.equal(readableNo('2026-11-22', 42), `2611220000042${checkDigit('2611220000042')}`);
  assert.equal(readableNo('2026-11-22', 123_456_789).length, 16, 'a running number beyond seven digits is not cut');
  fc.assert(
    fc.property(fc.nat({ max: 9_999_999 }), fc.nat(12), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
      const no = readableNo('2026-11-22', n);
      assert.ok(hasValidCheckDigit(no));
      const mistyped = no.slice(0, at) + String((Number(no[at]) + by) % 10) + no.slice(at + 1);
      assert.ok(!hasValidCheckDigit(mistyped));
      const [a, b] = [no[at] as string, no[at + 1] as string];
      const isKnownGap = (a === '0' && b === '9') || (a === '9' && b === '0'); // what this check digit cannot see
      if (a !== b && !isKnownGap) assert.ok(!hasValidCheckDigit(no.slice(0, at) + b + a + no.slice(at + 2)));
    }),
  );
  for (const bad of ['', '7', 'abc', '79927398710']) assert.ok(!hasValidCheckDigit(bad));
});

test('PLT-1 wall clocks and instants are inverse, whatever the zone, but for skipped hours', () => {
  const zones = ['Asia/Shanghai', 'UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia'];
  const moment = fc.date({ min: new Date('1995-01-01'), max: new Date('2050-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
      const whole = new Date(Math.floor(at.getTime() / 1000) * 1000);
      const back = fromZoned(zoned(whole, zone), zone);
      assert.deepEqual(zoned(back, zone), zoned(whole, zone));
      assert.ok(Math.abs(back.getTime() - whole.getTime()) <= HOUR_MS * 24, 'a repeated hour has two instants');
    }),
  );
  const skipped = fromZoned({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, 'Europe/Berlin');
  assert.equal(skipped.toISOString(), '2026-03-29T01:30:00.000Z');
  const repeated = fromZoned({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, 'Europe/Berlin');
  assert.equal(repeated.toISOString(), '2026-10-25T00:30:00.000Z', 'the first of the two');
  assert.equal(localDate(new Date('2026-11-21T16:00:00Z'), 'Asia/Shanghai'), '2026-11-22');
  assert.equal(after(new Date(0), DAY_MS).toISOString(), '1970-01-02T00:00:00.000Z');
});

test('ORD-3 a flow is walked: unreachable states and targets that are none are found', () => {
  const flow = { a: { go: 'b' }, b: { back: 'a', on: 'nowhere' }, c: {} } as unknown as Flow<
    'a' | 'b' | 'c',
    'go' | 'back' | 'on'
  >;
  assert.deepEqual(checkFlow(flow, ['a']).toSorted(), ['b leads to nowhere, which is no state', 'c is never reached']);
  assert.equal(step(flow, 'a', 'go'), 'b');
  assert.throws(() => step(flow, 'c', 'go'), TransitionRefused);
  assert.throws(() => step(flow, 'a', 'constructor' as 'go'), TransitionRefused);
  assert.deepEqual(allowedEvents(flow, 'b'), ['back', 'on']);
});

test('CMP-2 permissions are asked for by name; a scope of null is no limit', () => {
  const ctx = systemCtx('org');
  const limited = { ...ctx, actor: { ...ctx.actor, can: new Set(['a.b.c']), shops: new Set(['s']), warehouses: null } };
  assert.ok(can(ctx, 'anything') && can(limited, 'a.b.c') && !can(limited, 'a.b'));
  assert.throws(() => permit(limited, 'x.y.z'), Forbidden);
  assert.ok(seesShop(limited, 's') && !seesShop(limited, 't') && seesWarehouse(limited, 'w') && seesShop(ctx, 't'));
});

test('PLT-1 refusals are declared once, in snake case, and carry facts and field problems', () => {
  const Refused = defineRefusal('only_in_this_test', 409);
  const error = new Refused({ n: 1 }, [{ path: 'a[0].b', code: 'bad' }]);
  assert.ok(error instanceof DomainError && error instanceof Error);
  assert.deepEqual(
    [error.code, error.status, error.message],
    ['only_in_this_test', 409, 'only_in_this_test {"n":1} [a[0].b: bad]'],
  );
  assert.throws(() => defineRefusal('only_in_this_test', 409), /twice/);
  assert.throws(() => defineRefusal('Not-Snake', 409), /snake_case/);
});

test('PLT-1 a broken invariant is no refusal', () => {
  assert.throws(() => holds(false, 'sums agree'), InvariantBroken);
  assert.throws(() => present(null, 'was there'), /was there/);
  assert.equal(present(0, 'zero is there'), 0);
  assert.ok(!(new InvariantBroken('x') instanceof DomainError));
});

test('PLT-1 every problem of a parse is told with the caller’s path and a stable code', () => {
  const schema = z.strictObject({
    a: z.object({ list: z.array(z.object({ n: z.int().min(1) })).max(9) }),
    b: z.array(z.int()).max(2),
    u: z.union([z.object({ kind: z.literal('x'), x: z.string() }), z.object({ kind: z.literal('y') })]),
    s: z.string().max(3),
  });
  const parsed = schema.safeParse({
    a: { list: [{ n: 0 }, {}, { n: 1.5 }] },
    b: [1, 2, 3],
    u: { kind: 'x' },
    s: 'long',
    more: 1,
  });
  assert.ok(!parsed.success);
  assert.deepEqual(
    problemsOf(parsed.error)
      .map((p) => `${p.path}: ${p.code}`)
      .toSorted(),
    [
      'a.list[0].n: too_small',
      'a.list[1].n: required',
      'a.list[2].n: invalid_type',
      'b: too_big',
      'more: unrecognized_key',
      's: too_big',
      'u.x: required',
    ],
  );
  assert.equal(pathText(['a', 0, 'b', 1, 2]), 'a[0].b[1][2]');
});
