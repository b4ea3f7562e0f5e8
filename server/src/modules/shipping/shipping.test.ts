import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#kernel/ids.ts';
import { INTERCEPTION_STATES } from './domain/interception.ts';
import { NODE_CODES, type NodeCode, UNTRACKED, withNode } from './domain/track.ts';
import { sandboxKey, signHeaders } from './providers/sandbox/key.ts';
import { nodeAt, sendPush } from './providers/sandbox/peer.ts';
import { silentLog } from '#kernel/log.ts';
import { interceptShipments } from './index.ts';
import { type Harness, startHarness } from './testing/harness.ts';

let h: Harness;
before(async () => {
  h = await startHarness();
});
after(() => h.close());
afterEach(async () => assert.deepEqual(await h.faults(), [], 'every invariant holds after every test'));

const advance = (id: string, to: string, more: object = {}) =>
  h.send('POST', `/sandbox/shipments/${id}/advance`, { to, ...more });
const shipment = async (id: string) => (await h.get(`/api/v1/shipments/${id}`)).body;
const minutesAgo = (n: number): string => new Date(Date.now() - n * 60_000).toISOString();

test('SHP-3 the sandbox carrier moves a parcel by signed pushes over HTTP', async () => {
  const made = await h.ship();
  assert.match(made.waybillNo, /^SBX\d{12}$/);
  const moved = await advance(made.id, 'collected');
  assert.deepEqual(moved.body, {
    shipmentId: made.id,
    waybillNo: made.waybillNo,
    status: 'collected',
    pushes: [{ status: 200 }],
  });
  await advance(made.parcelId, 'in_transit'); // the parcel's id will do
  await advance(made.id, 'out_for_delivery');
  await advance(made.id, 'delivered');
  const seen = await shipment(made.id);
  assert.equal(seen.status, 'delivered');
  assert.deepEqual(
    seen.nodes.map((n: { code: string }) => n.code),
    ['delivered', 'out_for_delivery', 'in_transit', 'collected'],
  );
  assert.deepEqual(h.told.filter((t) => t.parcelId === made.parcelId).length, 1);
  assert.deepEqual(await h.events(made.orderId), [
    'shipping.shipment_created.v1',
    'shipping.parcel_collected.v1',
    'shipping.parcel_in_transit.v1',
    'shipping.parcel_out_for_delivery.v1',
    'shipping.parcel_delivered.v1',
  ]);
});

test('SHP-3 late, repeated and out-of-order pushes change nothing wrongly', async () => {
  const made = await h.ship();
  await advance(made.id, 'delivered', { at: minutesAgo(10) });
  await advance(made.id, 'in_transit', { at: minutesAgo(30) });
  await advance(made.id, 'delivered', { at: minutesAgo(10), times: 10 });
  await advance(made.id, 'delivered', { at: minutesAgo(9) });
  assert.equal((await shipment(made.id)).status, 'delivered');
  assert.equal(h.told.filter((t) => t.parcelId === made.parcelId).length, 1);
  assert.equal((await h.events(made.orderId)).filter((t) => t === 'shipping.parcel_delivered.v1').length, 1);
  await advance(made.id, 'returning', { at: minutesAgo(5) });
  assert.equal((await shipment(made.id)).status, 'returning');
});

test('SHP-3 whatever order pushes arrive in, in one push or in many at once, the stored state is that of the set', async () => {
  const codes = fc.constantFrom(...NODE_CODES);
  const track = fc.array(fc.record({ minute: fc.integer({ min: 1, max: 6 }), code: codes }), {
    minLength: 1,
    maxLength: 6,
  });
  const base = Date.now() - 3_600_000;
  await fc.assert(
    fc.asyncProperty(track, fc.boolean(), async (nodes, together) => {
      const made = await h.ship();
      const all = nodes.map((n) => nodeAt(new Date(base + n.minute * 60_000), n.code));
      const groups = together ? [all.toReversed(), all] : [...all.map((n) => [n]), all.toReversed()];
      const statuses = await Promise.all(
        groups.map((g) => sendPush({ db: h.db, log: silentLog }, { waybillNo: made.waybillNo, nodes: g }, new Date())),
      );
      assert.deepEqual(new Set(statuses), new Set([200]));
      const expected = all.map((n) => ({ at: new Date(n.at), code: n.code as NodeCode })).reduce(withNode, UNTRACKED);
      const seen = await shipment(made.id);
      assert.deepEqual([seen.status, seen.deliveredAt], [expected.status, expected.deliveredAt?.toISOString() ?? null]);
      assert.equal(seen.nodes.length, new Set(all.map((n) => n.at + n.code)).size);
      assert.equal(h.told.filter((t) => t.parcelId === made.parcelId).length, expected.deliveredAt ? 1 : 0);
    }),
    { numRuns: 25 },
  );
});

async function push(
  says: object,
  bend: { at?: Date; nonce?: string; signature?: string; after?: (b: string) => string } = {},
) {
  const timestamp = Math.floor((bend.at ?? new Date()).getTime() / 1000);
  const nonce = bend.nonce ?? `nonce-${Math.random()}`;
  const body = JSON.stringify({ timestamp, nonce, nodes: [], ...says });
  const headers = signHeaders(await sandboxKey(h.db), Buffer.from(body), timestamp, nonce);
  if (bend.signature !== undefined) headers['x-sandbox-signature'] = bend.signature;
  const response = await fetch(`${h.url}/api/v1/callbacks/carriers/sandbox`, {
    method: 'POST',
    headers,
    body: bend.after?.(body) ?? body,
  });
  return [response.status, ((await response.json()) as { code?: string }).code];
}

test('SHP-3 forged, stale and replayed pushes are refused', async () => {
  const { waybillNo, id } = await h.ship();
  const nodes = [nodeAt(new Date(), 'delivered')];
  assert.deepEqual(await push({ waybillNo, nodes }, { signature: '' }), [401, 'push_signature_invalid']);
  assert.deepEqual(await push({ waybillNo, nodes }, { signature: Buffer.alloc(32).toString('base64') }), [
    401,
    'push_signature_invalid',
  ]);
  assert.deepEqual(await push({ waybillNo, nodes }, { after: (b) => b.replace('delivered', 'returned') }), [
    401,
    'push_signature_invalid',
  ]);
  assert.deepEqual(await push({ waybillNo, nodes }, { at: new Date(Date.now() - 301_000) }), [401, 'push_stale']);
  assert.deepEqual(await push({ waybillNo: 'SBX000000000000', nodes }), [404, 'shipment_not_found']);
  assert.deepEqual(await push({ waybillNo, nodes: [nodeAt(new Date(Date.now() + 7_200_000), 'delivered')] }), [
    422,
    'node_in_future',
  ]);
  assert.equal((await shipment(id)).status, 'created');
  assert.deepEqual(await push({ waybillNo, nodes }, { nonce: 'only-once' }), [200, undefined]);
  assert.deepEqual(await push({ waybillNo, nodes }, { nonce: 'only-once' }), [409, 'push_replayed']);
  const other = await fetch(`${h.url}/api/v1/callbacks/carriers/sf`, { method: 'POST', body: '{}' });
  assert.equal(other.status, 404);
});

test('FUL-6 a parcel keeps the one waybill it was given, and a waybill belongs to one parcel', async () => {
  const made = await h.ship();
  const again = await h.ship({ parcelId: made.parcelId, orderId: made.orderId });
  assert.equal(again.waybillNo, made.waybillNo);
  const own = await h.ship({ carrier: 'sf', waybillNo: 'sf 1234567890123' });
  assert.equal(own.waybillNo, 'SF1234567890123');
  await assert.rejects(h.ship({ carrier: 'sf', waybillNo: 'SF1234567890123' }), /waybill_taken/);
  await assert.rejects(h.ship({ carrier: 'sf' }), /waybill_required/);
  await assert.rejects(h.ship({ carrier: 'sandbox', waybillNo: 'SBX123456789012' }), /waybill_refused/);
  await assert.rejects(h.ship({ carrier: 'nobody' }), /unknown_carrier/);
  const many = await Promise.all(Array.from({ length: 20 }, () => h.ship()));
  assert.equal(new Set(many.map((s) => s.waybillNo)).size, 20);
});

test('SHP-3 carriers are listed, added, switched off, and recognised', async () => {
  const codes = (await h.get('/api/v1/carriers')).body.items.map((c: { code: string }) => c.code);
  assert.ok(codes.includes('sandbox') && codes.includes('sf'));
  const added = await h.send('POST', '/api/v1/carriers', { code: 'local-van', name: '同城专送' });
  assert.equal(added.status, 201);
  assert.equal((await h.send('POST', '/api/v1/carriers', { code: 'local-van', name: 'x' })).status, 409);
  assert.equal((await h.send('POST', '/api/v1/carriers', { code: 'sf', name: 'x' })).status, 409);
  await h.ship({ carrier: 'local-van', waybillNo: 'VAN-0001' });
  assert.equal((await h.send('PATCH', '/api/v1/carriers/zto', { enabled: false })).body.enabled, false);
  await assert.rejects(h.ship({ carrier: 'zto', waybillNo: '75312345678901' }), /unknown_carrier/);
  assert.equal((await h.get('/api/v1/carriers/recognise?waybillNo=SF1234567890123')).body.carrier, 'sf');
});

test('SHP-3 only sandbox shipments can be moved by the sandbox', async () => {
  const own = await h.ship({ carrier: 'sf', waybillNo: 'SF9234567890123' });
  assert.equal((await advance(own.id, 'delivered')).status, 404);
  assert.equal((await advance(newId(), 'delivered')).status, 404);
  assert.equal((await advance(own.id, 'stolen')).status, 400);
});

test('PLT-1 another organisation sees no shipment, and the application role no carrier key', async () => {
  const made = await h.ship();
  const seen = await h.db.read({ orgId: newId() }, (tx) =>
    tx.query('select 1 from shipping.shipments where id = $1', [made.id]),
  );
  assert.deepEqual(seen, []);
  const key = h.db.inTx(h, (tx) => tx.query('select key_sealed from shipping.carrier_keys'));
  await assert.rejects(key, { code: '42501' });
  await assert.rejects(
    h.db.inTx(h, (tx) => tx.query('delete from shipping.track_nodes')),
    { code: '42501' },
  );
});

test('ORD-10 the table of interceptions knows the states of the flow, and one open request per parcel', async () => {
  const made = await h.ship();
  const ask = () => h.db.inTx(h, (tx) => interceptShipments(tx, h.ctx(), { orderId: made.orderId, reason: 'x' }));
  await Promise.all(Array.from({ length: 10 }, ask));
  const rows = await h.db.read(h, (tx) =>
    tx.query<{ id: string }>('select id from shipping.interceptions where shipment_id = $1', [made.id]),
  );
  assert.equal(rows.length, 1);
  const [check] = await h.db.systemTx((tx) =>
    tx.query<{ says: string }>(
      `select pg_get_constraintdef(oid) as says from pg_constraint where conname = 'interceptions_state_check'`,
    ),
  );
  const known = [...(check?.says ?? '').matchAll(/'(\w+)'/g)].map((m) => m[1]);
  assert.deepEqual(known.toSorted(), [...INTERCEPTION_STATES].toSorted());
  const twice = h.db.inTx(h, (tx) =>
    tx.query(
      `insert into shipping.interceptions (org_id, id, shipment_id, order_id, reason, state, asked_by, asked_at)
       select org_id, $1, shipment_id, order_id, reason, state, asked_by, asked_at from shipping.interceptions where shipment_id = $2`,
      [newId(), made.id],
    ),
  );
  await assert.rejects(twice, { code: '23505' });
});

test('ORD-10 a parcel nobody asked to stop comes back to no owner; one that was does once', async () => {
  const made = await h.ship();
  await advance(made.id, 'returned', { at: minutesAgo(3) });
  assert.equal(h.back.length, 0);
  const stopped = await h.ship();
  await h.db.inTx(h, (tx) => interceptShipments(tx, h.ctx(), { orderId: stopped.orderId, reason: 'not wanted' }));
  await advance(stopped.id, 'returned', { at: minutesAgo(2), times: 20 });
  await advance(stopped.id, 'returned', { at: minutesAgo(1) });
  assert.deepEqual(h.back, [{ orderId: stopped.orderId, parcelId: stopped.parcelId, reason: 'not wanted' }]);
  await assert.rejects(
    h.db.inTx(h, (tx) => interceptShipments(tx, h.ctx(), { orderId: stopped.orderId, reason: 'again' })),
    /nothing_to_intercept/,
  );
});
