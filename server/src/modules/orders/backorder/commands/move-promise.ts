import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { confirmationClock } from '../../clocks.ts';
import { orderSettings } from '../../settings.ts';
import { linesOf, lockOrder, saveOrder } from '../../store/orders.ts';
import { BackorderMoved } from '../events.ts';
import { promiseOnArrival } from '../promise.ts';

/** The goods an order waits for are expected on another day: so is its shipping, and the customer is told. */
export async function movePromise(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const row = await lockOrder(tx, orderId);
  const waiting = (await linesOf(tx, row.id)).filter((l) => l.reserve_on === 'arrival');
  const days = (
    await skusByIds(
      tx,
      waiting.map((l) => l.sku_id),
    )
  ).flatMap((s) => s.available_from ?? []);
  if (days.length === 0) return; // nobody knows a day: what was promised stands
  const { time_zone: timeZone } = one(
    await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]),
  );
  const promised = promiseOnArrival(days, { now: ctx.now, timeZone, settings: await orderSettings.get(tx) });
  if (row.promised_ship_at?.toISOString() === promised) return;
  const until = new Date(promised);
  const waits = row.status === 'paid' && row.confirmed_at === null;
  await saveOrder(tx, row, { promised_ship_at: until, ...(waits ? { confirm_before: until } : {}) });
  if (waits) await confirmationClock.move(tx, ctx, row.id, until); // it is confirmed when the goods have come
  await BackorderMoved.emit(tx, ctx, row.id, { orderNo: row.order_no, promisedShipAt: promised });
}
