import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { StockAdjusted, StockReceived, TransferReceived } from '#modules/inventory/events.ts';
import { CountedShort, StockTakePosted } from '#modules/inventory/index.ts';
import {
  GoodsCameBack,
  OrderAmended,
  OrderCancelled,
  OrderClosed,
  OrderDerived,
  OrderHeld,
  OrderMerged,
  OrderPaid,
  OrderPlaced,
  OrderReleased,
  OrderRestored,
  OrderShipped,
  OrderShort,
  OrderSplit,
  OrderUndone,
} from '../events.ts';
import { lockAnyOrder } from '../store/orders.ts';
import { tellOfStock } from './back-in-stock/tell-of-stock.ts';
import { giveWayToCount } from './commands/counted-short.ts';
import { openFor } from './commands/open-exceptions.ts';
import { restock, settleWhole } from './commands/restock.ts';
import { settle } from './commands/settle-exception.ts';
import { lockOpenOf } from './store/exceptions.ts';

const told = [
  OrderPlaced,
  OrderPaid,
  OrderShort,
  OrderHeld,
  OrderReleased,
  OrderShipped,
  OrderCancelled,
  OrderClosed,
  OrderAmended,
  OrderSplit,
  OrderMerged,
  OrderDerived,
  OrderRestored,
  OrderUndone,
];
const HOLDS = new Set(['shortage', 'address']);

/** Whether an event can open or settle an exception: most orders never have one, and are not read. */
function matters(type: string, data: unknown): boolean {
  const { holds, hold } = data as { holds?: string[]; hold?: string };
  if (type === OrderPlaced.type || type === OrderDerived.type) return holds?.some((h) => HOLDS.has(h)) ?? false;
  if (type === OrderHeld.type) return HOLDS.has(hold ?? '');
  return true;
}

/** Opens exceptions as orders are held for what they stand for, and ends them as the holds or the orders end (ORD-11). */
export const exceptionsOfOrders = defineSubscriber({
  name: 'orders.exceptions',
  types: told.map((e) => e.type),
  batchMax: 1000,
  run: async (tx, ctx, events) => {
    const keys = new Set(events.filter((e) => matters(e.type, e.data)).map((e) => e.key));
    const open = await tx.query<{ id: string }>(
      `select id from orders.orders o where org_id = $1 and id = any ($2)
          and (holds && '{shortage,address}' or exists (select from orders.exceptions e where e.org_id = $1 and e.order_id = o.id and e.resolved_at is null)) order by id`,
      [tx.orgId, [...keys]],
    );
    for (const { id } of open) {
      const row = await lockAnyOrder(tx, id);
      if (row.superseded === null) await openFor(tx, ctx, row);
      const over = row.superseded !== null || (row.status !== 'paid' && row.status !== 'pending_payment');
      for (const e of await lockOpenOf(tx, [id])) {
        if (over)
          await settle(tx, ctx, e, {
            event: 'close',
            resolution: `order_${row.superseded ?? row.status}`,
            orderNo: row.order_no,
          });
        else if (e.kind === 'address' && !row.holds.includes('address'))
          await settle(tx, ctx, e, { event: 'resolve', resolution: 'released', orderNo: row.order_no });
      }
      if (!over) await settleWhole(tx, ctx, row);
    }
  },
});

/** A count found that units orders were promised are not there: the orders that came last are short, and say so (INV-5, ORD-11). */
export const countedShort = defineSubscriber({
  name: 'orders.counted_short',
  types: [CountedShort.type],
  batchMax: 1,
  run: async (tx, ctx, events) => {
    for (const { key } of events) await giveWayToCount(tx, ctx, key);
  },
});

const RESTOCK_ROUNDS_MAX = 50;

/** Stock came in, or is free again: orders that wait for it go first, then those who asked to be told (ORD-11, ORD-17). */
export const stockCameIn = defineSubscriber({
  name: 'orders.stock_came_in',
  types: [
    StockReceived,
    StockAdjusted,
    StockTakePosted,
    TransferReceived,
    OrderCancelled,
    OrderClosed,
    OrderAmended,
    GoodsCameBack,
  ].map((e) => e.type),
  run: async (tx, ctx) => {
    for (let round = 0; round < RESTOCK_ROUNDS_MAX && (await restock(tx, ctx)) > 0; round += 1);
    await tellOfStock(tx, ctx);
  },
});
