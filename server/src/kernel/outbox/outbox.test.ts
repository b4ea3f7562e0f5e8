import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { silentLog } from '../log.ts';
import { someCtx, testDb, type TestDb } from '../testing/db.ts';
import { defineEvent, emitMany, eventsOf, type StoredEvent } from './index.ts';
import { defineSubscriber, drainSubscribers, type Subscriber, SubscriberRunner, takeBatch } from './subscribers.ts';

const Counted = defineEvent('test.counted.v1', z.object({ n: z.int() }));
const Other = defineEvent('test.other.v1', z.object({}));

let house: TestDb;
before(async () => {
  house = await testDb();
  await house.db.systemTx((tx) =>
    tx.query(
      'create table public.seen (org_id uuid, subscriber text, key text, n int, place bigint generated always as identity); grant all on public.seen to zhanggui_app',
    ),
  );
});
after(() => house.close());

type Seen = { key: string; n: number };
/** Notes what it sees in the transaction that moves its cursor. */
const noting = (name: string, over: Partial<Subscriber> = {}): Subscriber =>
  defineSubscriber({
    name,
    types: [Counted.type],
    run: async (tx, ctx, events) => {
      for (const e of events)
        await tx.query('insert into public.seen values ($1, $2, $3, $4)', [
          ctx.orgId,
          name,
          e.key,
          (e.data as { n: number }).n,
        ]);
    },
    ...over,
  });
const seenBy = (orgId: string, name: string): Promise<Seen[]> =>
  house.db.systemTx((tx) =>
    tx.query<Seen>('select key, n from public.seen where org_id = $1 and subscriber = $2 order by place', [
      orgId,
      name,
    ]),
  );
const numbers = async (orgId: string, name: string): Promise<number[]> => (await seenBy(orgId, name)).map((s) => s.n);

/** Whole numbers below n, the same on every run. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0), Math.floor((state / 2 ** 32) * n));
}

test('ORD-13 no event is skipped or repeated under twenty writers whose commits come in any order, or not at all', async () => {
  const ctx = someCtx(await house.org());
  const subscriber = noting('slow writers', { batchMax: 7 });
  const committed: number[] = [];
  let writing = 20;
  const writer = async (w: number): Promise<void> => {
    const roll = dice(w + 1);
    for (let i = 0; i < 15; i += 1) {
      const n = w * 1000 + i * 10;
      const gives = roll(5) === 0;
      await house.db
        .inTx(ctx, async (tx) => {
          await Counted.emit(tx, ctx, `k${w}`, { n });
          await wait(roll(12));
          await Counted.emit(tx, ctx, `k${w}`, { n: n + 1 });
          if (gives) throw new Error('rolled back');
        })
        .then(
          () => committed.push(n, n + 1),
          () => undefined,
        );
    }
    writing -= 1;
  };
  const reader = async (): Promise<void> => {
    while (writing > 0) {
      await takeBatch(house.db, ctx.orgId, subscriber, 7, ctx.now);
      await wait(1);
    }
  };
  await Promise.all([...Array.from({ length: 20 }, (_, w) => writer(w)), reader(), reader()]);
  await drainSubscribers(house.db, ctx.orgId, [subscriber]);
  const seen = await seenBy(ctx.orgId, 'slow writers');
  assert.deepEqual(
    seen.map((s) => s.n).toSorted((x, y) => x - y),
    committed.toSorted((x, y) => x - y),
  );
  for (let w = 0; w < 20; w += 1) {
    const ofKey = seen.filter((s) => s.key === `k${w}`).map((s) => s.n);
    assert.deepEqual(
      ofKey,
      ofKey.toSorted((x, y) => x - y),
      'in order per key',
    );
  }
});

test('ORD-13 an event of a transaction that began early and commits late is not passed over', async () => {
  const ctx = someCtx(await house.org());
  const subscriber = noting('late');
  let let_go = (): void => undefined;
  const gate = new Promise<void>((resolve) => (let_go = resolve));
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const late = house.db.inTx(ctx, async (tx) => {
    await Counted.emit(tx, ctx, 'k', { n: 1 });
    begun();
    await gate;
  });
  await hasBegun;
  await house.db.inTx(ctx, (tx) => Counted.emit(tx, ctx, 'k', { n: 2 }));
  assert.equal(
    await takeBatch(house.db, ctx.orgId, subscriber, 500, ctx.now),
    0,
    'the later one waits for the earlier',
  );
  let_go();
  await late;
  await drainSubscribers(house.db, ctx.orgId, [subscriber]);
  assert.deepEqual(await numbers(ctx.orgId, 'late'), [1, 2]);
});

test('ORD-13 a subscriber that fails loses and repeats nothing; the good before the bad are done', async () => {
  const ctx = someCtx(await house.org());
  let broken = true;
  const good = noting('good');
  const base = noting('failing');
  const failing = {
    ...base,
    run: async (tx, c, events) => {
      await base.run(tx, c, events);
      if (broken && events.some((e) => (e.data as { n: number }).n === 3)) throw new Error('not this one');
    },
  } satisfies Subscriber;
  await house.db.inTx(ctx, (tx) =>
    emitMany(
      tx,
      ctx,
      Counted,
      [1, 2, 3, 4].map((n) => ({ key: 'k', value: { n } })),
    ),
  );
  await assert.rejects(() => drainSubscribers(house.db, ctx.orgId, [good, failing]), /not this one/);
  assert.deepEqual([await numbers(ctx.orgId, 'good'), await numbers(ctx.orgId, 'failing')], [[1, 2, 3, 4], []]);
  const runner = new SubscriberRunner(house.db, [failing, noting('behind it')], silentLog);
  runner.start();
  for (let i = 0; i < 400 && (await numbers(ctx.orgId, 'behind it')).length < 4; i += 1) await wait(10);
  for (let i = 0; i < 400 && (await numbers(ctx.orgId, 'failing')).length < 2; i += 1) await wait(10);
  assert.deepEqual(await numbers(ctx.orgId, 'failing'), [1, 2], 'one by one up to the bad one');
  assert.deepEqual(await numbers(ctx.orgId, 'behind it'), [1, 2, 3, 4], 'others do not wait for it');
  const [cursor] = await house.db.systemTx((tx) =>
    tx.query<{ failures: number; last_error: string }>(
      `select failures, last_error from kernel.cursors where org_id = $1 and subscriber = 'failing'`,
      [ctx.orgId],
    ),
  );
  assert.ok((cursor?.failures ?? 0) > 0 && cursor?.last_error.includes('not this one'));
  broken = false;
  for (let i = 0; i < 800 && (await numbers(ctx.orgId, 'failing')).length < 4; i += 1) await wait(10);
  await runner.stop();
  assert.deepEqual(await numbers(ctx.orgId, 'failing'), [1, 2, 3, 4]);
});

test('ORD-13 two runners at once, woken by commits: each event once, in order', async () => {
  const ctx = someCtx(await house.org());
  const subscriber = noting('two runners', { batchMax: 5 });
  const runners = [0, 1].map(() => new SubscriberRunner(house.db, [subscriber], silentLog));
  for (const r of runners) r.start();
  for (let n = 0; n < 120; n += 1) await house.db.inTx(ctx, (tx) => Counted.emit(tx, ctx, 'k', { n }));
  for (let i = 0; i < 500 && (await numbers(ctx.orgId, 'two runners')).length < 120; i += 1) await wait(10);
  await Promise.all(runners.map((r) => r.stop()));
  assert.deepEqual(
    await numbers(ctx.orgId, 'two runners'),
    Array.from({ length: 120 }, (_, n) => n),
  );
});

test('ORD-13 a subscriber sees the types it asked for, all types with a star, and its own past when it is new', async () => {
  const ctx = someCtx(await house.org());
  await house.db.inTx(ctx, async (tx) => {
    await Counted.emit(tx, ctx, 'a', { n: 1 });
    await Other.emit(tx, ctx, 'a', {});
  });
  const all: string[] = [];
  await drainSubscribers(house.db, ctx.orgId, [
    noting('typed'),
    defineSubscriber({
      name: 'star',
      types: '*',
      run: async (_tx, _ctx, events) => void all.push(...events.map((e) => e.type)),
    }),
  ]);
  assert.deepEqual([await numbers(ctx.orgId, 'typed'), all], [[1], [Counted.type, Other.type]]);
  await drainSubscribers(house.db, ctx.orgId, [noting('newcomer')]);
  assert.deepEqual(await numbers(ctx.orgId, 'newcomer'), [1]);
});

test('PLT-1 a subscriber sees the events of the organisation it runs for', async () => {
  const [a, b] = [someCtx(await house.org()), someCtx(await house.org())];
  await house.db.inTx(a, (tx) => Counted.emit(tx, a, 'k', { n: 1 }));
  await drainSubscribers(house.db, b.orgId, [noting('mine')]);
  assert.deepEqual(await numbers(b.orgId, 'mine'), []);
  const of = (ctx: typeof a): Promise<StoredEvent[]> => house.db.read(ctx, (tx) => eventsOf(tx, 'k'));
  assert.deepEqual([(await of(a)).length, (await of(b)).length], [1, 0]);
});

test('ORD-13 an event that does not fit its schema, or is declared twice, is our mistake at once', async () => {
  const ctx = someCtx(await house.org());
  await assert.rejects(() => house.db.inTx(ctx, (tx) => Counted.emit(tx, ctx, 'k', { n: 0.5 })));
  assert.throws(() => defineEvent('test.counted.v1', z.object({})), /twice/);
  const [event] = await house.db.inTx(ctx, async (tx) => {
    await Counted.emit(tx, { ...ctx, requestId: 'req-7' }, 'k', { n: 7 });
    return eventsOf(tx, 'k');
  });
  assert.deepEqual(
    [event?.actorKind, event?.requestId, event?.at.toISOString()],
    ['system', 'req-7', ctx.now.toISOString()],
  );
});
