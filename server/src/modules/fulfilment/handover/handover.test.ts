import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { exportManifest } from '../exporting.ts';
import { nextCutoff } from '../index.ts';
import { type Harness, startHarness, stock } from '../testing/harness.ts';
import { measuredGoods, packed, rowsOf, shipped, someone, withSettings } from '../testing/packed.ts';
import { seePages } from '#kernel/testing/read-codes.ts';

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

const scan = (id: string, code: string, more: object = {}) => h.post(`/api/v1/manifests/${id}/scan`, { code, ...more });
const close = (id: string) => h.post(`/api/v1/manifests/${id}/close`, {});
const handOver = (id: string, more: object = {}) =>
  h.post(`/api/v1/manifests/${id}/hand-over`, { driver: '王师傅', ...more });
const read = async (id: string) => (await h.get(`/api/v1/manifests/${id}`)).body;

/** Whatever is open is gone: the next parcel begins a manifest. */
async function startAfresh(carrier = 'sandbox'): Promise<void> {
  const { items } = (await h.get(`/api/v1/manifests?state=open&carrier=${carrier}`)).body;
  for (const m of items) {
    const parcels = (await h.get(`/api/v1/manifests/${m.id}/parcels?limit=200`)).body.items;
    for (const p of parcels) if (!p.scannedOutAt) await scan(m.id, p.parcelNo);
    await close(m.id);
    await handOver(m.id);
  }
}

test('FUL-6 parcels that ship join their carrier’s open manifest, are scanned out by either code, and signed for', async () => {
  const a = await shipped(h, { CAN: 1 });
  const b = await shipped(h, { CAN: 1 });
  const c = await shipped(h, { CAN: 1 }, 'sf');
  assert.match(a.manifest.no, /^M\d{14}$/);
  assert.equal(a.manifest.id, b.manifest.id);
  assert.notEqual(a.manifest.id, c.manifest.id);
  const { id } = a.manifest;
  const open = await read(id);
  assert.deepEqual(
    [open.state, open.carrier, open.warehouse, open.parcels, open.scanned, open.unweighed, open.may],
    ['open', 'sandbox', 'SH', 2, 0, 2, ['scan', 'close']],
  );
  const early = await handOver(id);
  assert.deepEqual([early.status, early.body.code], [409, 'transition_refused']);
  assert.equal((await scan(id, a.parcelNo)).body.scanned, 1);
  const closed = await close(id);
  assert.deepEqual([closed.body.state, closed.body.may], ['closed', ['scan', 'hand_over']]);
  assert.equal((await close(id)).status, 200, 'closing it again changes nothing');
  const missing = await handOver(id);
  assert.deepEqual(
    [missing.status, missing.body.code, missing.body.count, missing.body.missing],
    [409, 'parcels_missing', 1, [{ parcelNo: b.parcelNo, waybillNo: b.waybillNo }]],
  );
  assert.equal((await scan(id, b.waybillNo.toLowerCase())).body.scanned, 2);
  const done = await handOver(id, { signature: '王' });
  assert.deepEqual(
    [done.body.state, done.body.driver, done.body.signature, done.body.may],
    ['handed_over', '王师傅', '王', []],
  );
  assert.deepEqual((await handOver(id)).body.version, done.body.version, 'the same call again answers the same');
  const other = await handOver(id, { driver: '李师傅' });
  assert.deepEqual([other.status, other.body.code], [409, 'already_handed_over']);
  const late = await scan(id, a.parcelNo);
  assert.deepEqual([late.status, late.body.code], [409, 'transition_refused']);
  assert.deepEqual(await h.events(id), ['fulfilment.manifest_closed.v1', 'fulfilment.manifest_handed_over.v1']);
});

test('FUL-6 what does not belong on the heap is refused with where it belongs', async () => {
  await startAfresh();
  const mine = await shipped(h, { CAN: 1 });
  const theirs = await shipped(h, { CAN: 1 }, 'sf');
  const { id } = mine.manifest;
  const unknown = await scan(id, '2611280000000000');
  assert.deepEqual([unknown.status, unknown.body.code], [422, 'unknown_parcel']);
  const other = await scan(id, theirs.parcelNo);
  assert.deepEqual(
    [other.status, other.body.code, other.body.carrier, other.body.expected],
    [409, 'other_carrier', 'sf', 'sandbox'],
  );
  const unshipped = await packed(h, { CAN: 1 });
  const notYet = await scan(id, unshipped.parcelNo);
  assert.deepEqual([notYet.status, notYet.body.code], [409, 'parcel_not_shipped']);
  await scan(id, mine.parcelNo);
  const twice = await scan(id, mine.waybillNo);
  assert.deepEqual([twice.status, twice.body.code, twice.body.by], [409, 'already_scanned_out', 'user-1']);
  await close(id);
  const next = await shipped(h, { CAN: 1 });
  assert.notEqual(next.manifest.id, id, 'a closed manifest takes no more');
  const elsewhere = await scan(id, next.parcelNo);
  assert.deepEqual(
    [elsewhere.status, elsewhere.body.code, elsewhere.body.manifestNo],
    [409, 'other_manifest', next.manifest.no],
  );
  assert.equal((await read(id)).scanned, 1, 'a refused scan counts nothing');
  h.as.current = { ...h.actor, warehouses: new Set([randomUUID()]) };
  assert.equal((await h.get(`/api/v1/manifests/${id}`)).status, 404);
  assert.deepEqual((await h.get('/api/v1/manifests')).body.items, []);
});

test('FUL-6 what was left behind goes on the next manifest; what came back goes on none', async () => {
  await startAfresh();
  const [gone, left] = [await shipped(h, { CAN: 1 }), await shipped(h, { CAN: 1 })];
  const { id } = gone.manifest;
  await scan(id, gone.parcelNo);
  await close(id);
  const done = await handOver(id, { leaveBehind: true });
  assert.deepEqual([done.body.state, done.body.parcels, done.body.scanned], ['handed_over', 1, 1]);
  const moved = (await h.get(`/api/v1/parcels/${left.id}`)).body.manifest;
  assert.notEqual(moved.id, id);
  assert.equal((await read(moved.id)).state, 'open');
  const alone = await close(moved.id);
  assert.equal(alone.status, 200);
  const none = await handOver(moved.id, { leaveBehind: true });
  assert.deepEqual(
    [none.status, none.body.code],
    [409, 'manifest_empty'],
    'nothing was scanned: nothing is handed over',
  );
  assert.equal((await h.get(`/api/v1/parcels/${left.id}`)).body.manifest.id, moved.id, 'and nothing has moved');
});

test('FUL-6 a scan sent again from a queue counts once, whatever happened meanwhile', async () => {
  await startAfresh();
  const parcel = await shipped(h, { CAN: 1 });
  const { id } = parcel.manifest;
  const scanId = randomUUID();
  const all = await Promise.all(Array.from({ length: 8 }, () => scan(id, parcel.parcelNo, { scanId })));
  assert.deepEqual(
    all.map((a) => [a.status, a.body.scanned]),
    Array.from({ length: 8 }, () => [200, 1]),
  );
  await close(id);
  await handOver(id);
  const late = await scan(id, parcel.parcelNo, { scanId });
  assert.deepEqual([late.status, late.body.state], [200, 'handed_over']);
  const reused = await scan(id, parcel.waybillNo, { scanId });
  assert.deepEqual([reused.status, reused.body.code], [409, 'scan_id_reused']);
});

test('FUL-6 several people scan one heap while parcels still ship and somebody closes it: each parcel is once on one manifest', async () => {
  await startAfresh();
  const ready = [];
  for (let i = 0; i < 12; i += 1) ready.push(await packed(h, { CAN: 1 }));
  const first = await shipped(h, { CAN: 1 });
  const more = [];
  for (let i = 0; i < 6; i += 1) more.push(await shipped(h, { CAN: 1 }));
  const { id } = first.manifest;
  const heap = [first, ...more];
  const people = ['anna', 'bo', 'chen'];
  const [scans, ships, closing] = await Promise.all([
    Promise.all(people.flatMap((_, i) => heap.map((p) => scan(id, i % 2 ? p.parcelNo : p.waybillNo)))),
    Promise.all(ready.map((p) => h.post(`/api/v1/parcels/${p.id}/ship`, { carrier: 'sandbox' }))),
    close(id),
  ]);
  assert.equal(closing.status, 200);
  assert.equal(scans.filter((s) => s.status === 200).length, heap.length, 'each parcel counts for one of the three');
  assert.ok(scans.every((s) => s.status === 200 || s.body.code === 'already_scanned_out'));
  assert.ok(ships.every((s) => s.status === 200));
  const ids = new Set([id, ...ships.map((a) => a.body.manifest.id)]);
  const manifests = await Promise.all([...ids].map(read));
  assert.ok(manifests.length <= 2);
  assert.equal(
    manifests.reduce((n: number, m: any) => n + m.parcels, 0),
    heap.length + ready.length,
  );
  const handed = await Promise.all(Array.from({ length: 5 }, () => handOver(id, { leaveBehind: true })));
  assert.ok(handed.every((a) => a.status === 200 && a.body.version === handed[0]?.body.version));
  assert.equal((await read(id)).scanned, (await read(id)).parcels);
});

test('FUL-6 two at once open one manifest, not two', async () => {
  await startAfresh('jd');
  const ready = [];
  for (let i = 0; i < 10; i += 1) ready.push(await packed(h, { CAN: 1 }));
  const answers = await Promise.all(
    ready.map((p, i) => h.post(`/api/v1/parcels/${p.id}/ship`, { carrier: 'jd', waybillNo: `JD00000000${i}X` })),
  );
  assert.equal(new Set(answers.map((a) => a.body.manifest.id)).size, 1);
});

test('FUL-6 the sheet has totals and a bar code, the export every parcel; nobody’s address stands in them', async () => {
  await startAfresh();
  const parcels = [];
  for (let i = 0; i < 3; i += 1) parcels.push(await shipped(h, { CAN: 1 }));
  const [first] = parcels;
  assert.ok(first);
  const { id, no } = first.manifest;
  await scan(id, first.parcelNo);
  for (const locale of ['zh-CN', 'en']) {
    const answer = await fetch(`${h.url}/api/v1/manifests/${id}/sheet.pdf`, {
      headers: { authorization: 'Bearer test', 'accept-language': locale },
    });
    assert.equal(answer.status, 200);
    const [page] = await seePages(Buffer.from(await answer.arrayBuffer()));
    assert.deepEqual(page?.codes, [{ format: 'Code128', text: no }]);
  }
  const rows = await rowsOf(exportManifest.pages({ db: h.db, ctx: h.ctx(), personal: false }, { manifestId: id }));
  assert.deepEqual(
    rows.map((r) => [r[0], r[1], r[2], r[5] instanceof Date]),
    parcels.map((p, i) => [no, p.waybillNo, p.parcelNo, i === 0]),
  );
  const unscanned = (await h.get(`/api/v1/manifests/${id}/parcels?scanned=false&limit=1`)).body;
  assert.deepEqual([unscanned.items.length, unscanned.items[0].parcelNo], [1, parcels[1]?.parcelNo]);
  const rest = (await h.get(`/api/v1/manifests/${id}/parcels?scanned=false&cursor=${unscanned.nextCursor}`)).body;
  assert.deepEqual([rest.items.length, rest.nextCursor], [1, null]);
});

test('FUL-6 where no manifests are kept parcels join none, and can still be scanned out later', async () => {
  await startAfresh();
  const lone = await withSettings(h, { manifests: false }, () => shipped(h, { CAN: 1 }));
  assert.equal(lone.manifest, null);
  const other = await shipped(h, { CAN: 1 });
  const scanned = await scan(other.manifest.id, lone.parcelNo);
  assert.deepEqual([scanned.body.parcels, scanned.body.scanned], [2, 1]);
});

test('FUL-6 cut-offs are said per carrier and warehouse, and `*` stands for the others', async () => {
  const put = (body: object) =>
    fetch(`${h.url}/api/v1/cutoffs`, {
      method: 'PUT',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const all = [1, 2, 3, 4, 5, 6, 7];
  assert.equal((await put({ warehouse: 'SH', carrier: '*', time: '18:00', weekdays: all })).status, 200);
  const made = await put({ warehouse: 'SH', carrier: 'sf', time: '09:30', weekdays: [3, 1, 1] });
  const sf = (await made.json()) as { time: string; weekdays: number[] };
  assert.deepEqual([sf.time, sf.weekdays], ['09:30', [1, 3]]);
  assert.equal((await put({ warehouse: 'SH', carrier: 'nobody', time: '09:30', weekdays: all })).status, 422);
  assert.equal((await put({ warehouse: 'SH', carrier: 'sf', time: '24:00', weekdays: all })).status, 400);
  const now = new Date('2026-11-28T12:00:00Z'); // Saturday, 20:00 in Shanghai
  const warehouse = (await h.get('/api/v1/warehouses')).body.items.find((w: any) => w.code === 'SH');
  const next = (carrier: string, id = warehouse.id) =>
    h.db.read({ orgId: h.orgId }, async (tx) => (await nextCutoff(tx, carrier, id, now))?.toISOString());
  assert.equal(await next('sf'), '2026-11-30T01:30:00.000Z');
  assert.equal(await next('yto'), '2026-11-29T10:00:00.000Z');
  assert.equal(await next('sf', randomUUID()), undefined);
  assert.equal((await h.get('/api/v1/cutoffs')).body.items.length, 2);
  const parcel = await shipped(h, { CAN: 1 });
  assert.notEqual((await read(parcel.manifest.id)).cutoffAt, null);
  const drop = (carrier: string) =>
    fetch(`${h.url}/api/v1/cutoffs/SH/${carrier}`, { method: 'DELETE', headers: { authorization: 'Bearer test' } });
  assert.equal((await drop('sf')).status, 200);
  assert.equal((await drop('sf')).status, 404);
});

test('FUL-6 who may only look scans nothing', async () => {
  const parcel = await shipped(h, { CAN: 1 });
  h.as.current = someone(h, 'visitor', ['fulfilment.manifest.read']);
  assert.equal((await scan(parcel.manifest.id, parcel.parcelNo)).status, 403);
  assert.deepEqual((await read(parcel.manifest.id)).may, []);
});
