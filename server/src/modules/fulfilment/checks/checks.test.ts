import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { exportChecks } from '../exporting.ts';
import { type Harness, startHarness, stock } from '../testing/harness.ts';
import { measuredGoods, packed, rowsOf, someone } from '../testing/packed.ts';

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

const OFF = { permille: 0, everyNth: null, firstParcels: 0, fragile: false, valueAbove: null };
async function plan(change: object): Promise<void> {
  const answer = await fetch(`${h.url}/api/v1/check-plans`, {
    method: 'PUT',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({ warehouse: 'SH', ...OFF, ...change }),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  assert.ok(!(await answer.text()).includes('seed'), 'nobody is shown what the drawing starts from');
}
const ship = (id: string) => h.post(`/api/v1/parcels/${id}/ship`, { carrier: 'sandbox' });
const checkOf = async (parcelId: string) =>
  (await h.get('/api/v1/spot-checks?limit=200')).body.items.find(
    (c: any) => c.parcelId === parcelId && c.state === 'pending',
  );
const record = (id: string, body: object) => h.post(`/api/v1/spot-checks/${id}/result`, body);
const asInspector = (id = 'inspector') => {
  h.as.current = someone(h, id, ['*']);
};

test('FUL-7 where nothing is planned nothing is checked', async () => {
  const parcel = await packed(h, { POT: 1 });
  assert.equal(await checkOf(parcel.id), undefined);
  assert.equal((await ship(parcel.id)).status, 200);
});

test('FUL-7 a drawn parcel waits for somebody else than its packer, and ships once it is in order', async () => {
  await plan({ permille: 1000 });
  const parcel = await packed(h, { CAN: 2 });
  const view = (await h.get(`/api/v1/parcels/${parcel.id}`)).body;
  assert.deepEqual([view.checkPending, view.may.includes('ship')], [true, false]);
  const held = await ship(parcel.id);
  assert.deepEqual([held.status, held.body.code, held.body.parcelNo], [409, 'spot_check_pending', parcel.parcelNo]);
  const check = await checkOf(parcel.id);
  assert.deepEqual(
    [check.reasons, check.may, check.contents.map((c: any) => [c.sku, c.quantity])],
    [['share'], [], [['TEA-CAN', 2]]],
  );
  const own = await record(check.id, { result: 'ok' });
  assert.deepEqual([own.status, own.body.code], [403, 'checked_by_packer']);
  h.as.current = someone(h, 'worker', ['fulfilment.parcel.write', 'fulfilment.spot_check.read']);
  assert.equal((await record(check.id, { result: 'ok' })).status, 403);
  asInspector();
  assert.deepEqual((await checkOf(parcel.id)).may, ['record']);
  const done = await record(check.id, { result: 'ok' });
  assert.deepEqual([done.body.state, done.body.checkedBy], ['ok', 'inspector']);
  assert.equal((await record(check.id, { result: 'ok' })).body.version, done.body.version, 'again changes nothing');
  const changed = await record(check.id, { result: 'damaged' });
  assert.deepEqual([changed.status, changed.body.code], [409, 'transition_refused']);
  assert.equal((await ship(parcel.id)).body.status, 'shipped');
});

test('FUL-7 what is found wrong becomes an incident, and the parcel is packed and checked again', async () => {
  await plan({ fragile: true });
  const parcel = await packed(h, { POT: 1, CAN: 2 });
  const check = await checkOf(parcel.id);
  assert.deepEqual(check.reasons, ['fragile']);
  asInspector();
  const refused = await record(check.id, { result: 'missing', lines: [{ sku: 'TEA-ICE', quantity: 1 }] });
  assert.deepEqual([refused.status, refused.body.errors[0].message], [422, '包裹中没有 TEA-ICE']);
  assert.equal((await record(check.id, { result: 'damaged', photoId: randomUUID() })).body.code, 'file_not_found');
  const found = await record(check.id, {
    result: 'missing',
    lines: [{ sku: 'TEA-CAN', quantity: 1 }],
    note: '少一罐',
  });
  assert.deepEqual([found.body.state, found.body.finding], ['failed', 'missing']);
  const { items } = (await h.get(`/api/v1/incidents?parcelId=${parcel.id}`)).body;
  assert.deepEqual(
    items.map((i: any) => [i.kind, i.source, i.state, i.sku, i.quantity, i.responsible, i.note]),
    [['short', 'check', 'open', 'TEA-CAN', 1, 'user-1', '少一罐']],
  );
  const again = (await h.get(`/api/v1/parcels/${parcel.id}`)).body;
  assert.deepEqual([again.status, again.lines.map((l: any) => l.scanned), again.weightG], ['created', [0, 0], null]);
  assert.equal((await ship(parcel.id)).body.code, 'parcel_not_verified');
  h.as.current = h.actor;
  await plan(OFF);
  await h.must(`/api/v1/parcels/${parcel.id}/scan`, { code: 'TEA-CAN', quantity: 2 });
  await h.must(`/api/v1/parcels/${parcel.id}/scan`, { code: 'TEA-POT' });
  const second = await checkOf(parcel.id);
  assert.deepEqual(second.reasons, ['failed_before'], 'it is looked at again although the plan asks for none');
  asInspector();
  await record(second.id, { result: 'ok' });
  assert.equal((await ship(parcel.id)).body.status, 'shipped');
});

test('FUL-7 new packers, dear goods and every n-th are drawn', async () => {
  await plan({ firstParcels: 2 });
  h.as.current = someone(h, 'newcomer', ['*']);
  const drawn = [];
  for (let i = 0; i < 3; i += 1) drawn.push((await checkOf((await packed(h, { CAN: 1 })).id))?.reasons);
  assert.deepEqual(drawn, [['new_packer'], ['new_packer'], undefined]);
  await plan({ valueAbove: 10_000 });
  assert.equal(await checkOf((await packed(h, { CAN: 2 })).id), undefined);
  assert.deepEqual((await checkOf((await packed(h, { CAN: 3 })).id)).reasons, ['value']);
  await plan({ everyNth: 5 });
  let nth = 0;
  for (let i = 0; i < 20; i += 1) if (await checkOf((await packed(h, { CAN: 1 })).id)) nth += 1;
  assert.ok(nth >= 3 && nth <= 5, `${nth} of 20: one in each five in a row`);
});

test('FUL-7 a parcel taken apart is checked no more; two inspectors record one result', async () => {
  await plan({ permille: 1000 });
  const apart = await packed(h, { CAN: 1 });
  const gone = await checkOf(apart.id);
  await h.must(`/api/v1/parcels/${apart.id}/cancel`, {});
  asInspector();
  const late = await record(gone.id, { result: 'ok' });
  assert.deepEqual([late.status, late.body.code], [409, 'transition_refused']);
  h.as.current = h.actor;
  const parcel = await packed(h, { CAN: 1 });
  const check = await checkOf(parcel.id);
  asInspector();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => record(check.id, { result: i % 2 ? 'ok' : 'damaged' })),
  );
  const states = new Set(answers.filter((a) => a.status === 200).map((a) => a.body.state));
  assert.equal(states.size, 1);
  const incidents = (await h.get(`/api/v1/incidents?parcelId=${parcel.id}`)).body.items.length;
  assert.equal(incidents, states.has('failed') ? 1 : 0);
  await plan(OFF);
});

test('FUL-7 defects are counted by packer and day, on the page and in the export', async () => {
  await plan({ permille: 1000 });
  h.as.current = someone(h, 'counted', ['*']);
  const parcels = [];
  for (let i = 0; i < 4; i += 1) parcels.push(await packed(h, { CAN: 1 }));
  const checks = [];
  for (const p of parcels) checks.push(await checkOf(p.id));
  asInspector();
  for (const [i, c] of checks.entries()) await record(c.id, { result: i === 0 ? 'mislabelled' : 'ok' });
  const { items } = (await h.get('/api/v1/spot-checks/stats?warehouse=SH')).body;
  const mine = items.filter((s: any) => s.packerId === 'counted');
  assert.deepEqual(
    mine.map((s: any) => [s.checked, s.failed]),
    [[4, 1]],
  );
  const rows = await rowsOf(exportChecks.pages({ db: h.db, ctx: h.ctx(), personal: false }, {}));
  assert.deepEqual(
    rows.filter((r) => r[1] === 'counted').map((r) => r.slice(2)),
    [[4, 1, 0.25]],
  );
  assert.equal((await h.get('/api/v1/spot-checks/stats?from=2020-01-01T00:00:00Z')).status, 400, 'a year at most');
});
