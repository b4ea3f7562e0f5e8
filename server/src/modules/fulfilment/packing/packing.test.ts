import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { exportMaterials } from '../exporting.ts';
import { type Harness, order, startHarness, stock } from '../testing/harness.ts';
import { cartons, measuredGoods, packed, rowsOf, someone, withSettings } from '../testing/packed.ts';

let h: Harness;
before(async () => {
  h = await startHarness();
  await stock(h);
  await measuredGoods(h);
});
after(() => h.close());
afterEach(async () => {
  h.as.current = h.actor;
  assert.deepEqual(await h.faults(), [], 'every invariant holds after every test');
});

const weigh = (id: string, weightG: number, more: object = {}) =>
  h.post(`/api/v1/parcels/${id}/weigh`, { weightG, ...more });
const ship = (id: string) => h.post(`/api/v1/parcels/${id}/ship`, { carrier: 'sandbox' });

test('FUL-5 without cartons nothing is suggested, and the contract is as it was', async () => {
  const parcel = await packed(h, { CAN: 1 });
  const view = (await h.get(`/api/v1/parcels/${parcel.id}`)).body;
  assert.deepEqual(
    [view.suggestion, view.carton, view.weightG, view.expectedWeightG, view.marks],
    [null, null, null, null, []],
  );
  assert.equal((await ship(parcel.id)).body.status, 'shipped');
});

test('FUL-5 cartons are added, changed and refused with what is wrong', async () => {
  await cartons(h);
  const { items } = (await h.get('/api/v1/cartons')).body;
  assert.deepEqual(
    items.map((c: any) => [c.code, c.tareG, c.cost]),
    [
      ['M', 180, { amount: 120, currency: 'CNY' }],
      ['S', 80, { amount: 60, currency: 'CNY' }],
    ],
  );
  const big = { name: '大', lengthMm: 10, widthMm: 10, heightMm: 10, tareG: 5, maxG: 9, costAmount: 1, material: '纸' };
  assert.equal((await h.post('/api/v1/cartons', { code: 's', ...big })).body.code, 'carton_exists');
  const heavy = await h.post('/api/v1/cartons', { code: 'X', ...big, tareG: 9 });
  assert.deepEqual(
    [heavy.status, heavy.body.code, heavy.body.errors[0].path, heavy.body.errors[0].message],
    [422, 'carton_refused', 'maxG', '须大于箱重 9 克'],
  );
  assert.equal((await h.post('/api/v1/cartons', { code: '', ...big })).status, 400);
  const made = await h.must('/api/v1/cartons', { code: 'TINY', ...big });
  const patch = (body: object, version: number) =>
    fetch(`${h.url}/api/v1/cartons/${made.id}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json', 'if-match': `"${version}"` },
      body: JSON.stringify(body),
    });
  assert.equal((await patch({ active: false }, 7)).status, 412);
  assert.equal((await patch({ maxG: 2 }, 1)).status, 422);
  const off = (await (await patch({ active: false }, 1)).json()) as { active: boolean };
  assert.equal(off.active, false);
});

test('FUL-5 a parcel is told its carton, why, its marks and what it should weigh', async () => {
  const { id: orderId } = await order(h, { CAN: 2, POT: 1, ICE: 1 });
  const parcel = await h.must('/api/v1/parcels', { orderId });
  assert.deepEqual(parcel.marks, ['fragile', 'chilled']);
  const { suggestion } = parcel;
  assert.deepEqual([suggestion.how, suggestion.estimated, suggestion.cartons[0].code], ['one', false, 'M']);
  assert.equal(suggestion.cartons[0].weightG, 180 + 2 * 250 + 900 + 500);
  assert.equal(suggestion.cartons[0].placements.length, 4);
  assert.match(suggestion.says, /^建议 M（装载 \d+%）；S 装不下$/);
  const chosen = await h.must(`/api/v1/parcels/${parcel.id}/carton`, { carton: 'm' });
  assert.deepEqual([chosen.carton, chosen.expectedWeightG], [{ code: 'M', name: '中号箱' }, 2_080]);
  const unknown = await h.post(`/api/v1/parcels/${parcel.id}/carton`, { carton: 'TINY' });
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'carton_not_found']);
  const estimated = await h.must('/api/v1/parcels', { orderId: (await order(h, { A: 1 })).id });
  assert.deepEqual([estimated.suggestion.estimated, estimated.suggestion.cartons[0].code], [true, 'S']);
});

test('FUL-5 what the scale says is taken when it fits, and refused with numbers when it does not', async () => {
  const parcel = await packed(h, { CAN: 4 });
  const { id } = parcel;
  const right = await weigh(id, 1_060, { carton: 'S' });
  assert.deepEqual(
    [right.status, right.body.weightG, right.body.expectedWeightG, right.body.carton.code],
    [200, 1_060, 1_080, 'S'],
  );
  const wrong = await weigh(id, 1_400);
  assert.deepEqual(
    [wrong.status, wrong.body.code, wrong.body.expectedG, wrong.body.actualG, wrong.body.toleranceG],
    [409, 'weight_differs', 1_080, 1_400, 54],
  );
  assert.match(wrong.body.detail, /应为 1,?080 克，实称 1,?400 克/);
  assert.equal((await h.get(`/api/v1/parcels/${id}`)).body.weightG, 1_060, 'the weight that was right stays');
  const rest = await h.must(`/api/v1/parcels/${id}/carton`, { carton: 'M' });
  assert.equal(rest.weightG, null, 'another carton is weighed anew');
  const said = (await h.get(`/api/v1/parcels/${id}/weighings`)).body.items;
  assert.deepEqual(
    said.map((w: any) => [w.outcome, w.weightG]),
    [
      ['differs', 1_400],
      ['fits', 1_060],
    ],
  );
  for (const bad of [0, -1, 1.5, 2_000_000]) assert.equal((await weigh(id, bad)).status, 400);
});

test('FUL-5 a worker needs the scale to say it twice and a reason; a supervisor needs the reason', async () => {
  const worker = someone(h, 'worker', ['fulfilment.parcel.read', 'fulfilment.parcel.write']);
  const { id } = await packed(h, { CAN: 1 });
  const other = await packed(h, { CAN: 1 });
  h.as.current = worker;
  const first = await weigh(id, 500, { carton: 'S', reason: '多放了一张贺卡' });
  assert.equal(first.body.code, 'weight_differs', 'a reason alone is not enough');
  assert.equal(
    (await weigh(id, 700, { carton: 'S', reason: '多放了一张贺卡' })).status,
    409,
    'it says another thing now',
  );
  const second = await weigh(id, 705, { carton: 'S', reason: '多放了一张贺卡' });
  assert.deepEqual([second.status, second.body.weightG], [200, 705]);
  h.as.current = someone(h, 'boss', ['*']);
  assert.equal((await weigh(other.id, 900, { carton: 'S' })).status, 409);
  assert.equal((await weigh(other.id, 900, { carton: 'S', reason: '赠品' })).status, 200);
  const said = (await h.get(`/api/v1/parcels/${other.id}/weighings`)).body.items;
  assert.deepEqual([said[0].outcome, said[0].reason], ['overridden', '赠品']);
  const events = await h.events((await h.get(`/api/v1/parcels/${other.id}`)).body.orderId);
  assert.ok(events.includes('fulfilment.weight_differed.v1') && events.includes('fulfilment.parcel_weighed.v1'));
});

test('FUL-5 what was never weighed has no expected weight, and any weight is taken', async () => {
  const { id } = await packed(h, { A: 1, CAN: 1 });
  const view = await weigh(id, 777, { carton: 'S' });
  assert.deepEqual([view.status, view.body.weightG, view.body.expectedWeightG], [200, 777, null]);
});

test('FUL-5 where weight is required an unweighed parcel does not ship; an unscanned one is not weighed', async () => {
  await withSettings(h, { requireWeight: true }, async () => {
    const { id } = await packed(h, { CAN: 1 });
    const early = await ship(id);
    assert.deepEqual(
      [early.status, early.body.code, early.body.check, early.body.missing],
      [409, 'parcel_not_verified', 'weight', []],
    );
    await weigh(id, 330, { carton: 'S' });
    assert.equal((await ship(id)).body.status, 'shipped');
    const late = await weigh(id, 330);
    assert.deepEqual([late.status, late.body.code], [409, 'transition_refused']);
    const open = await h.must('/api/v1/parcels', { orderId: (await order(h, { CAN: 1 })).id });
    const unscanned = await weigh(open.id, 330, { carton: 'S' });
    assert.deepEqual(
      [unscanned.body.code, unscanned.body.check, unscanned.body.missing],
      ['parcel_not_verified', 'pack', [{ sku: 'TEA-CAN', left: 1 }]],
    );
  });
});

test('FUL-5 cartons that leave are counted once, at what they cost then', async () => {
  const used = async () => {
    const rows = await rowsOf(exportMaterials.pages({ db: h.db, ctx: h.ctx(), personal: false }, {}));
    const [, warehouse, material, carton, count, cost] = rows.find((r) => r[3] === 'M') ?? [];
    return { warehouse, material, carton, count: Number(count ?? 0), cost: Number(cost ?? 0) };
  };
  const before = await used();
  const { id } = await packed(h, { POT: 1 });
  await h.must(`/api/v1/parcels/${id}/carton`, { carton: 'M' });
  assert.deepEqual(await used(), before, 'it has not left');
  await Promise.all(Array.from({ length: 6 }, () => ship(id)));
  const after1 = await used();
  assert.deepEqual(
    [after1.warehouse, after1.material, after1.count - before.count, after1.cost - before.cost],
    ['SH', '瓦楞纸箱', 1, 120],
  );
  const carton = (await h.get('/api/v1/cartons')).body.items.find((c: any) => c.code === 'M');
  await fetch(`${h.url}/api/v1/cartons/${carton.id}`, {
    method: 'PATCH',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({ costAmount: 999 }),
  });
  assert.deepEqual(await used(), after1, 'a new price is not the price of the past');
});

test('FUL-5 twenty people at one scale: one weight is stored, and every word of it is on record', async () => {
  const { id } = await packed(h, { CAN: 2 });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => weigh(id, 570 + i, { carton: 'S' })));
  assert.ok(
    answers.every((a) => a.status === 200),
    JSON.stringify(answers.find((a) => a.status !== 200)?.body),
  );
  const said = (await h.get(`/api/v1/parcels/${id}/weighings`)).body.items;
  assert.equal(said.length, 20);
  const last = answers.toSorted((a, b) => b.body.version - a.body.version)[0];
  assert.equal((await h.get(`/api/v1/parcels/${id}`)).body.weightG, last?.body.weightG, 'the last word counts');
});
