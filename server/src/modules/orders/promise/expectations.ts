import { addBusinessTime, cnWarehouse } from '#kernel/calendar/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { usualCarrier } from '#modules/shipping/index.ts';
import { forecast, type Risk, type RiskReason } from '../domain/forecast.ts';
import { orderSettings } from '../settings.ts';

/** What a customer is told to expect of an order that is confirmed now. */
export type Expectation = {
  shipsAt: Date;
  carrier: { code: string; name: string } | null;
  risk: Risk;
  reasons: RiskReason[];
};

const BACKLOG_MAX = 50_000; // beyond it a longer queue changes no promise

/**
 * What can be said of each of the orders, in the order given: the queue is counted once, and each stands behind the ones
 * before it. The warehouse's calendar has the holidays and the days worked instead (ORD-6).
 */
export async function expectations(
  tx: Tx,
  ctx: Ctx,
  orders: readonly { id: string; promised_ship_at: Date | null }[],
): Promise<Map<string, Expectation>> {
  if (orders.length === 0) return new Map();
  const settings = await orderSettings.get(tx);
  const carrier = await usualCarrier(tx, settings.usualCarrier);
  const { ahead } = one(
    await tx.prepared<{ ahead: number }>(
      `select count(*) as ahead from (select from orders.orders where org_id = $1 and status = 'paid' and confirmed_at is not null
         and superseded is null limit ${BACKLOG_MAX}) b`,
      [tx.orgId],
    ),
  );
  const { shipOrdersPerHour: ordersPerHour, handlingHours } = settings;
  return new Map(
    orders.map((o, i) => [
      o.id,
      {
        ...forecast(
          { now: ctx.now, promisedAt: o.promised_ship_at, ahead: ahead + i, ordersPerHour, handlingHours },
          (from, ms) => addBusinessTime(cnWarehouse, from, ms),
        ),
        carrier,
      },
    ]),
  );
}
