import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { testDb, type TestDb } from '#kernel/testing/db.ts';
import { createProduct } from '#modules/catalog/index.ts';
import { allocateStock, stagePicked } from '../commands/allocate-stock.ts';
import { createAdjustment } from '../commands/adjust-stock.ts';
import { createWarehouse } from '../commands/create-warehouse.ts';
import { createReceipt } from '../commands/receive-stock.ts';
import { reserveForOrder, shipReserved } from '../commands/reserve-stock.ts';
import { setAsideMissing } from '../commands/set-aside-missing.ts';
import { inventoryModule } from '../index.ts';
import { auditStock } from '../queries/audit.ts';
import { inventorySettings } from '../settings.ts';
import { allocationsOf } from '../store/allocations.ts';
import { postMoves } from '../store/post.ts';
import { openTake } from './commands/open-take.ts';
import { recordCounts } from './commands/record-counts.ts';
import { ordersInTheWay, settleShort } from './commands/settle-short.ts';
import { submitTake } from './commands/submit-take.ts';
import { RecordCounts } from './schema.ts';

let house: TestDb;
let db: Db;
before(async () => {
  house = await testDb(16);
  db = house.db;
});
after(() => house.close());

const SKUS = ['S0', 'S1', 'S2'];
const BINS = ['B0', 'B1', 'B2', 'B3'];
const WORKERS = 4;
const STEPS = 22;

/** Random numbers that are the same for the same seed. */
function dice(seed: number): (n: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % n;
  };
}

/** One after the other for each name: what a shelf is, on which nobody takes and counts at the same instant. */
function turns() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(names: readonly string[], work: () => Promise<T>): Promise<T> => {
    const sorted = [...new Set(names)].toSorted();
    const before = Promise.all(sorted.map((n) => last.get(n)));
    const mine = before.then(work);
    mine.catch(() => undefined); // who asked for it looks at it
    for (const n of sorted)
      last.set(
        n,
        mine.catch(() => undefined),
      );
    return mine;
  };
}

type World = {
  orgId: string;
  warehouse: string;
  skuIds: Map<string, string>;
  binIds: Map<string, string>;
  /** What really stands on the shelves, good and sound: `bin/sku`. */
  shelf: Map<string, number>;
  submitting: boolean;
  at: ReturnType<typeof turns>;
  ready: { orderId: string; lineId: string; sku: string; bin: string; batch: string; quantity: number }[];
  ctx: () => Ctx;
  within: <T>(work: (tx: Tx, ctx: Ctx) => Promise<T>) => Promise<T>;
};

async function newWorld(roll: (n: number) => number): Promise<World> {
  const orgId = await house.org();
  const ctx = (): Ctx => systemCtx(orgId, new Date(), newId());
  const within: World['within'] = (work) => db.inTx({ orgId }, (tx) => work(tx, ctx()));
  const warehouse = await within((tx, c) => createWarehouse(tx, c, { code: 'W', name: 'W' }));
  await within(async (tx, c) => {
    await createProduct(tx, c, {
      code: 'P',
      title: 'P',
      category: 'c',
      attributes: {},
      skus: SKUS.map((sku) => ({ sku, price: { amount: 100, currency: 'CNY' as const } })),
    } as never);
    await inventorySettings.put(tx, c, {
      countRecountUnits: 1_000_000,
      countRecountValue: 1_000_000_000,
      countUnitsWithoutApproval: 1_000_000,
      countValueWithoutApproval: 1_000_000_000,
    });
  });
  const lines = SKUS.flatMap((sku) => BINS.map((bin) => ({ sku, bin, quantity: 4 + roll(8) })));
  await within((tx, c) => createReceipt(tx, c, { warehouse: 'W', lines }));
  const rows = await within((tx) =>
    tx.query<{ id: string; code: string }>('select id, code from inventory.bins where org_id = $1', [orgId]),
  );
  const skus = await within((tx) =>
    tx.query<{ id: string; sku: string }>('select id, sku from catalog.skus where org_id = $1', [orgId]),
  );
  // the book is wrong in places: things were lost, and put where nobody wrote it down
  const shelf = new Map(
    lines.map((l) => [`${l.bin}/${l.sku}`, roll(2) === 0 ? l.quantity : Math.max(0, l.quantity + roll(9) - 5)]),
  );
  return {
    orgId,
    warehouse: warehouse.id,
    skuIds: new Map(skus.map((s) => [s.sku, s.id])),
    binIds: new Map(rows.map((b) => [b.code, b.id])),
    shelf,
    submitting: false,
    at: turns(),
    ready: [],
    ctx,
    within,
  };
}

const idOf = (w: World, sku: string): string => w.skuIds.get(sku) as string;
const there = (w: World, bin: string, sku: string): number => w.shelf.get(`${bin}/${sku}`) ?? 0;
const put = (w: World, bin: string, sku: string, n: number): void => {
  assert.ok(there(w, bin, sku) + n >= 0, 'a shelf does not hold less than nothing');
  w.shelf.set(`${bin}/${sku}`, there(w, bin, sku) + n);
};
const lockOrder = (tx: Tx, id: string): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [id]);
/** What the business refuses changes nothing, on the shelf neither. */
const unlessRefused = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
};

async function step(w: World, roll: (n: number) => number): Promise<void> {
  const [sku, bin, other] = [
    SKUS[roll(SKUS.length)] as string,
    BINS[roll(BINS.length)] as string,
    BINS[roll(BINS.length)] as string,
  ];
  const quantity = 1 + roll(3);
  switch (roll(7)) {
    case 0:
      return w.at([bin], async () => {
        await w.within((tx, c) => createReceipt(tx, c, { warehouse: 'W', lines: [{ sku, bin, quantity }] }));
        put(w, bin, sku, quantity);
      });
    case 1: {
      if (bin === other) return;
      return w.at([bin, other], async () => {
        if (there(w, bin, sku) < quantity) return;
        const move = { skuId: idOf(w, sku), warehouseId: w.warehouse, kind: 'move' as const, docId: newId() };
        await unlessRefused(
          w
            .within((tx, c) =>
              postMoves(tx, c, [
                { ...move, binId: w.binIds.get(other), onHand: quantity },
                { ...move, binId: w.binIds.get(bin), onHand: -quantity },
              ]),
            )
            .then(() => {
              put(w, bin, sku, -quantity);
              put(w, other, sku, quantity);
            }),
        );
      });
    }
    case 2: // a correction of the book: the shelf stays as it is. After the count it would make a right book wrong
      if (w.submitting) return;
      return unlessRefused(
        w.at([bin], () =>
          w.within((tx, c) =>
            createAdjustment(tx, c, {
              warehouse: 'W',
              reason: 'correction',
              lines: [{ sku, bin, delta: roll(2) === 0 ? quantity : -quantity, bucket: 'on_hand' }],
            }),
          ),
        ),
      );
    case 3:
    case 4:
      return sell(w, sku, quantity);
    default:
      return pickAndShip(w);
  }
}

/** An order is placed and given its bins. */
async function sell(w: World, sku: string, quantity: number): Promise<void> {
  const [orderId, lineId] = [newId(), newId()];
  await unlessRefused(
    w.within(async (tx, c) => {
      await lockOrder(tx, orderId);
      await reserveForOrder(tx, c, orderId, [{ lineId, skuId: idOf(w, sku), quantity }]);
      await allocateStock(tx, c, [{ orderId, lineId, skuId: idOf(w, sku), warehouseId: w.warehouse, quantity }]);
    }),
  );
  w.ready.push({ orderId, lineId, sku, bin: '', batch: '', quantity });
}

/** Units of an order are taken from the shelf, as many as are really there; the rest is reported as not found. Then it ships. */
async function pickAndShip(w: World): Promise<void> {
  const order = w.ready.shift();
  if (!order) return;
  await w.at(BINS, async () => {
    const taken: { bin: string; quantity: number }[] = [];
    await w.within(async (tx, c) => {
      taken.length = 0;
      await lockOrder(tx, order.orderId);
      const codes = new Map([...w.binIds].map(([code, id]) => [id, code]));
      let shipped = 0;
      for (const a of await allocationsOf(tx, [order.orderId])) {
        const bin = codes.get(a.bin_id) as string;
        const found = Math.min(a.quantity, there(w, bin, order.sku));
        const unit = { orderId: order.orderId, lineId: order.lineId, binId: a.bin_id, batchId: a.batch_id };
        if (found > 0)
          await stagePicked(tx, c, {
            docId: order.orderId,
            warehouseId: w.warehouse,
            units: [{ ...unit, quantity: found }],
          });
        if (found < a.quantity)
          await setAsideMissing(tx, c, {
            ...unit,
            quantity: a.quantity - found,
            reason: 'short pick',
          });
        taken.push({ bin, quantity: found });
        shipped += found;
      }
      if (shipped > 0)
        await shipReserved(tx, c, {
          orderId: order.orderId,
          docId: newId(),
          lines: [{ lineId: order.lineId, skuId: idOf(w, order.sku), warehouseId: w.warehouse, quantity: shipped }],
        });
    });
    for (const t of taken) put(w, t.bin, order.sku, -t.quantity);
  });
}

/** Counts a bin as it is seen; sometimes what was seen is sent a while later, as from a device without a connection. */
async function countBin(w: World, takeId: string, bin: string, roll: (n: number) => number): Promise<void> {
  const isLate = roll(2) === 0;
  let seen: { sku: string; quantity: number }[] = [];
  const look = (): void => {
    seen = SKUS.map((sku) => ({ sku, quantity: there(w, bin, sku) })).filter((s) => s.quantity > 0);
  };
  const send = (countedAt?: string) => {
    const when = countedAt === undefined ? {} : { countedAt };
    const counts = [...seen.map((s) => ({ bin, ...s, ...when })), { bin, mode: 'done', ...when }];
    return w.within((tx, c) => recordCounts(tx, c, RecordCounts.parse({ takeId, counts })));
  };
  if (!isLate) {
    await w.at([bin], async () => {
      look();
      await send();
    });
    return;
  }
  const at = await w.at([bin], async () => {
    await pause(3); // what moved before has an earlier time
    look();
    const now = new Date().toISOString();
    await pause(3);
    return now;
  });
  await pause(150 + roll(60));
  await send(at);
}

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8])
  test(`INV-5 whatever moves while it is counted and approved, the book is what stands on the shelf afterwards (program ${seed})`, async () => {
    const roll = dice(seed);
    const w = await newWorld(roll);
    const take = await w.within((tx, c) =>
      openTake(tx, c, { warehouse: 'W', kind: 'cycle', blind: true, scope: { bins: BINS }, note: '' }),
    );
    const workers = Array.from({ length: WORKERS }, async (_, i) => {
      const own = dice(seed * 100 + i);
      for (let n = 0; n < STEPS; n += 1) {
        await step(w, own);
        await pause(own(12));
      }
    });
    await Promise.all(BINS.map((bin, i) => pause(roll(60)).then(() => countBin(w, take.id, bin, dice(seed * 7 + i)))));
    w.submitting = true;
    await w.at(BINS, async () => undefined); // corrections on their way are in
    const posted = await w.within((tx, c) => submitTake(tx, c, { takeId: take.id, leaveUncounted: false }));
    assert.equal(posted.state, 'posted');
    const waiting = (): Promise<unknown[]> =>
      w.within((tx) =>
        tx.query(
          `select 1 from inventory.stock_take_lines where org_id = $1 and take_id = $2 and outcome = 'waiting'`,
          [w.orgId, take.id],
        ),
      );
    for (let round = 0; round < 50 && (await waiting()).length > 0; round += 1)
      await w.within(async (tx, c) => {
        const orders = await ordersInTheWay(tx, take.id, new Set());
        for (const id of orders) await lockOrder(tx, id);
        await settleShort(tx, c, take.id, { may: new Set(orders), cannot: new Set() });
      });
    await Promise.all(workers);
    await agrees(w, take.id);
  });

async function agrees(w: World, takeId: string): Promise<void> {
  await db.read({ orgId: w.orgId }, async (tx) => {
    const lines = await tx.query<{ outcome: string; n: number }>(
      'select outcome, count(*)::int as n from inventory.stock_take_lines where org_id = $1 and take_id = $2 group by 1',
      [w.orgId, takeId],
    );
    assert.deepEqual(
      lines.filter((l) => !['posted', 'same'].includes(l.outcome)),
      [],
      'all was booked',
    );
    const rows = await tx.query<{ bin: string; sku: string; state: string; quantity: number }>(
      `select b.code as bin, k.sku, s.state, sum(s.quantity)::int as quantity from inventory.bin_stock s join inventory.bins b on b.id = s.bin_id
         join catalog.skus k on k.id = s.sku_id where s.org_id = $1 and b.kind = 'storage' group by 1, 2, 3`,
      [w.orgId],
    );
    const book = new Map(rows.map((r) => [`${r.bin}/${r.sku}/${r.state}`, r.quantity]));
    for (const bin of BINS)
      for (const sku of SKUS) {
        assert.equal(book.get(`${bin}/${sku}/frozen`) ?? 0, 0, `${bin} ${sku}: nothing is set aside any more`);
        assert.equal(book.get(`${bin}/${sku}/good`) ?? 0, there(w, bin, sku), `${bin} ${sku}`);
      }
    assert.deepEqual((await auditStock(tx)).mismatches, []);
    for (const invariant of inventoryModule.invariants ?? []) assert.deepEqual(await invariant.check(tx), []);
  });
}
