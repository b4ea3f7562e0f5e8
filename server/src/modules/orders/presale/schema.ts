import { z } from 'zod';
import { MoneyView } from '#modules/catalog/index.ts';
import { PRESALE_STATES } from './domain/stage.ts';

/** What of an order is paid when, and how far it has come. */
export const PresaleView = z
  .object({
    state: z.enum(PRESALE_STATES),
    deposit: MoneyView,
    depositPaid: z.boolean(),
    depositPaidAt: z.iso.datetime().nullable(),
    /** What is paid in the window, on top of the deposit. */
    balance: MoneyView,
    balanceFrom: z.iso.datetime(),
    balanceTo: z.iso.datetime(),
    /** What the shop has kept of the deposit. */
    forfeited: MoneyView,
    /** What the customer would lose by cancelling now. */
    atStake: MoneyView,
  })
  .meta({ id: 'Presale' });
