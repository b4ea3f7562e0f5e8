import type { OrderStatus } from './flow.ts';

/** What of an order decides what is owed, by whom. All amounts in minor units of its currency. */
export type Account = {
  status: OrderStatus;
  superseded: string | null;
  payment_method: 'prepaid' | 'online' | 'cod';
  total_amount: number;
  paid_amount: number;
  /** Of what was paid: gone back, or on its way, because the order became cheaper. */
  repriced_amount: number;
  came_back_amount: number;
  /** Of the total: what was for units that were missing and will not be sent. */
  cancelled_amount?: number;
  cancelled_at: Date | null;
};

/** What was paid and is kept for the goods. Goodwill given back does not lower it: it is no price. */
export const keptOf = (a: Account): number => a.paid_amount - a.repriced_amount;

/** What the order costs without the units that will not be sent. */
const price = (a: Account): number => a.total_amount - (a.cancelled_amount ?? 0);

/** What the goods not given back cost more than was paid for them. */
const missing = (a: Account): number => Math.max(price(a) - a.came_back_amount - keptOf(a), 0);

/** What is still to be paid: before the order goes out, or (cash on delivery) until it ends; also what a change made dearer. */
export function owed(a: Account): number {
  if (a.superseded !== null) return 0;
  const open = a.status === 'pending_payment' || a.status === 'paid';
  const atTheDoor = a.payment_method === 'cod' && a.cancelled_at === null && a.status !== 'closed';
  return open || atTheDoor ? missing(a) : 0;
}

/** What was paid and is not owed: an order changed, or merged with another, became cheaper. */
export const excessOf = (a: Account): number => Math.max(keptOf(a) - price(a), 0);
