import { setTimeout as wait } from 'node:timers/promises';
import type { Currency } from '#kernel/money.ts';
import type { OrderDraft, RefundDraft } from '#modules/orders/index.ts';
import { placeOrderOf } from '#modules/orders/index.ts';
import { type Client, limited, type Order } from './client.ts';
import { type Day, readDay } from './replay-file.ts';

export type ReplayOptions = {
  file: string;
  map: unknown;
  day: string;
  speed: number;
  shop: string;
  currency: Currency;
};

const AT_ONCE = 12;
const LINES_MAX = 500; // of one order over HTTP; a longer one comes in parts
const WAREHOUSE = 'REPLAY';

type Sold = { paymentId: string; lines: { sku: string; left: number }[]; paidLeft: number };

/** Plays one real trading day through the HTTP API, in its order of time, compressed by `speed`. */
export async function replay(client: Client, o: ReplayOptions): Promise<void> {
  const day = await readDay(o.file, o.map, o.day, o.currency);
  if (day.orders.length === 0) throw new Error(`${o.file} has no orders on ${o.day}`);
  client.tally.add('rowsNotPlayed', day.left);
  await prepare(client, day, o);
  const sold = new Map<string, Sold[]>();
  const turn = limited(AT_ONCE);
  // Orders of earlier days that come back today were delivered long ago: they are played before the day begins.
  await Promise.all(day.earlier.map((draft) => turn(() => sell(client, o, draft, sold, 'earlierOrders'))));
  const events = [
    ...day.orders.map((draft) => ({ at: draft.at.getTime(), draft })),
    ...day.refunds.map((draft) => ({ at: draft.at.getTime(), draft })),
  ].toSorted((a, b) => a.at - b.at);
  const first = events[0]?.at ?? 0;
  const started = Date.now();
  const running: Promise<void>[] = [];
  const byBuyer = new Map<string, Promise<void>>(); // a buyer's own orders and returns keep their order
  for (const { at, draft } of events) {
    const due = started + (at - first) / o.speed;
    if (due > Date.now()) await wait(due - Date.now());
    const before = byBuyer.get(String(draft.buyer.externalId)) ?? Promise.resolve();
    const work = before.then(() =>
      turn(() => (draft.kind === 'order' ? sell(client, o, draft, sold, 'orders') : takeBack(client, draft, sold))),
    );
    const safe = work.catch((error: unknown) => {
      client.tally.add('failed');
      process.stderr.write(`${draft.externalNo}: ${error instanceof Error ? error.message : String(error)}\n`);
    });
    byBuyer.set(String(draft.buyer.externalId), safe);
    running.push(safe);
  }
  await Promise.all(running);
}

/** The goods of the day, and enough of them. What exists already stays as it is. */
async function prepare(client: Client, day: Day, o: ReplayOptions): Promise<void> {
  const demand = new Map<string, { title: string; price: number; units: number }>();
  for (const { lines } of [...day.earlier, ...day.orders]) {
    for (const l of lines) {
      const known = demand.get(l.sku);
      demand.set(l.sku, {
        title: known?.title || l.title,
        price: Math.max(known?.price ?? 0, l.unitPrice ?? 0),
        units: (known?.units ?? 0) + l.quantity,
      });
    }
  }
  const turn = limited(AT_ONCE);
  const made = await client.send('POST', '/warehouses', { code: WAREHOUSE, name: 'Replay', priority: 0 });
  if (made.status !== 201 && made.status !== 409) throw new Error(`POST /warehouses: ${made.status}`);
  await Promise.all(
    [...demand].map(([sku, { title, price }]) =>
      turn(async () => {
        const answer = await client.send('POST', '/products', {
          code: sku,
          title: title || sku,
          category: 'Gifts',
          skus: [{ sku, price: { amount: price, currency: o.currency } }],
        });
        if (answer.status === 201) client.tally.add('productsMade');
        else if (answer.status !== 409)
          throw new Error(`POST /products ${sku}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }),
    ),
  );
  const lines = [...demand].map(([sku, { units }]) => ({ sku, quantity: units }));
  for (let i = 0; i < lines.length; i += 1000)
    await client.must('POST', '/stock/receipts', {
      warehouse: WAREHOUSE,
      reference: `replay ${o.day}`,
      lines: lines.slice(i, i + 1000),
    });
  client.tally.add(
    'unitsReceived',
    lines.reduce((n, l) => n + l.quantity, 0),
  );
}

/** An order's whole life: placed, paid, reviewed when held, packed, scanned, shipped, delivered, completed. */
async function sell(
  client: Client,
  o: ReplayOptions,
  draft: OrderDraft,
  sold: Map<string, Sold[]>,
  as: string,
): Promise<void> {
  for (let i = 0; i < draft.lines.length; i += LINES_MAX) {
    const part = {
      ...draft,
      shop: o.shop,
      payment: 'online',
      lines: draft.lines.slice(i, i + LINES_MAX),
      externalNo: i === 0 ? draft.externalNo : `${draft.externalNo}/${i / LINES_MAX + 1}`,
    };
    const placed = await client.place(placeOrderOf(part), `replay:${part.externalNo}:${o.day}`);
    if (placed.status !== 201) throw new Error(`POST /orders: ${placed.status} ${JSON.stringify(placed.body)}`);
    client.tally.add(placed.replayed ? 'ordersAlreadyThere' : as);
    if (placed.replayed) continue;
    await live(client, part, placed.body, sold);
  }
}

async function live(client: Client, part: OrderDraft, order: Order, sold: Map<string, Sold[]>): Promise<void> {
  client.tally.add('orderLines', part.lines.length);
  if (part.extras.length > 0) client.tally.add('rowsNotPlayed', part.extras.length); // postage and discounts have no place in a live order
  if (order.total.amount === 0) return client.tally.add('ordersOfNoValue'); // nothing to pay: waits for a person
  const paymentId = await client.pay(order.id);
  const buyer = String(part.buyer.externalId);
  sold.set(buyer, [
    ...(sold.get(buyer) ?? []),
    { paymentId, paidLeft: order.total.amount, lines: part.lines.map((l) => ({ sku: l.sku, left: l.quantity })) },
  ]);
  await client.review(order);
  await client.deliver(order.id, await client.ship(order.id), true);
}

/** A cancellation pays back what the buyer's latest order with enough of the goods was paid with. */
async function takeBack(client: Client, draft: RefundDraft, sold: ReadonlyMap<string, Sold[]>): Promise<void> {
  client.tally.add('cancellations');
  for (const line of draft.lines) {
    const from = sold
      .get(String(draft.buyer.externalId))
      ?.findLast(
        (s) => s.paidLeft >= line.amount && s.lines.some((l) => l.sku === line.sku && l.left >= line.quantity),
      );
    if (!from || line.amount === 0) {
      client.tally.add('cancelledLinesWithoutOrder');
      continue;
    }
    await client.must('POST', `/payments/${from.paymentId}/refunds`, { amount: line.amount, reason: draft.externalNo });
    from.paidLeft -= line.amount;
    const taken = from.lines.find((l) => l.sku === line.sku && l.left >= line.quantity);
    if (taken) taken.left -= line.quantity;
    client.tally.add('refunds');
  }
}
