import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

/** A file of orders is complete and they are off line; the key is the archive's id. */
export const OrdersArchived = defineEvent(
  'orders.orders_archived.v1',
  z.object({ month: z.string(), orders: z.int(), bytes: z.int(), sha256: z.string() }),
);
/** The order is on line again, as it was. */
export const OrderUnarchived = defineEvent(
  'orders.order_unarchived.v1',
  z.object({ orderNo: z.string(), month: z.string() }),
);
