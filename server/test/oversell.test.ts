import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { MINUTE_MS } from '#kernel/time.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, pay, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [], ['W1', 'W2', 'W3']);
});
after(() => app.close());

let goods = 0;
/** A SKU nobody has used, with units in W1, W2, W3. */
async function newSku(units: readonly number[], reserveOn: 'order' | 'payment' = 'order'): Promise<string> {
  goods += 1;
  const sku = `SKU-${goods}`;
  await addGoods(org, { sku, reserveOn });
  for (const [i, quantity] of units.entries())
    if (quantity > 0)
      expectStatus(await org.post('/stock/receipts', { warehouse: `W${i + 1}`, lines: [{ sku, quantity }] }), 201);
  return sku;
}

const ok = async (): Promise<void> => assert.equal((await org.get('/stock/audit')).body.ok, true);

test('ORD-18 200 buyers at once for 100 units: exactly 100 orders, whatever the batch boundaries', async () => {
  const sku = await newSku([60, 40, 0]);
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 23)); // arrivals fall into many batches
      return org.post('/orders', anOrder({ lines: [{ sku, quantity: 1 }] }));
    }),
  );
  const taken = answers.filter((a) => a.status === 201);
  assert.equal(taken.length, 100);
  assert.equal(new Set(taken.map((a) => a.body.orderNo)).size, 100);
  assert.ok(answers.every((a) => a.status === 201 || a.body.code === 'insufficient_stock'));
  assert.deepEqual(await stockOf(org, sku), { onHand: 100, reserved: 100, available: 0 });
  await ok();
});

test('ORD-18 the same through batches and single orders at once', async () => {
  const sku = await newSku([10, 10, 13]);
  const one = () => anOrder({ lines: [{ sku, quantity: 3 }] });
  const singles = Array.from({ length: 20 }, () => org.post('/orders', one()).then((a) => [a.status]));
  const batches = Array.from({ length: 4 }, () =>
    org
      .post('/orders/batch', { orders: Array.from({ length: 10 }, one) })
      .then((a) => a.body.results.map((r: { status: number }) => r.status) as number[]),
  );
  const statuses = (await Promise.all([...singles, ...batches])).flat();
  assert.equal(statuses.filter((s) => s === 201).length, 11, '33 units, three a piece');
  assert.deepEqual([...new Set(statuses)].toSorted(), [201, 422]);
  assert.equal((await stockOf(org, sku)).available, 0);
});

test('ORD-18 random carts on random stock: never more reserved than there is, refusals name exactly the short lines', async () => {
  const cart = fc.array(fc.record({ sku: fc.nat(2), quantity: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 1,
    maxLength: 4,
  });
  const world = fc.record({
    stock: fc.array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    carts: fc.array(cart, { minLength: 1, maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(world, async ({ stock, carts }) => {
      const skus = await Promise.all(stock.map((units) => newSku(units)));
      const left = stock.map((units) => units.reduce((a, b) => a + b, 0));
      const orders = carts.map((lines) =>
        anOrder({ lines: lines.map((l) => ({ sku: skus[l.sku], quantity: l.quantity })) }),
      );
      const { results } = expectStatus(await org.post('/orders/batch', { orders }), 200) as {
        results: { status: number; problem?: { errors: { path: string; available: number }[] } }[];
      };
      // first come, first served: the model walks the carts in the order given
      for (const [i, lines] of carts.entries()) {
        const need = [0, 1, 2].map((s) => lines.filter((l) => l.sku === s).reduce((n, l) => n + l.quantity, 0));
        const short = lines.flatMap((l, n) =>
          (need[l.sku] as number) > (left[l.sku] as number) ? [`lines[${n}].quantity`] : [],
        );
        const result = results[i];
        assert.equal(result?.status, short.length > 0 ? 422 : 201);
        if (short.length > 0)
          assert.deepEqual(
            result?.problem?.errors.map((e) => e.path),
            short,
          );
        else for (const s of [0, 1, 2]) left[s] = (left[s] as number) - (need[s] as number);
      }
      for (const [s, sku] of skus.entries()) {
        const levels = await stockOf(org, sku);
        assert.equal(levels.available, left[s]);
        assert.ok(levels.reserved <= levels.onHand);
      }
    }),
    { numRuns: 25 },
  );
  await ok();
});

/** Whole numbers below n, the same on every run. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

test('INV-2 a random program by eight workers at once leaves ledger, balances, orders and payments in agreement', async () => {
  const skus = [await newSku([30, 0, 5]), await newSku([8, 8, 8]), await newSku([20, 0, 0], 'payment')];
  const placed: string[] = [];
  const allowed = new Set([200, 201, 409, 422]);
  const program = (roll: (n: number) => number): Promise<Answer> => {
    const order = placed[roll(placed.length)];
    const sku = skus[roll(3)] as string;
    const what = order === undefined ? 0 : roll(12);
    if (what < 4)
      return org.post(
        '/orders',
        anOrder({
          lines: [
            { sku, quantity: 1 + roll(4) },
            { sku: skus[roll(3)], quantity: 1 + roll(3) },
          ],
        }),
      );
    if (what < 6) return org.post(`/orders/${order}/cancel`, { reason: 'random' });
    if (what < 9) return org.post(`/orders/${order}/payments`, { channel: 'sandbox' });
    if (what === 9)
      return org.post('/stock/receipts', { warehouse: `W${1 + roll(3)}`, lines: [{ sku, quantity: 1 + roll(5) }] });
    if (what === 10)
      return org.post('/stock/adjustments', {
        warehouse: `W${1 + roll(3)}`,
        reason: 'counted',
        lines: [{ sku, delta: roll(2) === 0 ? 1 : -1 - roll(4) }],
      });
    return org.post(`/orders/${order}/release`);
  };
  const worker = async (seed: number): Promise<void> => {
    const roll = dice(seed);
    for (let i = 0; i < 40; i += 1) {
      const answer = await program(roll);
      assert.ok(allowed.has(answer.status), JSON.stringify(answer.body));
      if (answer.status === 201 && answer.body.orderNo && answer.body.lines) placed.push(answer.body.id);
      if (answer.status === 201 && answer.body.payUrl)
        await org.post(`/sandbox/payments/${answer.body.id}/settle`, {
          outcome: roll(4) === 0 ? 'failure' : 'success',
          times: 1 + roll(2),
        });
    }
  };
  const clock = async (): Promise<void> => {
    for (let i = 0; i < 6; i += 1) {
      app.clock.pass(7 * MINUTE_MS); // some orders expire while others are paid
      await app.settleDown();
    }
  };
  await Promise.all([...Array.from({ length: 8 }, (_, i) => worker(i + 1)), clock()]);
  app.clock.pass(60 * MINUTE_MS);
  await app.settleDown();
  assert.deepEqual(await app.faults(), []);
  assert.ok(placed.length > 50);
  const open = (await org.get('/orders?status=pending_payment')).body.items;
  assert.deepEqual(open, [], 'what was not paid has expired');
  assert.deepEqual(app.logged, []);
});

test('PAY-2 fifty callbacks for one payment count once', async () => {
  const sku = await newSku([1, 0, 0]);
  const order = expectStatus(await org.post('/orders', anOrder({ lines: [{ sku, quantity: 1 }] })), 201);
  await pay(org, order.id, 50);
  await app.settleDown();
  const shown = (await org.get(`/orders/${order.id}`)).body;
  assert.deepEqual([shown.status, shown.paid], ['paid', shown.total]);
});
