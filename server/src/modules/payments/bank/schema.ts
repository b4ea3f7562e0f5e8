import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { AMOUNT_MAX, CURRENCIES } from '#kernel/money.ts';
import { OTHER_ACCOUNTS } from './match-line.ts';
import { MATCH_KINDS } from './store/matches.ts';

const note = z.string().trim().max(500);
const amount = z.int().min(1).max(AMOUNT_MAX);
const code = z.string().trim().min(1).max(40);

const account = {
  code: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  /** Whose it is, as a payer has to write it. */
  name: z.string().trim().min(1).max(100),
  bank: z.string().trim().min(1).max(100),
  accountNo: z.string().regex(/^[0-9A-Za-z-]{4,40}$/),
  currency: z.enum(CURRENCIES),
  /** Customers are told to transfer to it. */
  takesTransfers: z.boolean(),
  enabled: z.boolean(),
};
export const CreateBankAccount = z.object({
  ...account,
  currency: account.currency.default('CNY'),
  takesTransfers: z.boolean().default(false),
  enabled: z.boolean().default(true),
});
export const ChangeBankAccount = z.object({
  accountId: z.uuid(),
  name: account.name,
  bank: account.bank,
  accountNo: account.accountNo,
  takesTransfers: account.takesTransfers,
  enabled: account.enabled,
});
export const BankAccountView = z
  .object({ id: z.uuid(), ...account, version: z.int(), may: z.array(z.string()) })
  .meta({ id: 'BankAccount' });
export type BankAccountView = z.input<typeof BankAccountView>;

export const MatchView = z
  .object({
    id: z.uuid(),
    kind: z.enum(MATCH_KINDS),
    amount: z.int(),
    /** Kept on the way by the channel or courier. */
    fee: z.int(),
    paymentId: z.uuid().nullable(),
    refundId: z.uuid().nullable(),
    entryId: z.uuid().nullable(),
    channel: z.string().nullable(),
    account: z.string().nullable(),
    note: z.string(),
    by: z.string(),
    at: z.string(),
    undoneBy: z.string().nullable(),
    undoneAt: z.string().nullable(),
    may: z.array(z.string()),
  })
  .meta({ id: 'BankMatch' });
export type MatchView = z.input<typeof MatchView>;

export const LINE_STATES = ['open', 'matched', 'ignored'] as const;
const line = {
  id: z.uuid(),
  account: z.string(),
  at: z.string(),
  /** In is more than nothing, out is less. */
  amount: z.int(),
  currency: z.string(),
  balance: z.int().nullable(),
  ref: z.string(),
  remark: z.string(),
  /** The other side, masked. */
  party: z.string(),
  state: z.enum(LINE_STATES),
  /** Not explained yet. */
  left: z.int(),
  may: z.array(z.string()),
};
export const BankLineSummary = z.object(line).meta({ id: 'BankLineSummary' });
export type BankLineSummary = z.input<typeof BankLineSummary>;

const suggested = z.object({ id: z.uuid(), label: z.string(), on: z.string(), amount: z.int() });
export const BankLineView = z
  .object({
    ...line,
    matches: z.array(MatchView),
    /** What it may be: nothing of this is taken without a person. */
    suggestions: z.object({
      /** Open payments by transfer whose missing amount is that of the line; `named`: the remark names it. */
      payments: z.array(
        z.object({
          id: z.uuid(),
          paymentNo: z.string(),
          orderNo: z.string(),
          amount: z.int(),
          named: z.boolean(),
          createdAt: z.string(),
        }),
      ),
      /** Days of a channel's bills that add up to the line. */
      settlements: z.array(z.object({ channel: z.string(), bills: z.array(suggested) })),
      /** Refunds waiting to be paid by hand, of the amount of the line. */
      refunds: z.array(z.object({ id: z.uuid(), refundNo: z.string(), amount: z.int(), createdAt: z.string() })),
      /** Bookings on the bank's account of the same amount which no line has shown. */
      entries: z.array(z.object({ id: z.uuid(), kind: z.string(), at: z.string(), amount: z.int() })),
    }),
  })
  .meta({ id: 'BankLine' });
export type BankLineView = z.input<typeof BankLineView>;

const filters = {
  account: code.optional(),
  state: z.enum(LINE_STATES).optional(),
  side: z.enum(['in', 'out']).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** The bank's number, or part of the remark. */
  q: z.string().trim().min(1).max(100).optional(),
  amount: z.coerce.number().int().min(1).max(AMOUNT_MAX).optional(),
};
export const ListBankLines = z.object({ ...listInput, ...filters });
export const SumBankLines = z.object(filters);
export const BankLineSums = z
  .object({
    items: z.array(
      z.object({
        state: z.enum(LINE_STATES),
        side: z.enum(['in', 'out']),
        lines: z.int(),
        amount: z.int(),
        left: z.int(),
      }),
    ),
    /** Bookings on the bank's account that no line has shown: in, out, and the newest of them. */
    unseen: z.object({
      in: z.int(),
      out: z.int(),
      items: z.array(
        z.object({ id: z.uuid(), kind: z.string(), at: z.string(), amount: z.int(), currency: z.string() }),
      ),
    }),
  })
  .meta({ id: 'BankLineSums' });

export const BankLineId = z.object({ lineId: z.uuid() });
export const BankMatchId = z.object({ matchId: z.uuid() });
export const BankAccountId = z.object({ accountId: z.uuid() });
export const BankLineList = listOf(BankLineSummary);

/** What a line is. Of a payment or of other things it may be a part; a settlement is all that is left of it. */
export const MatchBankLine = z.object({
  lineId: z.uuid(),
  match: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('payment'),
      /** Its id, its number, or that of an order with an open payment by transfer. */
      payment: z.string().trim().min(1).max(60),
      amount: amount.optional(),
      note: note.optional(),
    }),
    z.object({
      kind: z.literal('settlement'),
      channel: code,
      fee: z.int().min(0).max(AMOUNT_MAX).optional(),
      billIds: z.array(z.uuid()).max(200).optional(),
      orderNos: z.array(z.string().trim().min(1).max(60)).max(5000).optional(),
      note: note.optional(),
    }),
    z.object({ kind: z.literal('refund'), refundId: z.uuid(), note: note.optional() }),
    z.object({ kind: z.literal('entry'), entryId: z.uuid(), note: note.optional() }),
    z.object({
      kind: z.literal('other'),
      account: z.enum(OTHER_ACCOUNTS),
      amount: amount.optional(),
      note: note.min(2),
    }),
  ]),
});
export type MatchBankLine = z.output<typeof MatchBankLine>;
export const IgnoreBankLine = z.object({ lineId: z.uuid(), ignored: z.boolean().default(true) });

export const ListOutstanding = z.object({ ...listInput, channel: code });
export const OutstandingList = listOf(suggested);
