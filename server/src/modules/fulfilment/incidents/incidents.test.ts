import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { sweepDeadlines } from '#kernel/deadlines/index.ts';
import { createLog } from '#kernel/log.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import { exportIncidents } from '../exporting.ts';
import { fulfilmentModule } from '../index.ts';
import { type Harness, order, startHarness, stock } from '../testing/harness.ts';
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

const report = (body: object) => h.must('/api/v1/incidents', { kind: 'damaged', warehouse: 'SH', ...body });
const act = (id: string, what: string, body: object = {}) => h.post(`/api/v1/incidents/${id}/${what}`, body);
const drain = () => drainSubscribers(h.db, h.orgId, fulfilmentModule.subscribers ?? []);

test('FUL-7 an incident is reported, looked into and settled, and its history says by whom', async () => {
  const parcel = await packed(h, { CAN: 1 });
  h.as.current = someone(h, 'worker', ['fulfilment.incident.report', 'fulfilment.incident.read']);
  const made = await report({ parcelId: parcel.id, source: 'pack', sku: 'TEA-CAN', quantity: 1, note: '罐子瘪了' });
  assert.match(made.no, /^I\d{14}$/);
  assert.deepEqual(
    [made.state, made.orderNo, made.parcelNo, made.sku, made.openedBy, made.overdue, made.may],
    ['open', parcel.orderNo, parcel.parcelNo, 'TEA-CAN', 'worker', false, []],
  );
  assert.equal(Date.parse(made.dueAt) - Date.parse(made.openedAt), 24 * 3_600_000);
  assert.equal((await act(made.id, 'investigate')).status, 403);
  h.as.current = someone(h, 'boss', ['*']);
  const taken = await act(made.id, 'investigate', { note: '看录像' });
  assert.deepEqual([taken.body.state, taken.body.owner, taken.body.ownedByMe], ['investigating', 'boss', true]);
  assert.equal((await act(made.id, 'resolve', { resolution: 'x', consequence: 'none' })).status, 400);
  const done = await act(made.id, 'resolve', { resolution: '换了一罐', consequence: 'repacked' });
  assert.deepEqual([done.body.state, done.body.consequence, done.body.may], ['resolved', 'repacked', ['reopen']]);
  assert.deepEqual(
    done.body.moves.map((m: any) => [m.event, m.state, m.by]),
    [
      ['resolve', 'resolved', 'boss'],
      ['investigate', 'investigating', 'boss'],
      ['report', 'open', 'worker'],
    ],
  );
  const again = await act(made.id, 'reopen', { note: '客户又投诉' });
  assert.deepEqual([again.body.state, again.body.consequence, again.body.resolution], ['investigating', null, null]);
  assert.equal((await act(made.id, 'dismiss', { resolution: '并无损坏' })).body.state, 'dismissed');
  assert.equal((await act(made.id, 'assign', { ownerId: 'me' })).body.code, 'transition_refused');
});

test('FUL-7 bad reports are refused', async () => {
  const post = (body: object) => h.post('/api/v1/incidents', body);
  assert.equal((await post({ kind: 'damaged' })).body.errors[0].path, 'warehouse');
  assert.equal((await post({ kind: 'stolen', warehouse: 'SH' })).status, 400);
  assert.equal((await post({ kind: 'damaged', warehouse: 'NOWHERE' })).status, 404);
  assert.equal((await post({ kind: 'damaged', warehouse: 'SH', sku: 'NO-SUCH' })).body.code, 'sku_not_found');
  assert.equal((await post({ kind: 'damaged', parcelId: randomUUID() })).body.code, 'parcel_not_found');
  assert.equal((await post({ kind: 'short', pickId: randomUUID() })).body.code, 'pick_not_found');
  assert.equal((await post({ kind: 'damaged', warehouse: 'SH', photoId: randomUUID() })).body.code, 'file_not_found');
  assert.equal((await h.get(`/api/v1/incidents/${randomUUID()}`)).body.code, 'incident_not_found');
  const made = await report({});
  h.as.current = { ...h.actor, warehouses: new Set([randomUUID()]) };
  assert.equal((await h.get(`/api/v1/incidents/${made.id}`)).status, 404);
});

test('FUL-7 damaged goods are moved to damaged in the stock, or it is not settled', async () => {
  const stockOf = async () => (await h.get('/api/v1/stock?sku=TEA-CAN&warehouse=SH')).body.items[0];
  const before = await stockOf();
  const vague = await report({ note: '不知道是什么' });
  const unknown = await act(vague.id, 'resolve', { resolution: '转残次', consequence: 'moved_to_damaged' });
  assert.deepEqual([unknown.status, unknown.body.code], [422, 'incident_goods_unknown']);
  const made = await report({ sku: 'TEA-CAN', quantity: 3 });
  h.as.current = someone(h, 'clerk', ['fulfilment.incident.handle']);
  const forbidden = await act(made.id, 'resolve', { resolution: '转残次', consequence: 'moved_to_damaged' });
  assert.deepEqual([forbidden.status, forbidden.body.permission], [403, 'inventory.state.write']);
  h.as.current = h.actor;
  const all = await Promise.all(
    Array.from({ length: 6 }, () => act(made.id, 'resolve', { resolution: '转残次', consequence: 'moved_to_damaged' })),
  );
  assert.equal(all.filter((a) => a.status === 200).length, 1, JSON.stringify(all.map((a) => a.body.code)));
  const now = await stockOf();
  assert.deepEqual([before.onHand - now.onHand, now.damaged - before.damaged], [3, 3]);
  const many = await report({ sku: 'TEA-CAN', quantity: 900_000 });
  const short = await act(many.id, 'resolve', { resolution: '转残次', consequence: 'moved_to_damaged' });
  assert.deepEqual(
    [short.body.code, (await h.get(`/api/v1/incidents/${many.id}`)).body.state],
    ['insufficient_stock', 'open'],
  );
});

test('FUL-7 a short pick opens an incident, once, with the bin to be counted', async () => {
  const { id: orderId } = await order(h, { A: 3 });
  const wave = await h.must('/api/v1/waves', { warehouse: 'SH', orderIds: [orderId] });
  const [pick] = wave.picks;
  await h.must(`/api/v1/picks/${pick.id}/short`, { lineId: pick.lines[0].lineId, missing: 2 });
  await drain();
  await drain();
  const { items } = (await h.get(`/api/v1/incidents?orderId=${orderId}`)).body;
  assert.deepEqual(
    items.map((i: any) => [i.kind, i.source, i.sku, i.quantity, i.openedBy, i.bin === null]),
    [['short', 'pick', 'TEA-A', 2, 'user-1', false]],
  );
  const done = await act(items[0].id, 'resolve', { resolution: '请复盘', consequence: 'recount' });
  assert.equal(done.status, 200);
  assert.deepEqual(await h.events(items[0].id), [
    'fulfilment.incident_opened.v1',
    'fulfilment.incident_moved.v1',
    'fulfilment.recount_asked.v1',
  ]);
});

test('FUL-7 whoever has an incident is told when it is due; filters, counts and the export agree', async () => {
  const made = await report({ kind: 'mislabelled', note: '面单贴错' });
  const mine = await act(made.id, 'assign', { ownerId: 'me' });
  assert.equal(mine.body.ownedByMe, true);
  const log = createLog('silent');
  const sweep = (hours: number) =>
    sweepDeadlines(h.db, fulfilmentModule.deadlines ?? [], new Date(Date.now() + hours * 3_600_000), log);
  await sweep(20);
  await sweep(25);
  const told = await h.db.read({ orgId: h.orgId }, (tx) =>
    tx.query<{ template: string }>(
      `select template from kernel.notifications where org_id = $1 and recipient_id = $2 and data ->> 'no' = $3 order by template`,
      [tx.orgId, h.actor.id, made.no],
    ),
  );
  assert.deepEqual(
    new Set(told.map((t) => t.template)),
    new Set(['fulfilment.incident_due', 'fulfilment.incident_overdue']),
  );
  const list = async (query: string) => (await h.get(`/api/v1/incidents?${query}`)).body.items;
  assert.deepEqual(
    (await list('kind=mislabelled&state=unsettled&mine=true')).map((i: any) => i.no),
    [made.no],
  );
  assert.deepEqual((await list(`q=${made.no}&overdue=true`)).length, 0, 'not yet');
  assert.deepEqual((await list(`q=${made.no}`))[0].id, made.id);
  const stats = (await h.get('/api/v1/incidents/stats')).body.items;
  const rows = await rowsOf(exportIncidents.pages({ db: h.db, ctx: h.ctx(), personal: false }, {}));
  for (const s of stats) assert.equal(rows.filter((r) => r[1] === s.kind).length, s.opened, s.kind);
  const one = await list('limit=1');
  assert.equal(one.length, 1);
});
