import type { Flow } from '#kernel/flow.ts';

export const ORDER_STATUSES = [
  'pending_payment',
  'paid',
  'shipped',
  'delivered',
  'completed',
  'cancelled',
  'closed',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];
export const ORDER_EVENTS = ['pay', 'cancel', 'expire', 'ship', 'deliver', 'complete', 'refund_all'] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/** The one transition table of orders (ORD-3). What is not listed is refused. */
export const orderFlow: Flow<OrderStatus, OrderEvent> = {
  pending_payment: { pay: 'paid', cancel: 'cancelled', expire: 'cancelled' },
  paid: { ship: 'shipped', cancel: 'cancelled', refund_all: 'closed' },
  shipped: { deliver: 'delivered', complete: 'completed', refund_all: 'closed' },
  delivered: { complete: 'completed', refund_all: 'closed' },
  completed: { refund_all: 'closed' },
  cancelled: {},
  closed: {},
};

/** Who may cause an event: a permission of staff, or `system` for what follows from payment, parcels and timers. */
export const orderEventBy: Readonly<Record<OrderEvent, readonly string[]>> = {
  pay: ['system'],
  cancel: ['orders.order.cancel', 'customer'],
  expire: ['system'],
  ship: ['system'],
  deliver: ['system'],
  complete: ['orders.order.confirm_receipt', 'customer', 'system'],
  refund_all: ['system'],
};
