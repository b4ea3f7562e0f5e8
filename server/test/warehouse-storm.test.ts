import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { allSubscribers } from '#app/wiring.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import { type Answer, testApp } from './support/app.ts';
import { anOrder, expectStatus, openShop } from './support/shop.ts';

const WORKERS = 20;
const STEPS = 18;
const SKUS = ['A', 'B', 'C', 'D', 'E'];
const WAREHOUSES = ['W1', 'W2'];
const BINS = ['A-1', 'A-2', 'B-1', 'B-2', 'C-1'];

const app = await testApp({ poolMax: 24 });
after(() => app.close());
const org = await app.org();
await openShop(
  org,
  SKUS.map((sku) => ({ sku, stock: { W1: 60, W2: 40 } })),
  WAREHOUSES,
);
// counts of this size are booked at once: nobody else is here to approve them
expectStatus(
  await org.api('PUT', '/settings/inventory', {
    values: {
      countRecountUnits: 1000,
      countRecountValue: 1_000_000_000,
      countUnitsWithoutApproval: 1000,
      countValueWithoutApproval: 1_000_000_000,
    },
  }),
  200,
);

/** Numbers that look random and are the same on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return Math.abs(state ^ (state >>> 13)) % below;
  };
}

const counts = new Map<string, number>();
const refused = new Map<string, number>();
const add = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

/** Every answer is a success or a refusal; anything else is ours. */
function note(what: string, answer: Answer): Answer {
  if (answer.status < 300) add(counts, what);
  else {
    assert.ok(
      [400, 404, 409, 412, 422].includes(answer.status),
      `${what}: ${answer.status} ${JSON.stringify(answer.body)}`,
    );
    add(refused, `${what} ${answer.body.code}`);
  }
  return answer;
}

/** Sends a request twice at once, as a handheld does that has lost the answer: both say the same, or one that it is done. */
async function twice(what: string, path: string, body: Record<string, unknown>): Promise<Answer> {
  const headers = { 'idempotency-key': randomUUID() };
  const [first, second] = await Promise.all([org.post(path, body, headers), org.post(path, body, headers)]);
  note(`${what} again`, second);
  return note(what, first);
}

type Pick = {
  id: string;
  orderId: string;
  lines: { lineId: string; sku: string; quantity: number; scanned: number }[];
};
type TakeLine = { bin: string; sku: string; batch: string | null; state: string; book: number | null };
const shared = {
  orders: [] as string[],
  picks: [] as Pick[],
  parcels: [] as string[],
  documents: [] as string[],
  transfers: [] as string[],
  shipments: [] as string[],
};

function worker(seed: number) {
  const below = numbers(seed);
  const of = <T>(all: readonly T[]): T | undefined => all[below(Math.max(all.length, 1))];
  const sku = (): string => of(SKUS) as string;
  const warehouse = (): string => of(WAREHOUSES) as string;
  const bin = (): Record<string, string> => (below(3) === 0 ? {} : { bin: of(BINS) as string });
  const keep = (list: string[], answer: Answer): void => {
    if (answer.status === 201) list.push(answer.body.id);
  };
  const document = async (what: string, path: string, body: Record<string, unknown>): Promise<void> =>
    keep(shared.documents, await twice(what, path, body));

  const receive = (): Promise<void> => {
    const s = sku();
    const no = below(3);
    const of7 = below(2) === 0 ? {} : { batch: `${s}${no}`, expiresOn: `203${no}-01-01` };
    return document('receive', '/stock/receipts', {
      warehouse: warehouse(),
      lines: [{ sku: s, quantity: 1 + below(20), ...bin(), ...of7 }],
    });
  };
  const order = async (): Promise<void> => {
    const lines = [...new Set([sku(), sku()])].map((s) => ({ sku: s, quantity: 1 + below(3) }));
    const answer = await twice('order', '/orders', anOrder({ payment: 'prepaid', lines }));
    keep(shared.orders, answer);
  };
  const wave = async (): Promise<void> => {
    const answer = await twice('wave', '/waves', {
      warehouse: warehouse(),
      limit: 4,
      mode: below(2) ? 'batch' : 'single',
    });
    if (answer.status === 201) shared.picks.push(...answer.body.picks);
  };
  const pick = async (): Promise<void> => {
    const p = of(shared.picks);
    if (!p) return wave();
    const line = of(p.lines) as Pick['lines'][number];
    const body = { code: line.sku, quantity: 1 + below(line.quantity), scanId: randomUUID() };
    const [a, b] = await Promise.all([org.post(`/picks/${p.id}/scan`, body), org.post(`/picks/${p.id}/scan`, body)]);
    note('pick', a);
    note('pick again', b);
  };
  const short = async (): Promise<void> => {
    const p = of(shared.picks);
    if (!p) return wave();
    const line = of(p.lines) as Pick['lines'][number];
    const body = { lineId: line.lineId, missing: 1, scanId: randomUUID() };
    const [a, b] = await Promise.all([org.post(`/picks/${p.id}/short`, body), org.post(`/picks/${p.id}/short`, body)]);
    note('short', a);
    note('short again', b);
  };
  const ship = async (): Promise<void> => {
    const orderId = of(shared.orders);
    if (orderId === undefined) return order();
    const made = await twice('parcel', '/parcels', { orderId });
    const id = made.status === 201 ? made.body.id : of(shared.parcels);
    if (id === undefined) return;
    if (made.status === 201) shared.parcels.push(id);
    for (const line of made.body.lines ?? [])
      note(
        'pack',
        await org.post(`/parcels/${id}/scan`, { code: line.sku, quantity: line.quantity, scanId: randomUUID() }),
      );
    const all = await Promise.all(
      Array.from({ length: 3 }, () => org.post(`/parcels/${id}/ship`, { carrier: 'sandbox' })),
    );
    for (const answer of all) note('ship', answer);
    const shipped = all.find((a) => a.status === 200);
    if (shipped) shared.shipments.push(shipped.body.shipmentId);
  };
  const pickWholeAndShip = async (): Promise<void> => {
    const p = of(shared.picks);
    if (!p) return wave();
    for (const line of p.lines)
      note(
        'pick',
        await org.post(`/picks/${p.id}/scan`, { code: line.sku, quantity: line.quantity, scanId: randomUUID() }),
      );
    const made = await twice('parcel', '/parcels', { orderId: p.orderId });
    if (made.status !== 201) return;
    for (const line of made.body.lines)
      note(
        'pack',
        await org.post(`/parcels/${made.body.id}/scan`, {
          code: line.sku,
          quantity: line.quantity,
          scanId: randomUUID(),
        }),
      );
    const shipped = note('ship', await org.post(`/parcels/${made.body.id}/ship`, { carrier: 'sandbox' }));
    if (shipped.status === 200) shared.shipments.push(shipped.body.shipmentId);
  };
  /** The carrier brings a parcel back, and tells it twice. */
  const comeBack = async (): Promise<void> => {
    const id = of(shared.shipments);
    if (id === undefined) return pickWholeAndShip();
    const told = note('come back', await org.post(`/sandbox/shipments/${id}/advance`, { to: 'returned', times: 2 }));
    for (const { status } of told.body.pushes ?? []) assert.equal(status, 200, 'the push was taken');
  };
  /** Counts a few bins, a little off here and there, while others work in them. */
  const count = async (): Promise<void> => {
    const bins = [...new Set([of(BINS), of(BINS)])];
    const made = await twice('take', '/stock-takes', { warehouse: warehouse(), kind: 'cycle', scope: { bins } });
    if (made.status !== 201) return;
    const path = `/stock-takes/${made.body.id}`;
    const { items } = expectStatus(await org.get(`${path}/lines?limit=200`), 200);
    const counts = (items as TakeLine[]).map(({ bin: at, sku: counted, batch, state, book }) => ({
      bin: at,
      sku: counted,
      ...(batch === null ? {} : { batch }),
      state,
      mode: 'set',
      quantity: Math.max(0, (book ?? 0) + (below(3) === 0 ? below(5) - 2 : 0)),
      scanId: randomUUID(),
    }));
    counts.push({ bin: bins[0] as string, sku: sku(), state: 'good', mode: 'set', quantity: 1, scanId: randomUUID() });
    const [a, b] = await Promise.all([org.post(`${path}/counts`, { counts }), org.post(`${path}/counts`, { counts })]);
    note('count', a);
    note('count again', b);
    const submitted = await twice('submit count', `${path}/submit`, {});
    if (submitted.status >= 300) note('end count', await org.post(`${path}/cancel`, { why: '改期' }));
  };
  const transfer = async (): Promise<void> => {
    const open = shared.transfers.pop();
    if (open !== undefined && below(2) === 0) {
      const both = await Promise.all([
        org.post(`/stock/transfers/${open}/receive`),
        org.post(`/stock/transfers/${open}/receive`),
      ]);
      for (const answer of both) note('transfer in', answer);
      return;
    }
    if (open !== undefined) shared.transfers.push(open);
    const [from, to] = below(2) === 0 ? WAREHOUSES : WAREHOUSES.toReversed();
    const answer = await twice('transfer', '/stock/transfers', {
      from,
      to,
      lines: [{ sku: sku(), quantity: 1 + below(5) }],
    });
    keep(shared.transfers, answer);
    keep(shared.documents, answer);
  };
  const steps: (() => Promise<void>)[] = [
    receive,
    order,
    order,
    order,
    wave,
    pick,
    pick,
    short,
    ship,
    pickWholeAndShip,
    pickWholeAndShip,
    transfer,
    comeBack,
    count,
    () =>
      document('adjust', '/stock/adjustments', {
        warehouse: warehouse(),
        reason: '盘点差异',
        lines: [
          { sku: sku(), delta: below(9) - 4 || 1, bucket: of(['on_hand', 'damaged', 'frozen'] as const), ...bin() },
        ],
      }),
    () =>
      document('state', `/stock/${of(['freezes', 'unfreezes', 'damages'] as const)}`, {
        warehouse: warehouse(),
        reason: '抽查',
        lines: [{ sku: sku(), quantity: 1 + below(4), ...bin() }],
      }),
    () =>
      document('scrap', '/stock/scraps', {
        warehouse: warehouse(),
        reason: '报废',
        lines: [{ sku: sku(), quantity: 1 }],
      }),
    () =>
      document('move', '/stock/relocations', {
        warehouse: warehouse(),
        lines: [{ sku: sku(), quantity: 1 + below(5), from: of([...BINS, 'FLOOR', 'STAGE']), to: of(BINS) }],
      }),
    async () => {
      const id = of(shared.documents);
      if (id !== undefined) await document('reverse', `/stock/documents/${id}/reverse`, { reason: '录错' });
    },
    async () => {
      const id = of(shared.orders);
      if (id !== undefined) await twice('cancel', `/orders/${id}/cancel`, { reason: '不要了' });
    },
    async () => {
      const { items } = (await org.get(`/stock/batches?sku=${sku()}`)).body;
      const b = of(items as { id: string }[]);
      if (b)
        await twice('hold batch', `/stock/batches/${b.id}/state`, {
          state: of(['held', 'released'] as const),
          reason: '抽检',
        });
    },
    async () => {
      const id = of(shared.picks)?.id;
      if (id !== undefined && below(3) === 0) note('end pick', await org.post(`/picks/${id}/cancel`));
    },
  ];
  return async (): Promise<void> => {
    for (let i = 0; i < STEPS; i += 1) await (of(steps) as () => Promise<void>)();
  };
}

async function holds(): Promise<void> {
  const audit = expectStatus(await org.get('/stock/audit'), 200);
  assert.deepEqual(audit.mismatches, []);
  assert.deepEqual(await app.faults(), []);
  const wrong = await app.db.systemTx((tx) =>
    tx.query<{ what: string }>(
      `select 'bin below zero' as what from inventory.bin_stock where quantity < 0 or allocated > quantity
       union all select 'balance below zero' from inventory.balances where on_hand < reserved or reserved < 0
       union all select 'line shipped beyond what was ordered' from orders.lines where shipped > quantity - cancelled
       union all select 'line left in other parcels than it counts' from (
         select o.id, o.shipped, coalesce(sum(l.quantity) filter (where p.status in ('shipped', 'delivered', 'returned')), 0) as left_us
           from orders.lines o left join fulfilment.parcel_lines l on l.line_id = o.id left join fulfilment.parcels p on p.id = l.parcel_id
          group by 1, 2) x where shipped <> left_us
       union all select 'the ledger shipped a line other than its parcels' from (
         select l.line_id, sum(l.quantity) as q from fulfilment.parcel_lines l join fulfilment.parcels p on p.id = l.parcel_id
          where p.status in ('shipped', 'delivered', 'returned') group by 1) x
         full join (select line_id, -sum(on_hand_d) as q from inventory.moves where kind = 'ship' group by 1) m using (line_id)
        where x.q is distinct from m.q`,
    ),
  );
  assert.deepEqual(wrong, []);
}

/** What follows from the news is done while everybody works, as on a running server. */
async function tellNewsUntil(over: () => boolean): Promise<void> {
  while (!over()) {
    await drainSubscribers(app.db, org.id, allSubscribers, app.clock.now());
    await pause(50);
  }
}

test('FUL-4 INV-2 twenty hands at once, every request sent twice: no bin below zero, all books agree, nothing ships twice', async () => {
  for (let round = 0; round < 3; round += 1) {
    let over = false;
    const news = tellNewsUntil(() => over);
    await Promise.all(
      Array.from({ length: WORKERS }, (_, i) => worker(round * WORKERS + i + 1 + Number(process.env['SEED'] ?? 0))()),
    ).finally(() => (over = true));
    await news;
    await holds();
    await app.settleDown();
    await holds();
  }
  if (process.env['SHOW']) console.log(JSON.stringify([...counts]), JSON.stringify([...refused]));
  // a program that is always refused proves nothing
  for (const what of [
    'receive',
    'order',
    'wave',
    'pick',
    'short',
    'ship',
    'transfer',
    'transfer in',
    'adjust',
    'state',
    'move',
    'reverse',
    'cancel',
    'come back',
    'take',
    'count',
    'submit count',
  ])
    assert.ok((counts.get(what) ?? 0) > 0, `${what} never worked: ${JSON.stringify([...refused])}`);
});
