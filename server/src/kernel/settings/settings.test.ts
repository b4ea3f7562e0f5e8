import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { type DomainError, InvalidRequest, PreconditionFailed } from '../errors.ts';
import { eventsOf } from '../outbox/index.ts';
import { someCtx, testDb, type TestDb } from '../testing/db.ts';
import { defineSettings } from './index.ts';

const section = defineSettings(
  'test',
  z.object({
    minutes: z.int().min(1).max(60).default(30),
    on: z.boolean().default(true),
    words: z.array(z.string()).default([]),
  }),
);
const DEFAULTS = { minutes: 30, on: true, words: [] };

let house: TestDb;
let ctx: Ctx;
before(async () => {
  house = await testDb();
  ctx = someCtx(await house.org());
});
after(() => house.close());

const view = (c: Ctx = ctx) => house.db.read(c, (tx) => section.view(tx));
const put = (patch: unknown, over: Partial<Ctx> = {}) =>
  house.db.inTx(ctx, (tx) => section.put(tx, { ...ctx, ...over }, patch));

test('PLT-1 an organisation that has set nothing has the defaults', async () => {
  assert.deepEqual(await view(), { values: DEFAULTS, version: 0 });
  assert.deepEqual(await house.db.read(ctx, (tx) => section.get(tx)), DEFAULTS);
});

test('PLT-1 setting one value leaves the others, and is told with what changed', async () => {
  assert.deepEqual(await put({ minutes: 10 }), { values: { ...DEFAULTS, minutes: 10 }, version: 1 });
  assert.deepEqual(await put({ on: false, minutes: 10 }), {
    values: { ...DEFAULTS, minutes: 10, on: false },
    version: 2,
  });
  assert.equal((await put({ on: false })).version, 2, 'nothing changed, nothing happened');
  const told = await house.db.read(ctx, (tx) => eventsOf(tx, 'test'));
  assert.deepEqual(
    told.map((e) => e.data),
    [
      { section: 'test', changed: ['minutes'] },
      { section: 'test', changed: ['on'] },
    ],
  );
});

test('PLT-1 every bad value is named, unknown ones too, and nothing is set', async () => {
  const before = await view();
  for (const [patch, count] of [
    [{ minutes: 0, on: 'yes', words: [1, 2], extra: 1 }, 5],
    [{ minutes: null }, 1],
  ] as const)
    await assert.rejects(
      () => put(patch),
      (error: DomainError) => error instanceof InvalidRequest && error.errors?.length === count,
    );
  for (const patch of ['text', 7, null, [], undefined])
    await put(patch).then(
      (v) => assert.deepEqual(v, before),
      (error: unknown) => assert.ok(error instanceof InvalidRequest, String(error)),
    );
  assert.deepEqual(await view(), before);
});

test('PLT-1 whoever has seen an older version is refused', async () => {
  const { version } = await view();
  await assert.rejects(() => put({ minutes: 20 }, { ifMatch: version - 1 }), PreconditionFailed);
  assert.equal((await put({ minutes: 20 }, { ifMatch: version })).version, version + 1);
  const race = await Promise.allSettled([21, 22, 23].map((minutes) => put({ minutes }, { ifMatch: version + 1 })));
  assert.deepEqual(race.map((r) => r.status).toSorted(), ['fulfilled', 'rejected', 'rejected']);
});

test('PLT-1 without a version, changes to different values at once are both kept', async () => {
  await Promise.all([put({ minutes: 44 }), put({ words: ['a'] }), put({ on: true })]);
  assert.deepEqual((await view()).values, { minutes: 44, words: ['a'], on: true });
});

test('PLT-1 settings are an organisation’s own; a section without defaults or declared twice does not start', async () => {
  assert.deepEqual((await view(someCtx(await house.org()))).values, DEFAULTS);
  assert.throws(() => defineSettings('test', z.object({})), /twice/);
  assert.throws(() => defineSettings('no defaults', z.object({ n: z.int() })));
});
