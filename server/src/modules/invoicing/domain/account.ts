import { HOUR_MS } from '#kernel/time.ts';

/** What of an order decides how much of its money an invoice may be about. Minor units. */
export type Money3 = {
  paid_amount: number;
  refunded_amount: number;
  forfeited_amount: number;
  total_amount: number;
  repriced_amount: number;
  came_back_amount: number;
  cancelled_amount: number;
};

/** What was really paid for goods: not what went back, and no deposit that was kept as a penalty (it is no sale). */
export const netOf = (o: Pick<Money3, 'paid_amount' | 'refunded_amount' | 'forfeited_amount'>): number =>
  Math.max(o.paid_amount - o.refunded_amount - o.forfeited_amount, 0);

/** Nothing is owed for the order any more, and something was paid. */
export const isPaidUp = (o: Omit<Money3, 'refunded_amount' | 'forfeited_amount'>): boolean =>
  o.paid_amount > 0 && o.paid_amount - o.repriced_amount >= o.total_amount - o.cancelled_amount - o.came_back_amount;

/** What invoices that exist, or may exist, already cover. */
export const coveredBy = (blues: readonly { amount: number; reversed: number }[]): number =>
  blues.reduce((sum, b) => sum + b.amount - b.reversed, 0);

export const PROMISE_MS = 72 * HOUR_MS;
const GRACE_MS = 24 * HOUR_MS;

/**
 * From when the 72 hours count: from the payment when the invoice was asked for before it or within a day of it, else from
 * the application, since nobody can be late with what was not asked for. Undefined until it is paid.
 */
export function clockStart(appliedAt: Date, paidAt: Date | null): Date | undefined {
  if (paidAt === null) return undefined;
  return appliedAt.getTime() <= paidAt.getTime() + GRACE_MS ? paidAt : appliedAt;
}
