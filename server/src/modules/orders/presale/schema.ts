import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
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
    /** Whether the deposit stays with the shop when the balance is not paid. */
    forfeits: z.boolean(),
  })
  .meta({ id: 'Presale' });

export const ListPresales = z.object(listInput);
export type ListPresales = z.output<typeof ListPresales>;

/** What became of a presale: its orders by how far they are, in each currency they were placed in. */
export const PresaleOverview = z
  .object({
    offerId: z.uuid(),
    code: z.string(),
    title: z.string(),
    state: z.enum(['published', 'paused', 'ended', 'draft']),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    balanceFrom: z.iso.datetime(),
    balanceTo: z.iso.datetime(),
    /** Per unit, in minor units of the shop's currency. */
    deposit: z.int(),
    expandsTo: z.int(),
    /** Units for all; null = without end. `used` counts those of orders that stand. */
    quota: z.int().nullable(),
    used: z.int(),
    stages: z.array(
      z.object({
        state: z.enum(PRESALE_STATES),
        orders: z.int(),
        units: z.int(),
        /** What was paid as deposit. */
        deposits: MoneyView,
        /** What was paid as balance. */
        balances: MoneyView,
        /** What is still to be paid as balance. */
        open: MoneyView,
        forfeited: MoneyView,
      }),
    ),
  })
  .meta({ id: 'PresaleOverview' });
export const PresaleList = listOf(PresaleOverview);
