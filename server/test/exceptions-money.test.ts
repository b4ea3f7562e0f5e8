import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { DAY_MS } from '#kernel/time.ts';
import { type Answer, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp({ clock: stoppedClock() });
  org = await app.org();
  await openShop(org, [{ sku: 'FILL', price: 700, stock: { W1: 10_000 } }]);
  const now = app.clock.now().getTime();
  expectStatus(
    await org.post('/offers', {
      code: 'UNEVEN',
      title: '满减',
      kind: 'threshold_reduction',
      startsAt: new Date(now - DAY_MS).toISOString(),
      endsAt: new Date(now + DAY_MS).toISOString(),
      tiers: [{ spend: 1000, off: 333 }],
      repeat: true,
    }),
    201,
  );
});
after(() => app.close());

let n = 0;
type Goods = { quantity: number; price: number; siblingPrice: number };

/** An order that is paid and lacks everything of `goods`; cheaper and dearer siblings are in stock. */
async function shortOrder(goods: readonly Goods[], filled: number): Promise<{ id: string; skus: string[] }> {
  const skus: string[] = [];
  for (const g of goods) {
    n += 1;
    const sku = (code: string, amount: number) => ({
      sku: code,
      price: { amount, currency: 'CNY' },
      reserveOn: 'payment',
    });
    const product = {
      code: `M${n}`,
      title: 'x',
      category: 'x',
      skus: [sku(`M${n}`, g.price), sku(`M${n}-B`, g.siblingPrice)],
    };
    expectStatus(await org.post('/products', product), 201);
    const lines = [
      { sku: `M${n}`, quantity: g.quantity },
      { sku: `M${n}-B`, quantity: 100 },
    ];
    expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines }), 201);
    skus.push(`M${n}`);
  }
  const phone = phoneOf(30_000 + n);
  const wanted = skus.map((sku, i) => ({ sku, quantity: goods[i]?.quantity ?? 1 }));
  const more = filled > 0 ? [{ sku: 'FILL', quantity: filled }] : [];
  const order = await place(org, { lines: [...wanted, ...more], shipTo: { ...SHIP_TO, phone }, customer: { phone } });
  await place(org, { lines: wanted, payment: 'prepaid' });
  await pay(org, order.id);
  await app.settleDown();
  return { id: order.id, skus };
}

const openOf = async (orderId: string): Promise<Body[]> =>
  expectStatus(await org.get(`/exceptions?orderId=${orderId}&limit=200`), 200).items;

type Move = { do: 'refund' | 'substitute' | 'wait' | 'receive'; which: number; units: number };
const moves = fc.array(
  fc.record({
    do: fc.constantFrom<Move['do']>('refund', 'substitute', 'wait', 'receive'),
    which: fc.nat(2),
    units: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 5 },
);
const someGoods = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 7 }),
    price: fc.integer({ min: 1, max: 999 }),
    siblingPrice: fc.integer({ min: 1, max: 1500 }),
  }),
  { minLength: 1, maxLength: 3 },
);

async function play(move: Move, order: { id: string; skus: string[] }): Promise<void> {
  const sku = order.skus[move.which % order.skus.length] as string;
  if (move.do === 'receive') {
    const lines = [{ sku, quantity: move.units }];
    expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines }), 201);
    return;
  }
  const open = await openOf(order.id);
  const e = open[move.which % Math.max(open.length, 1)];
  if (!e) return;
  const answer =
    move.do === 'substitute'
      ? { kind: 'substitute', sku: `${e.sku}-B` }
      : move.do === 'wait'
        ? { kind: 'wait', expectedAt: new Date(app.clock.now().getTime() + DAY_MS).toISOString() }
        : { kind: 'refund' };
  const done = await org.post(`/exceptions/${e.id}/answer`, { answer });
  // the stock may have come meanwhile: then there is nothing to answer
  if (done.status !== 200) assert.equal(done.body.code, 'nothing_missing', JSON.stringify(done.body));
}

test('ORD-11 whatever is chosen for what is missing, in any order: every unit and cent is where it should be', async () => {
  await fc.assert(
    fc.asyncProperty(someGoods, fc.nat(3), moves, async (goods, filled, played) => {
      const order = await shortOrder(goods, filled);
      for (const move of played) {
        await play(move, order);
        await app.settleDown();
        const now = await orderOf(org, order.id);
        const says = JSON.stringify({ now: now.lines, move });
        assert.deepEqual([now.due.amount, now.overpaid.amount], [0, 0], says);
        assert.deepEqual(await app.faults(), [], says);
        const open = await openOf(order.id);
        assert.equal(open.length > 0, now.holds.includes('shortage'), says);
        if (now.status === 'cancelled') assert.equal(now.refunded.amount, now.paid.amount);
      }
    }),
    { numRuns: 12 },
  );
});

test('ORD-11 an answer and the goods at the same moment: one of them wins, and nothing is promised twice', async () => {
  for (let round = 0; round < 8; round += 1) {
    const order = await shortOrder([{ quantity: 3, price: 500, siblingPrice: 400 }], 1);
    const [e] = await openOf(order.id);
    const lines = [{ sku: order.skus[0], quantity: 3 }];
    const [answered] = await Promise.all([
      org.post(`/exceptions/${e.id}/answer`, { answer: { kind: 'refund' } }),
      org.post('/stock/receipts', { warehouse: 'W1', lines }).then(() => app.settleDown()),
    ]);
    await app.settleDown();
    const now = await orderOf(org, order.id);
    const [line] = now.lines;
    assert.equal(line.cancelled + line.reserved, 3);
    assert.equal(now.refunded.amount > 0, line.cancelled > 0);
    if (answered.status !== 200) assert.ok(['nothing_missing', 'transition_refused'].includes(answered.body.code));
    assert.deepEqual(now.holds, []);
  }
  assert.deepEqual(await app.faults(), []);
});
