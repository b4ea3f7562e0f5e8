import { type Account, owed } from '../../domain/money-owed.ts';

export const PRESALE_STATES = [
  'deposit_due',
  'deposit_paid',
  'balance_due',
  'complete',
  'forfeited',
  'cancelled',
] as const;
export type PresaleState = (typeof PRESALE_STATES)[number];

/** What of an order decides which part of its price is due when. */
export type Presale = Account & {
  deposit_amount: number;
  deposit_paid_at: Date | null;
  pay_before: Date | null;
  balance_from: Date | null;
  balance_to: Date | null;
  forfeited_amount: number;
};

/** Whether an order is paid in two parts and has not been paid in full. */
export const isPresaleOpen = (row: Presale): boolean => row.deposit_amount > 0 && row.status === 'pending_payment';

/** How far a presale has come; undefined for an order that is none. */
export function stageOf(row: Presale, now: Date): PresaleState | undefined {
  if (row.deposit_amount === 0) return undefined;
  if (row.forfeited_amount > 0) return 'forfeited';
  if (row.status === 'cancelled' || row.status === 'closed') return 'cancelled';
  if (row.status !== 'pending_payment') return 'complete';
  if (row.deposit_paid_at === null) return 'deposit_due';
  return isBefore(now, row.balance_from) ? 'deposit_paid' : 'balance_due';
}

const isBefore = (now: Date, end: Date | null): boolean => end !== null && now < end;

/**
 * What money would pay at this moment, in minor units, whether or not its time is over: a payment opened in time may arrive
 * a little late, and counts until the order is given up. An order that is no presale expects all that is owed.
 */
export function expected(row: Presale, now: Date): number {
  const stage = stageOf(row, now);
  if (stage === 'deposit_due') return isBefore(now, row.balance_to) ? Math.min(row.deposit_amount, owed(row)) : 0;
  return stage === 'deposit_paid' ? 0 : owed(row);
}

/** Until when what is due can be paid; null when no end is set, or nothing can be paid now. */
export function payUntil(row: Presale, now: Date): Date | null {
  const stage = stageOf(row, now);
  if (stage === 'deposit_due') {
    const [a, b] = [row.pay_before, row.balance_to];
    return a && b && b < a ? b : a;
  }
  if (stage === 'balance_due') return row.balance_to;
  return row.status === 'pending_payment' ? row.pay_before : null;
}

/** What can be paid now, in minor units: of a presale the deposit in its time, the balance in its window. */
export function dueNow(row: Presale, now: Date): number {
  if (!isPresaleOpen(row)) return owed(row);
  return isBefore(now, payUntil(row, now)) ? expected(row, now) : 0;
}
