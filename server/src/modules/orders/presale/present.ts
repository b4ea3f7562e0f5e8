import type { z } from 'zod';
import type { OrderRow } from '../store/orders.ts';
import { stageOf } from './domain/stage.ts';
import type { PresaleView } from './schema.ts';

type Rule = {
  /** What a customer would lose by cancelling now. */ atStake: number;
  /** Whether the deposit stays with the shop when the balance is not paid. */ forfeits: boolean;
};

/** The presale of an order as its page shows it; null for an order that is none. */
export function presentPresale(row: OrderRow, now: Date, rule: Rule): z.input<typeof PresaleView> | null {
  const state = stageOf(row, now);
  if (state === undefined || row.balance_from === null || row.balance_to === null) return null;
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    state,
    deposit: money(row.deposit_amount),
    depositPaid: row.deposit_paid_at !== null,
    depositPaidAt: row.deposit_paid_at?.toISOString() ?? null,
    balance: money(Math.max(row.total_amount - row.deposit_amount, 0)),
    balanceFrom: row.balance_from.toISOString(),
    balanceTo: row.balance_to.toISOString(),
    forfeited: money(row.forfeited_amount),
    atStake: money(rule.atStake),
    forfeits: rule.forfeits,
  };
}
