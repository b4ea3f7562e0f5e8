import type { DomainError } from '#kernel/errors.ts';
import { after, MINUTE_MS } from '#kernel/time.ts';
import { BalanceNotOpen, BalanceOver, NothingDue } from '../errors.ts';
import type { OrderRow } from '../store/orders.ts';
import { payUntil, stageOf } from './domain/stage.ts';

/** Why nothing can be paid now; for the balance of a presale it says when it can. */
export function whyNothingDue(row: OrderRow, now: Date): DomainError {
  const window = { from: row.balance_from?.toISOString(), to: row.balance_to?.toISOString() };
  const stage = stageOf(row, now);
  if (stage === 'deposit_paid') return new BalanceNotOpen({ orderNo: row.order_no, ...window });
  if (stage === 'balance_due') return new BalanceOver({ orderNo: row.order_no, ...window });
  return new NothingDue({ orderNo: row.order_no, status: row.status });
}

/**
 * When a payment opened now ends: with the time for the order's payment. A balance may be due for weeks, a payment is open no
 * longer than a payer needs, and never beyond the window. Undefined leaves it to the payment's own settings.
 */
export function expiryOf(row: OrderRow, now: Date, payWithinMinutes: number): Date | undefined {
  const until = payUntil(row, now);
  if (until === null || stageOf(row, now) !== 'balance_due') return until ?? undefined;
  const usual = after(now, payWithinMinutes * MINUTE_MS);
  return usual < until ? usual : until;
}
