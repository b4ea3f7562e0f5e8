import { z } from 'zod';
import { DIFFERENCE_KINDS } from '../reconciliation/domain/difference-flow.ts';

const sum = z.object({ count: z.int(), amount: z.int() });

/** What waits for finance, and how money moved. A part the caller may not see is null. Amounts in minor units of `currency`. */
export const FinanceSummary = z
  .object({
    /** The organisation's day it was asked on, and its currency: figures of others stand in their lists. */
    today: z.string(),
    currency: z.string(),
    /** From the books: accounts that hold or owe money. */
    balances: z
      .array(
        z.object({
          account: z.string(),
          name: z.string(),
          kind: z.string(),
          channel: z.string().nullable(),
          side: z.enum(['debit', 'credit']),
          balance: z.int(),
          currency: z.string(),
        }),
      )
      .nullable(),
    /** Day by day, oldest first, the last thirty. */
    days: z.array(z.object({ day: z.string(), moneyIn: z.int(), refunds: z.int(), fees: z.int() })).nullable(),
    /** Of each of those days what came through a channel, and what it held for us at the end. */
    channels: z
      .array(
        z.object({
          channel: z.string(),
          name: z.string(),
          balances: z.array(z.int()),
          moneyIn: z.array(z.int()),
        }),
      )
      .nullable(),
    /** Not settled, by kind and by how many days ago they came to light. */
    differences: z
      .array(z.object({ kind: z.enum(DIFFERENCE_KINDS), today: z.int(), days: z.int(), week: z.int(), older: z.int() }))
      .nullable(),
    settlements: z
      .object({ draft: sum, submitted: sum, payable: sum, overdue: sum, paying: sum, failed: sum, disputed: sum })
      .nullable(),
    refunds: z.object({ abnormal: sum, processing: sum }).nullable(),
  })
  .meta({ id: 'FinanceSummary' });
