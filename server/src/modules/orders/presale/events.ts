import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const money = { amount: z.int(), currency: z.string() };
const window = { balanceFrom: z.string(), balanceTo: z.string() };
const shown = { customer: true };

/** The deposit of a presale is paid; `balance` is what is left, in minor units of the same currency. */
export const DepositPaid = defineEvent(
  'orders.deposit_paid.v1',
  z.object({ orderNo: z.string(), paymentId: z.string(), ...money, balance: z.int(), ...window }),
  shown,
);
/** From now on the balance, `amount`, can be paid. */
export const BalanceOpened = defineEvent(
  'orders.balance_opened.v1',
  z.object({ orderNo: z.string(), ...money, ...window }),
  shown,
);
/** The time for paying the balance, `amount`, is nearly over. */
export const BalanceEnding = defineEvent(
  'orders.balance_ending.v1',
  z.object({ orderNo: z.string(), ...money, ...window }),
  shown,
);
/** The order ended without its balance and the shop keeps the deposit. */
export const DepositForfeited = defineEvent(
  'orders.deposit_forfeited.v1',
  z.object({ orderNo: z.string(), ...money, reason: z.string() }),
  shown,
);
