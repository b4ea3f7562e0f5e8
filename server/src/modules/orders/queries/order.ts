import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { eventText } from '#kernel/outbox/event-text.ts';
import { EVENTS, eventsOf } from '#kernel/outbox/index.ts';
import { findShop } from '#modules/catalog/index.ts';
import { customersByIds, levelsOf } from '#modules/customers/index.ts';
import { reservationsOfOrder } from '#modules/inventory/index.ts';
import { interceptionsOf } from '#modules/shipping/index.ts';
import { OrderArchived } from '../archive/errors.ts';
import { visibleArchived } from '../archive/view.ts';
import { changeOf } from '../change/queries/change-of.ts';
import { OrderNotFound } from '../errors.ts';
import { seesOrder } from '../policy.ts';
import { presentOrder } from '../present.ts';
import { depositToKeep } from '../presale/rule.ts';
import type { OrderView, TimelineView } from '../schema.ts';
import { orderSettings } from '../settings.ts';
import { findOrder, linesOf, type OrderRow } from '../store/orders.ts';

/**
 * An order within the caller's data scope. @throws OrderArchived when it is in the archive, OrderNotFound for any other: the
 * existence of others' orders is not told either.
 */
export async function visibleOrder(tx: Tx, ctx: Ctx, ref: string): Promise<OrderRow> {
  const row = await findOrder(tx, ref);
  if (row && seesOrder(ctx, row)) return row;
  if (!row) {
    const archived = await visibleArchived(tx, ctx, ref);
    if (archived) throw new OrderArchived({ orderNo: archived.order_no, orderId: archived.order_id });
  }
  throw new OrderNotFound({ order: ref });
}

/** The order as its page shows it. */
export async function viewOrder(tx: Tx, ctx: Ctx, row: OrderRow): Promise<z.input<typeof OrderView>> {
  await fieldCrypto.load(ctx.orgId);
  const reserved = new Map<string, number>();
  for (const r of await reservationsOfOrder(tx, row.id))
    reserved.set(r.line_id, (reserved.get(r.line_id) ?? 0) + r.quantity);
  const [shop, customers, lines] = [
    await findShop(tx, { id: row.shop_id }),
    await customersByIds(tx, [row.customer_id]),
    await linesOf(tx, row.id),
  ];
  return presentOrder(ctx, {
    row,
    lines,
    reserved,
    shop: shop?.code ?? '',
    customer: customers.get(row.customer_id),
    level: (await levelsOf(tx, [row.customer_id])).get(row.customer_id),
    interceptions: await interceptionsOf(tx, row.id),
    change: await changeOf(tx, ctx, row, lines),
    atStake: await depositToKeep(tx, ctx, row, 'customer'),
    forfeits: row.deposit_amount > 0 && (await orderSettings.get(tx)).presaleForfeit === 'keep',
  });
}

/** Everything that happened to the order, oldest first (ORD-13). A customer sees what is meant for customers. */
export async function timelineOf(tx: Tx, ctx: Ctx, row: Pick<OrderRow, 'id'>): Promise<z.input<typeof TimelineView>> {
  const events = await eventsOf(tx, row.id);
  const shown = ctx.actor.kind === 'customer' ? events.filter((e) => EVENTS.get(e.type)?.customer) : events;
  const names = await actorNames(
    tx,
    shown.map((e) => e.actorId),
  );
  return {
    items: shown.map((e) => ({
      at: e.at.toISOString(),
      type: e.type,
      actor:
        ctx.actor.kind === 'customer'
          ? { kind: e.actorKind, id: '', name: '' }
          : { kind: e.actorKind, id: e.actorId, name: names.get(e.actorId) ?? e.actorId },
      summary: eventText(ctx.locale, e.type, e.data),
      data: e.data,
    })),
  };
}
