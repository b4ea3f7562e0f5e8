import { createHash, randomBytes } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { MINUTE_MS } from '#kernel/time.ts';
import { createParcel, parcelDelivered, scanParcel, shipParcel } from '#modules/fulfilment/index.ts';
import { orderPaymentSubject } from '#modules/orders/index.ts';
import { bookPayment } from '#modules/payments/index.ts';

/** Money through the sandbox channel, booked as its callback would have been. */
export async function pay(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const { no, due } = await orderPaymentSubject.lock(tx, ctx, orderId);
  const id = newId(ctx.now.getTime());
  const number = `P${ctx.now.toISOString().slice(2, 10).replaceAll('-', '')}${BigInt(
    `0x${randomBytes(6).toString('hex')}`,
  )
    .toString()
    .slice(-12)
    .padStart(12, '0')}`;
  const ref = `SB${randomBytes(8).toString('hex')}`;
  await tx.query(
    `insert into payments.payments (org_id, id, subject_id, subject_no, no, channel, amount, currency, status, accepted, received_amount, received_currency, channel_ref, expires_at, settled_at, created_at)
     values ($1, $2, $3, $4, $5, 'sandbox', $6, $7, 'succeeded', true, $6, $7, $8, $9, $10, $10)`,
    [
      tx.orgId,
      id,
      orderId,
      no,
      number,
      due.amount,
      due.currency,
      ref,
      new Date(ctx.now.getTime() + 30 * MINUTE_MS),
      ctx.now,
    ],
  );
  await tx.query(
    `insert into payments.callbacks (org_id, id, source, channel, payment_id, verdict, settles, payload, received_at, request_id) values ($1, $2, 'callback', 'sandbox', $3, 'accepted', true, $4, $5, 'demo')`,
    [
      tx.orgId,
      newId(ctx.now.getTime()),
      id,
      JSON.stringify({ paymentNo: number, outcome: 'success', amount: due.amount, currency: due.currency, ref }),
      ctx.now,
    ],
  );
  await tx.query(
    `insert into payments.sandbox_transactions (org_id, payment_no, amount, currency, status, ref, paid_at, created_at) values ($1, $2, $3, $4, 'paid', $5, $6, $6)`,
    [tx.orgId, number, due.amount, due.currency, ref, ctx.now],
  );
  await bookPayment(tx, ctx, {
    id,
    subject_id: orderId,
    channel: 'sandbox',
    accepted: true,
    received_amount: due.amount,
    received_currency: due.currency,
  });
  await orderPaymentSubject.paid(tx, ctx, orderId, { paymentId: id, amount: due, channel: 'sandbox', at: ctx.now });
}

/** Packs and hands over what the order has in each warehouse. An order that is held or short stays. */
export async function ship(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const [row] = await tx.query<{ ready: boolean }>(
    `select status = 'paid' and holds = '{}' as ready from orders.orders where org_id = $1 and id = $2`,
    [tx.orgId, orderId],
  );
  const [held] = await tx.query<{ n: number }>(
    'select count(distinct warehouse_id) as n from inventory.reservations where org_id = $1 and order_id = $2 and quantity > 0',
    [tx.orgId, orderId],
  );
  if (!row?.ready) return;
  for (let i = 0; i < (held?.n ?? 0); i += 1) {
    const parcel = await createParcel(tx, ctx, { orderId });
    for (const line of parcel.lines)
      await scanParcel(tx, ctx, { parcelId: parcel.id, code: line.barcode ?? line.sku, quantity: line.quantity });
    await shipParcel(tx, ctx, { parcelId: parcel.id, carrier: 'sandbox' });
  }
}

const NEWS = {
  collected: [1, '快件已揽收'],
  in_transit: [2, '快件正发往下一站'],
  out_for_delivery: [3, '快件正在派送，请保持电话畅通'],
  delivered: [4, '快件已签收，感谢使用'],
} as const;

export type TrackCode = keyof typeof NEWS;

/** The carrier's news of an order's parcels. */
export async function track(tx: Tx, ctx: Ctx, orderId: string, code: TrackCode): Promise<void> {
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
  if (code === 'delivered')
    for (const { parcel_id } of rows) await parcelDelivered(tx, ctx, { orderId, parcelId: parcel_id, at: ctx.now });
}
