import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#kernel/ids.ts';
import { someCtx, testDb, type TestDb } from '#kernel/testing/db.ts';
import { after as later, DAY_MS } from '#kernel/time.ts';
import { expirePoints } from './commands/expire-points.ts';
import { type Movement, type PointsKind, postPoints } from './commands/post-points.ts';
import { pointsFor, pointsToTakeBack, pointsWorth } from './domain/points.ts';
import { InsufficientPoints } from './errors.ts';
import { invariants } from './invariants.ts';
import { standingOf } from './queries/points.ts';
import { makeCustomer } from './testing/make-customer.ts';

let world: TestDb;
let orgId: string;
before(async () => {
  world = await testDb();
  orgId = await world.org();
});
after(() => world.close());

const START = new Date('2026-11-22T04:00:00Z');
const post = (at: Date, movement: Omit<Movement, 'source'> & { source?: Movement['source'] }) => {
  const ctx = someCtx(orgId, { now: at });
  return world.db.inTx(ctx, (tx) => postPoints(tx, ctx, { source: { kind: 'test', id: newId() }, ...movement }));
};
const faults = (): Promise<string[]> =>
  world.db.read({ orgId }, async (tx) => {
    const found: string[] = [];
    for (const i of invariants) found.push(...(await i.check(tx)));
    return found;
  });
const lots = (customerId: string) =>
  world.db.read({ orgId }, (tx) =>
    tx.query<{ issued: number; remaining: number; expires_at: Date | null }>(
      'select issued, remaining, expires_at from customers.points_lots where customer_id = $1 order by expires_at nulls last, created_at, id',
      [customerId],
    ),
  );

test('PRO-6 two hundred customers at the till never spend more points than there are', async () => {
  const customerId = await makeCustomer(world.db, orgId);
  await post(START, { customerId, kind: 'earn', points: 1000 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, () => post(START, { customerId, kind: 'spend', points: -17 })),
  );
  const spent = outcomes.filter((o) => o.status === 'fulfilled').length;
  assert.equal(spent, Math.floor(1000 / 17));
  for (const o of outcomes) if (o.status === 'rejected') assert.ok(o.reason instanceof InsufficientPoints);
  const standing = await world.db.read({ orgId }, (tx) => standingOf(tx, START, customerId));
  assert.equal(standing.balance, 1000 - spent * 17);
  assert.deepEqual(await faults(), []);
});

test('PRO-6 one cause moves points once, however often and however much at once it is told', async () => {
  const customerId = await makeCustomer(world.db, orgId);
  const source = { kind: 'order', id: newId() };
  const told = await Promise.all(
    Array.from({ length: 20 }, () => post(START, { customerId, kind: 'earn', points: 30, source })),
  );
  assert.equal(told.filter((m) => !m.replayed).length, 1);
  assert.ok(told.every((m) => m.balance === 30 && m.points === 30));
});

test('PRO-6 points are used in the order in which they expire, and run out at the end of the month', async () => {
  const customerId = await makeCustomer(world.db, orgId);
  await post(START, { customerId, kind: 'earn', points: 10 });
  await post(later(START, 40 * DAY_MS), { customerId, kind: 'earn', points: 20 });
  await post(later(START, 41 * DAY_MS), { customerId, kind: 'spend', points: -15 });
  assert.deepEqual(
    (await lots(customerId)).map((l) => [l.remaining, l.expires_at?.toISOString()]),
    [
      [0, '2027-11-30T16:00:00.000Z'], // the first of December in Shanghai
      [15, '2028-01-31T16:00:00.000Z'],
    ],
  );
});

test('PRO-6 expired points cannot be spent, whether the night has come or not', async () => {
  const customerId = await makeCustomer(world.db, orgId);
  await post(START, { customerId, kind: 'earn', points: 10 });
  const then = later(START, 400 * DAY_MS);
  assert.equal((await world.db.read({ orgId }, (tx) => standingOf(tx, then, customerId))).balance, 0);
  await assert.rejects(post(then, { customerId, kind: 'spend', points: -1 }), InsufficientPoints);
  const ctx = someCtx(orgId, { now: then });
  await world.db.inTx(ctx, (tx) => expirePoints(tx, ctx));
  assert.equal((await world.db.read({ orgId }, (tx) => standingOf(tx, START, customerId))).balance, 0);
  assert.equal(await world.db.inTx(ctx, (tx) => expirePoints(tx, ctx)), 0, 'once');
});

test('PRO-6 points taken back after they were spent become a debt, which the next points earned pay and a compensation does not', async () => {
  const customerId = await makeCustomer(world.db, orgId);
  await post(START, { customerId, kind: 'earn', points: 100 });
  await post(START, { customerId, kind: 'spend', points: -80 });
  const back = await post(START, { customerId, kind: 'take_back', points: -50 });
  assert.deepEqual([back.points, back.balance, back.debt], [-20, 0, 30]);
  const comp = await post(START, { customerId, kind: 'compensate', points: 7 });
  assert.deepEqual([comp.balance, comp.debt], [7, 30]);
  const earned = await post(START, { customerId, kind: 'earn', points: 40 });
  assert.deepEqual([earned.points, earned.balance, earned.debt], [10, 17, 0]);
  assert.deepEqual(await faults(), []);
});

test('PRO-6 the application can neither write a balance nor a movement past the ledger', async () => {
  const customerId = await makeCustomer(world.db, orgId);
  await post(START, { customerId, kind: 'earn', points: 5 });
  for (const sql of [
    'update customers.points_balances set balance = 999 where customer_id = $1',
    'update customers.points_lots set remaining = 999 where customer_id = $1',
    'update customers.points_transactions set points = 999 where customer_id = $1',
    'delete from customers.points_entries where customer_id = $1',
  ])
    await assert.rejects(
      world.db.inTx({ orgId }, (tx) => tx.query(sql, [customerId])),
      /permission denied/,
      sql,
    );
});

type Step = { kind: PointsKind; points: number; days: number };
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<PointsKind>('earn', 'take_back', 'spend', 'compensate', 'adjust'),
    points: fc.integer({ min: 1, max: 60 }),
    days: fc.integer({ min: 0, max: 150 }),
  }),
  { minLength: 1, maxLength: 25 },
);

/** What a customer's points must be, kept by hand: lots in the order in which they expire, and a debt. */
class Model {
  lots: { left: number; expires: number }[] = [];
  debt = 0;
  get balance(): number {
    return this.lots.reduce((n, l) => n + l.left, 0);
  }
  pass(now: number): void {
    this.lots = this.lots.filter((l) => l.expires > now);
  }
  put(points: number, expires: number): void {
    if (points > 0) this.lots.push({ left: points, expires });
  }
  take(points: number): void {
    for (const lot of this.lots) {
      const part = Math.min(lot.left, points);
      lot.left -= part;
      points -= part;
    }
    this.lots = this.lots.filter((l) => l.left > 0);
  }
  /** False when refused. */
  play(step: Step, sign: 1 | -1, expires: number): boolean {
    if (sign > 0) {
      const pays = step.kind === 'earn' ? Math.min(this.debt, step.points) : 0;
      this.debt -= pays;
      this.put(step.points - pays, expires);
      return true;
    }
    const short = Math.max(step.points - this.balance, 0);
    if (short > 0 && step.kind !== 'take_back') return false;
    this.debt += short;
    this.take(step.points - short);
    return true;
  }
}

/** The end of the month a year later, in Shanghai. */
function endOf(at: Date): number {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  return Date.UTC(local.getUTCFullYear() + 1, local.getUTCMonth() + 1, 1) - 8 * 3_600_000;
}

test('PRO-6 any sequence of movements keeps entries at zero, lots equal to the balance and the order of expiry', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (played) => {
      const customerId = await makeCustomer(world.db, orgId);
      const model = new Model();
      let at = START;
      for (const step of played) {
        at = later(at, step.days * DAY_MS);
        const sign =
          step.kind === 'spend' || step.kind === 'take_back' ? -1 : step.kind === 'adjust' && step.points % 2 ? -1 : 1;
        model.pass(at.getTime());
        const done = await post(at, { customerId, kind: step.kind, points: sign * step.points }).then(
          () => true,
          (error: unknown) => {
            assert.ok(error instanceof InsufficientPoints, String(error));
            return false;
          },
        );
        assert.equal(done, model.play(step, sign, endOf(at)));
        const standing = await world.db.read({ orgId }, (tx) => standingOf(tx, at, customerId));
        assert.deepEqual([standing.balance, standing.debt], [model.balance, model.debt]);
      }
      const left = (await lots(customerId)).filter((l) => l.remaining > 0 && (l.expires_at as Date) > at);
      assert.deepEqual(
        left.map((l) => [l.remaining, l.expires_at?.getTime()]),
        model.lots.map((l) => [l.left, l.expires]),
      );
    }),
    { numRuns: 30 },
  );
  assert.deepEqual(await faults(), []);
});

test('PRO-6 points are whole, rounded down, and multiplied by the level', () => {
  const kept = (amount: number) => ({ amount, currency: 'CNY' as const });
  assert.equal(pointsFor(kept(19_999), { pointsPerUnit: 1, multiplierPercent: 100 }), 199);
  assert.equal(pointsFor(kept(19_999), { pointsPerUnit: 1, multiplierPercent: 150 }), 299);
  assert.equal(pointsFor({ amount: 1999, currency: 'JPY' }, { pointsPerUnit: 2, multiplierPercent: 100 }), 3998);
  assert.equal(
    pointsFor(kept(10_000_000_000_000), { pointsPerUnit: 10_000, multiplierPercent: 100 }),
    1_000_000_000_000_000,
  );
  assert.equal(pointsWorth(301, 100), 4);
});

test('PRO-6 however a purchase is refunded, bit by bit or at once, the same points are taken back', () => {
  const refunds = fc.array(fc.nat(1000), { maxLength: 20 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(50_000), refunds, (paid, earned, parts) => {
      let [kept, takenBack] = [paid, 0];
      for (const part of parts) {
        kept = Math.max(kept - part, 0);
        takenBack += pointsToTakeBack({ paid, earned, takenBack }, kept);
        assert.ok(takenBack <= earned);
      }
      if (kept < paid) assert.equal(takenBack, pointsToTakeBack({ paid, earned, takenBack: 0 }, kept));
    }),
  );
});
