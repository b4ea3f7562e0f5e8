import { createHash, randomBytes } from 'node:crypto';
import { type Ctx, SYSTEM_ACTOR } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { createParcel, parcelDelivered, scanParcel, shipParcel } from '#modules/fulfilment/index.ts';
import { cancelOrder, completeOrder, holdOrder, Intake, orderPaymentSubject, PlaceOrder } from '#modules/orders/index.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import type { Subscriber } from '#kernel/outbox/subscribers.ts';
import { type Dice, somebody, someRemark } from './china.ts';
import type { DemoProduct } from './goods.ts';
import { basket, dayStart, momentIn } from './past.ts';

const SLICE_MS = 3 * HOUR_MS; // shorter than from placing to shipping
const LANES = 6;
type Fate = 'unpaid' | 'cancelled' | 'expired' | 'held' | 'late' | 'waiting' | 'shipped' | 'delivered' | 'completed';
/** What happens to one order at a moment. `places`: it comes in. */
type Event = { at: Date; lane: number; places: boolean; run(ctx: Ctx): Promise<void> };
export type Stage = { db: Db; ctx: Ctx; dice: Dice; products: readonly DemoProduct[]; shops: readonly string[]; subscribers: readonly Subscriber[] };

/**
 * The orders of the last three days, each living its life through the same commands as a real one, at the moments it
 * would have: placed, paid, confirmed, packed, shipped, delivered. Some wait, some are held, some are late.
 */
export async function livePresent(stage: Stage, now: Date, counts: { today: number; yesterday: number; before: number }): Promise<number> {
  const agenda: Event[] = [];
  const intake = new Intake(stage.db);
  const days = [[2, counts.before], [1, counts.yesterday], [0, counts.today]] as const;
  for (const [back, count] of days) {
    const start = dayStart(now, back);
    const end = back === 0 ? now : new Date(start.getTime() + DAY_MS);
    for (let i = 0; i < count; i += 1) {
      const fate = fateOf(stage.dice, back, i);
      const at = fate === 'unpaid' ? new Date(now.getTime() - stage.dice.int(22 * MINUTE_MS) - MINUTE_MS) : fate === 'late' ? new Date(now.getTime() - (26 + (i % 9)) * MINUTE_MS) : momentIn(stage.dice, start, end);
      life(stage, intake, agenda, fate, at, now);
    }
  }
  await play(stage, agenda, now);
  return days.reduce((n, [, count]) => n + count, 0);
}

function fateOf(d: Dice, daysBack: number, i: number): Fate {
  if (daysBack === 0) return i % 12 === 0 ? 'unpaid' : i % 20 === 1 ? 'cancelled' : i % 18 === 2 ? 'held' : i % 22 === 3 ? 'late' : d.chance(0.35) ? 'shipped' : 'waiting';
  if (daysBack === 1) return i % 14 === 0 ? 'expired' : i % 25 === 1 ? 'held' : i % 20 === 2 ? 'cancelled' : d.chance(0.12) ? 'waiting' : 'shipped';
  return i % 16 === 0 ? 'cancelled' : d.chance(0.45) ? 'delivered' : d.chance(0.4) ? 'completed' : 'shipped';
}

/** Writes an order's life into the agenda; what would lie in the future has not happened yet. */
function life(s: Stage, intake: Intake, agenda: Event[], fate: Fate, placedAt: Date, now: Date): void {
  const d = s.dice;
  const online = fate === 'unpaid' || fate === 'expired' || fate === 'cancelled' || d.chance(0.6);
  const who = somebody(d);
  const order = PlaceOrder.parse({
    shop: d.chance(0.7) ? s.shops[0] : d.pick(s.shops), channel: online ? d.pick(['miniapp', 'web']) : d.pick(['taobao', 'jd']), customer: { name: who.name, phone: who.phone }, shipTo: who.shipTo,
    lines: basket(d, s.products).map((l) => ({ sku: l.product.code, quantity: l.quantity, ...(fate === 'late' ? { unitPrice: Math.floor(l.product.price * 0.2) } : {}) })), remark: someRemark(d), payment: online ? 'online' : 'prepaid',
  });
  const holds: readonly string[] = ['address_check', 'risk', 'customer_request'];
  const hold = d.pick(holds);
  let id: string | undefined;
  const lane = agenda.length;
  const at = (minutes: number, run: (ctx: Ctx, orderId: string) => Promise<unknown>): void => {
    const when = new Date(placedAt.getTime() + minutes * MINUTE_MS);
    if (when <= now) agenda.push({ at: when, lane, places: false, run: async (ctx) => void (id !== undefined && (await run(ctx, id))) });
  };
  agenda.push({
    at: placedAt,
    lane,
    places: true,
    run: async (ctx) => {
      const taken = await intake.place({ ctx, order });
      if ('order' in taken) id = taken.order.id;
    },
  });
  const inTx = (work: (tx: Tx, ctx: Ctx, orderId: string) => Promise<unknown>) => (ctx: Ctx, orderId: string) => s.db.inTx(ctx, (tx) => work(tx, ctx, orderId));
  if (online && fate !== 'unpaid' && fate !== 'expired' && fate !== 'cancelled') at(1 + d.int(6), inTx(pay));
  if (fate === 'cancelled') at(5 + d.int(15), inTx((tx, ctx, orderId) => cancelOrder(tx, ctx, { orderId, reason: d.pick(['不想要了', '拍错了', '地址填错']) })));
  if (fate === 'expired') at(31, inTx((tx, ctx, orderId) => cancelOrder(tx, ctx, { orderId, reason: '超时未支付' })));
  if (fate === 'held') at(8, inTx((tx, ctx, orderId) => holdOrder(tx, ctx, { orderId, code: hold, note: { address_check: '门牌号不完整，联系买家确认', risk: '同一号码短时间多单', customer_request: '买家要求延后发货' }[hold] ?? '' })));
  if (fate !== 'shipped' && fate !== 'delivered' && fate !== 'completed') return;
  const shipAfter = 200 + d.int(500);
  at(shipAfter, inTx(ship));
  at(shipAfter + 90, inTx((tx, ctx, orderId) => track(tx, ctx, orderId, 'collected')));
  at(shipAfter + 600, inTx((tx, ctx, orderId) => track(tx, ctx, orderId, 'in_transit')));
  if (fate === 'shipped') return;
  at(shipAfter + 1100, inTx((tx, ctx, orderId) => track(tx, ctx, orderId, 'out_for_delivery')));
  at(shipAfter + 1300, inTx((tx, ctx, orderId) => track(tx, ctx, orderId, 'delivered')));
  if (fate === 'completed') at(shipAfter + 1500, inTx((tx, ctx, orderId) => completeOrder(tx, { ...ctx, actor: { ...SYSTEM_ACTOR, kind: 'customer' } }, { orderId })));
}

/**
 * Everything slice by slice: orders come in one after the other, then the rest of the slice, side by side but each order's
 * in its order. Subscribers look in between, as they would have at once.
 */
async function play(s: Stage, agenda: readonly Event[], now: Date): Promise<void> {
  const sorted = agenda.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const slices = Map.groupBy(sorted, (e) => Math.floor(e.at.getTime() / SLICE_MS));
  const run = (e: Event): Promise<void> => e.run({ ...s.ctx, now: e.at });
  for (const [n, slice] of slices) {
    for (const event of slice.filter((e) => e.places)) await run(event);
    const lanes = [...Map.groupBy(slice.filter((e) => !e.places), (e) => e.lane).values()];
    await Promise.all(
      Array.from({ length: LANES }, async (_, first) => {
        for (let i = first; i < lanes.length; i += LANES) for (const event of lanes[i] as Event[]) await run(event);
      }),
    );
    await drainSubscribers(s.db, s.ctx.orgId, s.subscribers, new Date(Math.min((n + 1) * SLICE_MS, now.getTime())));
  }
}

/** Money through the sandbox channel, booked as its callback would have been. */
async function pay(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const { no, due } = await orderPaymentSubject.lock(tx, ctx, orderId);
  const id = newId(ctx.now.getTime());
  const number = `P${ctx.now.toISOString().slice(2, 10).replaceAll('-', '')}${BigInt(`0x${randomBytes(6).toString('hex')}`).toString().slice(-12).padStart(12, '0')}`;
  const ref = `SB${randomBytes(8).toString('hex')}`;
  await tx.query(
    `insert into payments.payments (org_id, id, subject_id, subject_no, no, channel, amount, currency, status, accepted, received_amount, received_currency, channel_ref, expires_at, settled_at, created_at)
     values ($1, $2, $3, $4, $5, 'sandbox', $6, $7, 'succeeded', true, $6, $7, $8, $9, $10, $10)`,
    [tx.orgId, id, orderId, no, number, due.amount, due.currency, ref, new Date(ctx.now.getTime() + 30 * MINUTE_MS), ctx.now],
  );
  await tx.query(
    `insert into payments.callbacks (org_id, id, source, channel, payment_id, verdict, settles, payload, received_at, request_id) values ($1, $2, 'callback', 'sandbox', $3, 'accepted', true, $4, $5, 'demo')`,
    [tx.orgId, newId(ctx.now.getTime()), id, JSON.stringify({ paymentNo: number, outcome: 'success', amount: due.amount, currency: due.currency, ref }), ctx.now],
  );
  await tx.query(
    `insert into payments.sandbox_transactions (org_id, payment_no, amount, currency, status, ref, paid_at, created_at) values ($1, $2, $3, $4, 'paid', $5, $6, $6)`,
    [tx.orgId, number, due.amount, due.currency, ref, ctx.now],
  );
  await orderPaymentSubject.paid(tx, ctx, orderId, { paymentId: id, amount: due, channel: 'sandbox', at: ctx.now });
}

/** Packs and hands over what the order has in each warehouse. An order that is held or short stays. */
async function ship(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const [row] = await tx.query<{ ready: boolean }>(`select status = 'paid' and holds = '{}' as ready from orders.orders where org_id = $1 and id = $2`, [tx.orgId, orderId]);
  const [held] = await tx.query<{ n: number }>('select count(distinct warehouse_id) as n from inventory.reservations where org_id = $1 and order_id = $2 and quantity > 0', [tx.orgId, orderId]);
  if (!row?.ready) return;
  for (let i = 0; i < (held?.n ?? 0); i += 1) {
    const parcel = await createParcel(tx, ctx, { orderId });
    for (const line of parcel.lines) await scanParcel(tx, ctx, { parcelId: parcel.id, code: line.barcode ?? line.sku, quantity: line.quantity });
    await shipParcel(tx, ctx, { parcelId: parcel.id, carrier: 'sandbox' });
  }
}

const NEWS = { collected: [1, '快件已揽收'], in_transit: [2, '快件正发往下一站'], out_for_delivery: [3, '快件正在派送，请保持电话畅通'], delivered: [4, '快件已签收，感谢使用'] } as const;

/** The carrier's news of an order's parcels. */
async function track(tx: Tx, ctx: Ctx, orderId: string, code: keyof typeof NEWS): Promise<void> {
  const [rank, text] = NEWS[code];
  const rows = await tx.query<{ parcel_id: string }>(
    `with moved as (
       update shipping.shipments set status = $3, last_node_at = $4, last_rank = $5, delivered_at = case when $3 = 'delivered' then $4::timestamptz end, version = version + 1
        where org_id = $1 and order_id = $2 returning id, parcel_id, carrier, waybill_no),
     told as (
       insert into shipping.track_nodes (org_id, carrier, waybill_no, node_at, code, text_hash, shipment_id, text, received_at)
       select $1, carrier, waybill_no, $4, $3, $6, id, $7, $4 from moved)
     select parcel_id from moved`,
    [tx.orgId, orderId, code, ctx.now, rank, createHash('sha256').update(text).digest().subarray(0, 16), text],
  );
  if (code === 'delivered') for (const { parcel_id } of rows) await parcelDelivered(tx, ctx, { orderId, parcelId: parcel_id, at: ctx.now });
}
