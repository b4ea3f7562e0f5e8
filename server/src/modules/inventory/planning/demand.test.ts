import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { someCtx, testDb, type TestDb } from '#kernel/testing/db.ts';
import { after as later, DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { createWarehouse } from '../commands/create-warehouse.ts';
import { moveReservations } from '../commands/move-reservations.ts';
import { releaseForOrder, reserveForOrder, returnIn, shipReserved } from '../commands/reserve-stock.ts';
import { setAsideMissing } from '../commands/set-aside-missing.ts';
import { postMoves } from '../store/post.ts';
import { reservationsOfOrder } from '../store/reservations.ts';
import { catchUpDemand } from './nightly.ts';
import { countDemand, demandMismatches, demandOf, recordPastDemand } from './store/demand.ts';

let world: TestDb;
before(async () => {
  world = await testDb();
});
after(() => world.close());

const NOW = new Date('2026-11-22T04:00:00Z');
const at = (orgId: string, now = NOW): Ctx => someCtx(orgId, { now });

async function shop(
  skus: number,
  warehouses = 1,
): Promise<{ orgId: string; ctx: Ctx; skuIds: string[]; where: string[] }> {
  const orgId = await world.org();
  const ctx = at(orgId);
  const skuIds = Array.from({ length: skus }, () => newId());
  const where = await world.db.inTx(ctx, async (tx) => {
    const ids: string[] = [];
    for (let w = 0; w < warehouses; w += 1)
      ids.push((await createWarehouse(tx, ctx, { code: `W${w}`, name: 'W', priority: w })).id);
    const moves = skuIds.flatMap((skuId) =>
      ids.map((warehouseId) => ({ skuId, warehouseId, kind: 'receive' as const, onHand: 1_000_000, docId: newId() })),
    );
    await postMoves(tx, ctx, moves);
    return ids;
  });
  return { orgId, ctx, skuIds, where };
}

/** An order's id, of the moment at which it was placed. */
const orderAt = (moment: Date): string => newId(moment.getTime());
const reserve = (tx: Tx, ctx: Ctx, orderId: string, skuId: string, quantity: number, lineId = newId()): Promise<void> =>
  reserveForOrder(tx, ctx, orderId, [{ lineId, skuId, quantity }]);

async function daysOf(orgId: string, skuId: string): Promise<Record<string, number>> {
  const rows = await world.db.read({ orgId }, (tx) =>
    tx.query<{ day: string; units: number }>(
      'select day::text as day, sum(units)::bigint as units from inventory.demand_days where org_id = $1 and sku_id = $2 and units > 0 group by 1 order by 1',
      [orgId, skuId],
    ),
  );
  return Object.fromEntries(rows.map((r) => [r.day, r.units]));
}
const mismatches = (orgId: string): Promise<string[]> => world.db.read({ orgId }, (tx) => demandMismatches(tx));

test('INV-6 demand is what was ordered and not given back, on the local day on which the order was placed', async () => {
  const { orgId, ctx, skuIds } = await shop(1);
  const sku = skuIds[0] as string;
  const [evening, night] = [new Date('2026-11-20T15:59:59Z'), new Date('2026-11-20T16:00:00Z')]; // midnight in Shanghai
  const [first, second, third] = [orderAt(evening), orderAt(night), orderAt(night)];
  await world.db.inTx(ctx, async (tx) => {
    await reserve(tx, ctx, first, sku, 5);
    await reserve(tx, ctx, second, sku, 7);
    await reserve(tx, ctx, third, sku, 11);
  });
  assert.equal(await catchUpDemand(world.db, ctx), true);
  assert.deepEqual(await daysOf(orgId, sku), { '2026-11-20': 5, '2026-11-21': 18 });
  await world.db.inTx(ctx, (tx) => releaseForOrder(tx, ctx, third)); // cancelled days later: it was no demand of its day
  await world.db.inTx(ctx, async (tx) => {
    const lines = (await reservationsOfOrder(tx, second)).map((r) => ({
      lineId: r.line_id,
      skuId: r.sku_id,
      warehouseId: r.warehouse_id,
      quantity: r.quantity,
    }));
    await shipReserved(tx, ctx, { orderId: second, docId: newId(), lines });
    await returnIn(tx, ctx, { docId: newId(), lines }); // what comes back was asked for all the same
  });
  await catchUpDemand(world.db, ctx);
  await catchUpDemand(world.db, ctx);
  assert.deepEqual(await daysOf(orgId, sku), { '2026-11-20': 5, '2026-11-21': 7 });
  assert.deepEqual(await mismatches(orgId), []);
});

test('INV-6 a move that is committed after a later one was counted is not missed', async () => {
  const { orgId, ctx, skuIds } = await shop(2);
  const [slow, fast] = skuIds as [string, string];
  let finish: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (finish = resolve));
  let written: () => void = () => undefined;
  const wrote = new Promise<void>((resolve) => (written = resolve));
  const open = world.db.inTx(ctx, async (tx) => {
    await reserve(tx, ctx, orderAt(NOW), slow, 3); // has its number in the ledger, and is not committed
    written();
    await gate;
  });
  await wrote;
  await world.db.inTx(ctx, (tx) => reserve(tx, ctx, orderAt(NOW), fast, 4));
  assert.equal(await catchUpDemand(world.db, ctx, 300), false, 'it says that not everything is counted');
  assert.deepEqual(await daysOf(orgId, fast), {}, 'what lies behind the open transaction waits');
  finish();
  await open;
  assert.equal(await catchUpDemand(world.db, ctx), true);
  assert.deepEqual([await daysOf(orgId, slow), await daysOf(orgId, fast)], [{ '2026-11-22': 3 }, { '2026-11-22': 4 }]);
  assert.deepEqual(await mismatches(orgId), []);
});

test('INV-6 after random work of many at once, counted by several at once, the days are what a slow recount finds', async () => {
  const { orgId, ctx, skuIds } = await shop(6, 2);
  let seed = 7;
  const below = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const orders: { id: string; lineId: string }[] = [];
  const turn = async (): Promise<void> => {
    const moment = later(NOW, -below(20) * DAY_MS - below(24) * HOUR_MS);
    const sku = skuIds[below(skuIds.length)] as string;
    const known = orders[below(orders.length + 1)];
    const act = below(10);
    const [linger, fails, units] = [below(4) === 0 ? below(15) : 0, below(6) === 0, 1 + below(9)];
    const id = orderAt(moment);
    const lineId = newId();
    try {
      await world.db.inTx(ctx, async (tx) => {
        if (act < 6 || !known) await reserve(tx, ctx, id, sku, units, lineId);
        else {
          await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 9))', [known.id]); // as the order's lock would
          const held = await reservationsOfOrder(tx, known.id);
          const [one] = held;
          if (act === 6) await releaseForOrder(tx, ctx, known.id);
          else if (one && act === 7)
            await shipReserved(tx, ctx, {
              orderId: known.id,
              docId: newId(),
              lines: [
                { lineId: one.line_id, skuId: one.sku_id, warehouseId: one.warehouse_id, quantity: one.quantity },
              ],
            });
          else if (one && act === 8)
            await moveReservations(
              tx,
              ctx,
              [
                {
                  from: { orderId: known.id, lineId: one.line_id },
                  to: { orderId: id, lineId },
                  skuId: one.sku_id,
                  warehouseId: one.warehouse_id,
                  quantity: 1,
                },
              ],
              'split',
            );
          else if (one)
            await setAsideMissing(tx, ctx, { orderId: known.id, lineId: one.line_id, quantity: 1, reason: 'gone' });
        }
        if (linger > 0) await tx.query('select pg_sleep($1)', [linger / 1000]);
        if (fails) throw new Error('thought better of it');
      });
      if (act < 6 || !known || act === 8) orders.push({ id, lineId });
    } catch (error) {
      if ((error as Error).message !== 'thought better of it') throw error;
    }
  };
  let done = false;
  const counting = Array.from({ length: 3 }, async () => {
    while (!done) {
      await world.db.inTx(ctx, (tx) => countDemand(tx, NOW));
      await new Promise((resolve) => setTimeout(resolve, below(8)));
    }
  });
  try {
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 60; i += 1) await turn();
      }),
    );
  } finally {
    done = true;
  }
  await Promise.all(counting);
  assert.equal(await catchUpDemand(world.db, ctx), true);
  assert.deepEqual(await mismatches(orgId), []);
  // and by another way: what orders hold and what left for them, per SKU
  const [sums] = await world.db.read(ctx, (tx) =>
    tx.query<{ counted: number; wanted: number }>(
      `select (select sum(units)::bigint from inventory.demand_days where org_id = $1) as counted,
              (select sum(quantity)::bigint from inventory.reservations where org_id = $1) - (select coalesce(sum(on_hand_d), 0)::bigint from inventory.moves where org_id = $1 and kind = 'ship') as wanted`,
      [orgId],
    ),
  );
  assert.ok((sums?.counted ?? 0) > 100);
  assert.equal(sums?.counted, sums?.wanted);
});

test('INV-6 an organisation that moves to another time zone has its days counted anew', async () => {
  const { orgId, ctx, skuIds } = await shop(1);
  const sku = skuIds[0] as string;
  await world.db.inTx(ctx, (tx) => reserve(tx, ctx, orderAt(new Date('2026-11-20T20:00:00Z')), sku, 2));
  await catchUpDemand(world.db, ctx);
  assert.deepEqual(await daysOf(orgId, sku), { '2026-11-21': 2 });
  await world.db.systemTx((tx) =>
    tx.query(`update kernel.orgs set time_zone = 'Europe/London' where id = $1`, [orgId]),
  );
  await catchUpDemand(world.db, ctx);
  assert.deepEqual(await daysOf(orgId, sku), { '2026-11-20': 2 });
  assert.deepEqual(await mismatches(orgId), []);
});

test('INV-6 documents whose id tells no moment count on the day they were booked', async () => {
  const { orgId, ctx, skuIds } = await shop(1);
  const sku = skuIds[0] as string;
  await world.db.inTx(ctx, (tx) => reserve(tx, ctx, '2c5ea4c0-4067-41d8-8ad0-1d0d6b8a0c6f', sku, 9));
  await catchUpDemand(world.db, ctx);
  assert.deepEqual(await daysOf(orgId, sku), { '2026-11-22': 9 });
});

test('INV-6 demand of imported orders adds up, and counts where stock is taken from first', async () => {
  const { orgId, ctx, skuIds, where } = await shop(1, 2);
  const sku = skuIds[0] as string;
  await world.db.inTx(ctx, async (tx) => {
    await recordPastDemand(tx, [
      { skuId: sku, day: '2026-11-01', units: 3 },
      { skuId: sku, day: '2026-11-01', units: 4 },
    ]);
    await recordPastDemand(tx, [{ skuId: sku, day: '2026-11-01', units: 1 }]);
    await reserve(tx, ctx, orderAt(NOW), sku, 6);
  });
  await catchUpDemand(world.db, ctx);
  const span = { from: '2026-11-01', to: '2026-11-23' };
  const rows = await world.db.read({ orgId }, (tx) => demandOf(tx, [sku], span, where[0] as string));
  assert.deepEqual(
    rows.map((r) => [r.warehouse_id === where[0], r.nth, r.units]),
    [[true, [0, 21], [8, 6]]],
  );
});

test('INV-6 a mismatch between the days and the ledger is found', async () => {
  const { orgId, ctx, skuIds } = await shop(1);
  await world.db.inTx(ctx, (tx) => reserve(tx, ctx, orderAt(NOW), skuIds[0] as string, 6));
  await catchUpDemand(world.db, ctx);
  await world.db.inTx(ctx, (tx) => tx.query('update inventory.demand_days set units = 5'));
  assert.deepEqual(await mismatches(orgId), [`${skuIds[0]} 2026-11-22: 5 counted, 6 in the ledger`]);
});
