import type { OrderRow } from '../store/orders.ts';

type Paid = Pick<
  OrderRow,
  'payment_method' | 'paid_amount' | 'refunded_amount' | 'total_amount' | 'came_back_amount' | 'cancelled_amount'
>;

/**
 * What was really paid for an order and is kept, in minor units. Cash on delivery counts as paid by its completion; of what a
 * marketplace refunds itself, the goods that came back or were never sent tell.
 */
export function keptOf(row: Paid): number {
  const paid = row.payment_method === 'cod' ? Math.max(row.paid_amount, row.total_amount) : row.paid_amount;
  const owed = row.total_amount - row.came_back_amount - row.cancelled_amount;
  return Math.max(Math.min(paid - row.refunded_amount, owed), 0);
}
