import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const promise = { orderNo: z.string(), promisedShipAt: z.string().nullable() };
const shown = { customer: true };

/** Goods of the order are not there yet: it ships when they have come. */
export const Backordered = defineEvent('orders.backordered.v1', z.object(promise), shown);
/** The goods an order waits for are expected on another day. */
export const BackorderMoved = defineEvent('orders.backorder_moved.v1', z.object(promise), shown);
/** What the order waited for is there. */
export const BackorderFilled = defineEvent('orders.backorder_filled.v1', z.object({ orderNo: z.string() }), shown);
/** The order has waited too long: it is dealt with as a shortage. */
export const BackorderOverdue = defineEvent('orders.backorder_overdue.v1', z.object({ orderNo: z.string() }));
