import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#kernel/ids.ts';
import { inventoryModule } from '#modules/inventory/index.ts';
import { ordersModule } from '#modules/orders/index.ts';
import { paymentsModule } from '#modules/payments/index.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, phoneOf, place, SHIP_TO, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp({ poolMax: 30 });
  org = await app.org();
  await app.person(org.code, ['admin']);
  await openShop(
    org,
    [
      { sku: 'A', price: 1000, stock: { W1: 100_000, W2: 50 } },
      { sku: 'B', price: 333, stock: { W1: 100_000 } },
      { sku: 'C', price: 7, stock: { W1: 100_000 } },
    ],
    ['W1', 'W2'],
  );
  expectStatus(
    await org.api('PUT', '/settings/orders', { values: { freightAmount: 501, freightFreeFrom: 6000 } }),
    200,
  );
});
after(() => app.close());

type Body = Answer['body'];
const SKUS = ['A', 'B', 'C'];
let buyers = 0;

/** What `doctor` says of orders, payments and stock. */
async function faults(): Promise<string[]> {
  const found: string[] = [];
  for (const invariant of [ordersModule, paymentsModule, inventoryModule].flatMap((m) => m.invariants ?? []))
    found.push(
      ...(await app.db.read({ orgId: org.id }, (tx) => invariant.check(tx))).map((f) => `${invariant.name}: ${f}`),
    );
  return found;
}

type Op =
  | { do: 'place'; quantities: number[] }
  | { do: 'pay' | 'cancel' | 'undo-split' | 'undo-merge'; on: number }
  | { do: 'amend'; on: number; quantities: number[] }
  | { do: 'split'; on: number; units: number }
  | { do: 'merge'; on: number; with: number }
  | { do: 'refund'; on: number; amount: number }
  | { do: 'ship'; on: number }
  | { do: 'settle' };

const at = fc.nat(30);
const quantities = fc.array(fc.nat(4), { minLength: 3, maxLength: 3 });
const anOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('place' as const), quantities }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pay' as const), on: at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('amend' as const), on: at, quantities }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('split' as const), on: at, units: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('merge' as const), on: at, with: at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('undo-split' as const, 'undo-merge' as const), on: at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), on: at }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('refund' as const), on: at, amount: fc.integer({ min: 1, max: 700 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ship' as const), on: at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
);

/** Two orders that can be merged, as most shoppers' can. */
const BEGIN: readonly Op[] = [
  { do: 'place', quantities: [2, 3, 1] },
  { do: 'place', quantities: [1, 0, 4] },
  { do: 'pay', on: 0 },
  { do: 'pay', on: 0 },
];
/** Everything at least once, whatever chance brings. */
const ALL: Op[] = [
  { do: 'merge', on: 0, with: 1 },
  { do: 'settle' },
  { do: 'undo-merge', on: 0 },
  { do: 'settle' },
  { do: 'split', on: 0, units: 1 },
  { do: 'settle' },
  { do: 'undo-split', on: 0 },
  { do: 'split', on: 1, units: 1 },
  { do: 'settle' },
  { do: 'amend', on: 0, quantities: [1, 1, 1] },
  { do: 'pay', on: 0 },
  { do: 'settle' },
  { do: 'refund', on: 0, amount: 5 },
  { do: 'settle' },
  { do: 'ship', on: 0 },
  { do: 'cancel', on: 1 },
  { do: 'settle' },
];
/** How often what was done. */
const taken = new Map<string, number>();

/** One buyer's orders, made and changed at random. */
class Shopper {
  readonly ids: string[] = [];
  readonly shipTo = { ...SHIP_TO, phone: phoneOf((buyers += 1)) };

  /** One of the orders on which the server allows the action, so that most of what is asked can be done; else any. */
  async #id(n: number, action: string): Promise<string> {
    const able: string[] = [];
    for (const id of this.ids)
      if (expectStatus(await org.get(`/orders/${id}`), 200).may.includes(action)) able.push(id);
    const from = able.length > 0 ? able : this.ids;
    return from[n % from.length] as string;
  }
  async #ask(path: string, body: object = {}): Promise<Body | undefined> {
    const answer = await org.post(path, body);
    assert.ok(answer.status < 500, JSON.stringify(answer.body));
    const what = path.replace(/^.*\//, '');
    if (answer.status < 300) taken.set(what, (taken.get(what) ?? 0) + 1);
    return answer.status < 300 ? answer.body : undefined;
  }

  async step(op: Op): Promise<void> {
    if (op.do === 'place' || this.ids.length === 0) {
      const asked = op.do === 'place' ? op.quantities : [1, 1, 1];
      const lines = SKUS.flatMap((sku, i) => (asked[i] ? [{ sku, quantity: asked[i] }] : []));
      const order = await place(org, {
        shipTo: this.shipTo,
        lines: lines.length > 0 ? lines : [{ sku: 'A', quantity: 2 }],
      });
      if (order.holds.length > 0) await this.#ask(`/orders/${order.id}/release`);
      this.ids.push(order.id);
    } else if (op.do === 'settle') await app.settleDown();
    else if (op.do === 'merge') {
      const orderIds = [await this.#id(op.on, 'merge'), await this.#id(op.with, 'merge')];
      const made = await this.#ask('/orders/merge', { orderIds, confirm: true });
      if (made) this.ids.push(made.id);
    } else await this.#one(op, await this.#id(op.on, op.do.replace('-', '_')));
  }

  async #one(op: Exclude<Op, { do: 'place' | 'merge' | 'settle' }>, id: string): Promise<void> {
    if (op.do === 'pay') {
      const payment = await this.#ask(`/orders/${id}/payments`, { channel: 'sandbox' });
      if (payment) await this.#ask(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success' });
    } else if (op.do === 'amend')
      await this.#ask(`/orders/${id}/amend`, { lines: SKUS.map((sku, i) => ({ sku, quantity: op.quantities[i] })) });
    else if (op.do === 'split') await this.#split(id, op.units);
    else if (op.do === 'refund') await this.#ask(`/orders/${id}/refunds`, { amount: op.amount, reason: 'goodwill' });
    else if (op.do === 'ship') await this.#ship(id);
    else await this.#ask(`/orders/${id}/${op.do}`, { reason: 'x' });
  }

  async #split(id: string, units: number): Promise<void> {
    const { lines } = expectStatus(await org.get(`/orders/${id}`), 200);
    const line = lines.find((l: Body) => l.quantity > 0);
    const made = await this.#ask(`/orders/${id}/split`, {
      groups: [[{ lineId: line.id, quantity: Math.min(units, line.quantity) }]],
    });
    if (made) this.ids.push(...made.orders.map((o: Body) => o.id));
  }

  /** One unit of the first line leaves in a parcel of its own. */
  async #ship(id: string): Promise<void> {
    const { lines } = expectStatus(await org.get(`/orders/${id}`), 200);
    const line = lines.find((l: Body) => l.reserved > 0);
    const parcel = line && (await this.#ask('/parcels', { orderId: id, lines: [{ lineId: line.id, quantity: 1 }] }));
    if (!parcel) return;
    await this.#ask(`/parcels/${parcel.id}/scan`, { code: parcel.lines[0].sku });
    await this.#ask(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' });
  }

  /** What came in for all of the shopper's orders and stayed is what those alive have. */
  async check(): Promise<void> {
    assert.deepEqual(await faults(), []);
    let held = 0;
    let stayed = 0;
    for (const id of this.ids) {
      const order = expectStatus(await org.get(`/orders/${id}`), 200);
      const { items } = expectStatus(await org.get(`/payments?subject=${id}&status=succeeded`), 200);
      for (const p of items) if (p.accepted) stayed += p.amount - p.refundedAmount;
      if (order.superseded) continue;
      held += order.paid.amount - order.refunded.amount;
      const open = order.status === 'paid';
      if (open) assert.equal(order.holds.includes('balance_due'), order.due.amount > 0, 'what is owed holds the order');
    }
    assert.equal(held, stayed);
  }

  /** Everything not shipped is cancelled: all money is back, nothing is reserved. */
  async end(): Promise<void> {
    for (const id of this.ids) await org.post(`/orders/${id}/cancel`, { reason: 'end' });
    await app.settleDown();
    await this.check();
    for (const id of this.ids) {
      const order = expectStatus(await org.get(`/orders/${id}`), 200);
      if (order.superseded || order.status !== 'cancelled') continue;
      assert.equal(order.refunded.amount, order.paid.amount);
      assert.ok(order.lines.every((l: Body) => l.reserved === 0));
    }
  }
}

test('ORD-8 ORD-9 ORD-10 whatever is changed, split, merged, undone, cancelled, paid, refunded and shipped, in any sequence: units and cents stay whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anOp, { minLength: 8, maxLength: 18, size: 'max' }), async (ops) => {
      const shopper = new Shopper();
      for (const op of [...BEGIN, ...ops]) {
        await shopper.step(op);
        await shopper.check();
      }
      await shopper.end();
    }),
    { numRuns: 6, endOnFailure: true, examples: [[ALL]] },
  );
  for (const what of ['payments', 'amend', 'split', 'merge', 'undo-split', 'undo-merge', 'cancel', 'refunds', 'ship'])
    assert.ok((taken.get(what) ?? 0) > 0, `${what} was never done: ${JSON.stringify([...taken])}`);
});

const paid = async (lines: object[]): Promise<Body> => {
  const shopper = new Shopper();
  const order = await place(org, { shipTo: shopper.shipTo, lines });
  const payment = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' }), 201);
  expectStatus(await org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success' }), 200);
  return { ...order, shipTo: shopper.shipTo };
};

test('ORD-9 of twenty who split an order at once one does, and the others are told', async () => {
  const order = await paid([{ sku: 'A', quantity: 4 }]);
  const groups = [[{ lineId: order.lines[0].id, quantity: 1 }]];
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => org.post(`/orders/${order.id}/split`, { groups })),
  );
  assert.equal(answers.filter((a) => a.status === 200).length, 1);
  assert.ok(answers.every((a) => a.status === 200 || a.body.code === 'order_superseded'));
  assert.deepEqual(await faults(), []);
});

test('ORD-8 ORD-9 ORD-10 splitting, merging, changing, cancelling, refunding and picking at once leave nothing half done', async () => {
  for (let round = 0; round < 4; round += 1) {
    const before = await stockOf(org, 'B');
    const order = await paid([{ sku: 'B', quantity: 6 }]);
    const second = await place(org, { shipTo: order.shipTo, lines: [{ sku: 'B', quantity: 2 }] });
    const payment = expectStatus(await org.post(`/orders/${second.id}/payments`, { channel: 'sandbox' }), 201);
    expectStatus(await org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success' }), 200);
    const line = order.lines[0].id;
    const asks = Array.from({ length: 5 }, (_, i) => [
      () => org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: line, quantity: 2 }]] }),
      () => org.post('/orders/merge', { orderIds: [order.id, second.id], confirm: true }),
      () => org.post(`/orders/${order.id}/amend`, { lines: [{ sku: 'B', quantity: 5 - i }] }),
      () => org.post(`/orders/${i % 2 ? order.id : second.id}/cancel`, { reason: 'x' }),
      () => org.post(`/orders/${order.id}/refunds`, { amount: 100, reason: 'x' }),
      () => org.post('/waves', { warehouse: 'W1', orderIds: [order.id] }),
    ]).flat();
    const answers = await Promise.all(asks.map((ask) => ask()));
    assert.ok(answers.every((a) => a.status < 500));
    assert.ok(answers.some((a) => a.status < 300));
    await app.settleDown();
    assert.deepEqual(await faults(), []);
    const living = expectStatus(await org.get(`/orders?phone=${order.shipTo.phone}`), 200);
    for (const o of living.items) await org.post(`/orders/${o.id}/cancel`, { reason: 'end' });
    await app.settleDown();
    assert.deepEqual(await faults(), []);
    assert.deepEqual(await stockOf(org, 'B'), before);
  }
});

test('ORD-9 of many who undo a split while its parts are cancelled, either all parts live on or the whole does', async () => {
  const order = await paid([{ sku: 'A', quantity: 3 }]);
  const { orders } = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: order.lines[0].id, quantity: 1 }]] }),
    200,
  );
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      i % 4 === 3
        ? org.post(`/orders/${orders[i % 2].id}/cancel`, { reason: 'x' })
        : org.post(`/orders/${[order.id, orders[0].id, orders[1].id][i % 3]}/undo-split`),
    ),
  );
  const undone = answers.filter((a) => a.status === 200 && a.body.orders !== undefined).length;
  assert.ok(undone <= 1 && answers.every((a) => a.status < 500));
  await app.settleDown();
  assert.deepEqual(await faults(), []);
  const whole = expectStatus(await org.get(`/orders/${order.id}`), 200);
  const parts = await Promise.all(orders.map(async (o: Body) => (await org.get(`/orders/${o.id}`)).body.superseded));
  assert.deepEqual([whole.superseded, ...parts], undone === 1 ? [null, 'undone', 'undone'] : ['split', null, null]);
});

test('ORD-9 the database itself refuses parts that lose or invent a unit, a cent or a payment', async () => {
  const order = await paid([{ sku: 'B', quantity: 4 }]);
  const [line] = order.lines;
  const part = (id: string, quantity: number, over: object = {}) => ({
    order: {
      id,
      order_no: `${order.orderNo}-${id.slice(-8)}`,
      external_no: null,
      derived: 'split',
      goods_amount: quantity * 333,
      freight_amount: 0,
      total_amount: quantity * 333,
      paid_amount: quantity * 333,
      line_count: 1,
      unit_count: quantity,
      ...over,
    },
    line: {
      order_id: id,
      id: newId(),
      line_no: 1,
      origin_line_id: line.id,
      quantity,
      amount: quantity * 333,
      payable: quantity * 333,
    },
    fund: { order_id: id, payer_order_id: order.id, amount: quantity * 333, refunded: 0 },
  });
  type Part = ReturnType<typeof part>;
  const freight = order.freight.amount as number;
  const derive = (make: (ids: [string, string]) => Part[], rollBack = true) =>
    app.db.inTx({ orgId: org.id }, async (tx) => {
      const parts = make([newId(), newId()]);
      await tx.query('select orders.derive($1, $2, $3, $4, $5, $6, $7, $8)', [
        org.id,
        'split',
        [order.id],
        app.clock.now(),
        'test',
        JSON.stringify(parts.map((p) => p.order)),
        JSON.stringify(parts.map((p) => p.line)),
        JSON.stringify(parts.map((p) => p.fund)),
      ]);
      if (rollBack) throw new Error('taken');
    });
  const withFreight = (id: string, quantity: number): Part => {
    const whole = quantity * 333 + freight;
    const made = part(id, quantity, { freight_amount: freight, total_amount: whole, paid_amount: whole });
    return { ...made, fund: { ...made.fund, amount: whole } };
  };
  await assert.rejects(
    () => derive(([a, b]) => [withFreight(a, 1), part(b, 3)]),
    /^Error: taken$/,
    'a fair split is taken',
  );
  await assert.rejects(() => derive(([a, b]) => [withFreight(a, 1), part(b, 2)]), /lines are not carried on whole/);
  await assert.rejects(() => derive(([a, b]) => [withFreight(a, 2), part(b, 3)]), /lines are not carried on whole/);
  await assert.rejects(() => derive(([a, b]) => [part(a, 1), part(b, 3)]), /money is not carried on whole/);
  await assert.rejects(
    () => derive(([a, b]) => [withFreight(a, 1), { ...part(b, 3), fund: { ...part(b, 3).fund, amount: 998 } }]),
    /payments are not carried on whole/,
  );
  await assert.rejects(
    () => derive(([a, b]) => [withFreight(a, 1), part(b, 3, { unit_count: 4 })]),
    /lines and totals differ/,
  );
  assert.deepEqual(await faults(), []);
});
