import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';

const account = {
  code: z.string(),
  /** In the Chinese accounting standard. */
  number: z.string(),
  /** In the caller's language. */
  name: z.string(),
  class: z.enum(['asset', 'liability', 'income', 'expense']),
  /** On which side the account grows. */
  side: z.enum(['debit', 'credit']),
  currency: z.string(),
};
const turnover = {
  debit: z.int(),
  credit: z.int(),
  /** What is more on the account's own side; negative when the other side is. */
  balance: z.int(),
};

export const TrialBalanceView = z
  .object({
    /** Up to the end of this day, in the organisation's zone. */
    at: z.iso.date(),
    /** Debit and credit are the same in every currency. */
    balanced: z.boolean(),
    totals: z.array(z.object({ currency: z.string(), debit: z.int(), credit: z.int() })),
    accounts: z.array(z.object({ ...account, ...turnover })),
  })
  .meta({ id: 'TrialBalance' });

export const LedgerAccountView = z
  .object({ ...account, ...turnover, openedAt: z.string() })
  .meta({ id: 'LedgerAccount' });

const cause = {
  /** What happened: `payment_succeeded`. */
  kind: z.string(),
  /** Id of what it happened to, and its number where it has one. */
  subject: z.uuid(),
  subjectNo: z.string().nullable(),
  /** Whose money it is, with its number: an order, or (`repair_fee`) the case whose repair is paid for. */
  about: z.uuid().nullable(),
  aboutNo: z.string().nullable(),
  aboutKind: z.string(),
  at: z.string(),
};

export const LedgerPostingView = z
  .object({
    id: z.string(),
    entryId: z.uuid(),
    ...cause,
    currency: z.string(),
    debit: z.int(),
    credit: z.int(),
    shopId: z.uuid().nullable(),
    /** Of the account in this currency, after this posting. */
    balance: z.int(),
  })
  .meta({ id: 'LedgerPosting' });

export const LedgerEntryView = z
  .object({
    id: z.uuid(),
    ...cause,
    /** Id of the payment that is the cause, or that a refund is of. */
    paymentId: z.uuid().nullable(),
    day: z.iso.date(),
    bookedAt: z.string(),
    actor: z.string(),
    reverses: z.uuid().nullable(),
    reversedBy: z.uuid().nullable(),
    lines: z.array(
      z.object({
        account: z.string(),
        number: z.string(),
        name: z.string(),
        currency: z.string(),
        debit: z.int(),
        credit: z.int(),
        shopId: z.uuid().nullable(),
      }),
    ),
  })
  .meta({ id: 'LedgerEntry' });

export const ReadTrialBalance = z.object({ at: z.iso.date().optional() });
export const ListAccounts = z.object(listInput);
export const AccountList = listOf(LedgerAccountView);
export const ListPostings = z.object({
  ...listInput,
  code: z.string().max(60),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  from: z.coerce.date().optional(),
  /** Exclusive. */
  to: z.coerce.date().optional(),
});
export const PostingList = listOf(LedgerPostingView);
export const LedgerEntryId = z.object({ entryId: z.uuid() });
