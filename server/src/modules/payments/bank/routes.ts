import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { changeBankAccount, createBankAccount } from './accounts.ts';
import { askOther } from './ask-other.ts';
import { ignoreLine, matchEntry, matchPayment, matchRefund, matchSettlement, undoMatch } from './match-line.ts';
import {
  BANK_READ,
  BANK_WRITE,
  pageOfLines,
  pageOfOutstanding,
  presentAccount,
  showLine,
  showSums,
} from './queries.ts';
import * as schema from './schema.ts';
import { listBankAccounts } from './store/accounts.ts';
import { transferNamed } from './store/suggest.ts';

const tags = ['bank'];

async function match(tx: Tx, ctx: Ctx, { lineId, match: what }: schema.MatchBankLine): Promise<void> {
  if (what.kind === 'payment')
    await matchPayment(tx, ctx, { lineId, paymentId: await transferNamed(tx, what.payment), ...what });
  else if (what.kind === 'settlement') await matchSettlement(tx, ctx, { lineId, ...what });
  else if (what.kind === 'refund') await matchRefund(tx, ctx, { lineId, ...what });
  else if (what.kind === 'entry') await matchEntry(tx, ctx, { lineId, ...what });
  else await askOther(tx, ctx, { lineId, ...what });
}

export const bankRoutes = [
  defineRoute({
    method: 'GET',
    path: '/bank-accounts',
    permission: BANK_READ,
    tags,
    summary: 'Our bank accounts',
    input: z.object({}),
    output: z.object({ items: z.array(schema.BankAccountView), nextCursor: z.string().nullable() }),
    run: async (tx, ctx) => ({
      items: (await listBankAccounts(tx)).map((row) => presentAccount(ctx, row)),
      nextCursor: null,
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/bank-accounts',
    permission: BANK_WRITE,
    tags,
    summary: 'Add a bank account of ours',
    status: 201,
    input: schema.CreateBankAccount,
    output: schema.BankAccountView,
    run: createBankAccount,
  }),
  defineRoute({
    method: 'PUT',
    path: '/bank-accounts/{accountId}',
    permission: BANK_WRITE,
    tags,
    summary: 'Change a bank account; its code and currency stay',
    input: schema.ChangeBankAccount,
    output: schema.BankAccountView,
    run: changeBankAccount,
  }),
  defineRoute({
    method: 'GET',
    path: '/bank-lines',
    permission: BANK_READ,
    tags,
    summary: 'Movements on our bank accounts, newest first; they are imported as `bank-lines`',
    input: schema.ListBankLines,
    output: schema.BankLineList,
    run: pageOfLines,
  }),
  defineRoute({
    method: 'GET',
    path: '/bank-lines/sums',
    permission: BANK_READ,
    tags,
    summary: 'How many movements are explained and how many are not, and what is booked and no movement has shown',
    input: schema.SumBankLines,
    output: schema.BankLineSums,
    run: showSums,
  }),
  defineRoute({
    method: 'GET',
    path: '/bank-lines/outstanding',
    permission: BANK_READ,
    tags,
    summary: 'What a channel (its bills) or the couriers (`cod`) have not paid out yet, oldest first',
    input: schema.ListOutstanding,
    output: schema.OutstandingList,
    run: pageOfOutstanding,
  }),
  defineRoute({
    method: 'GET',
    path: '/bank-lines/{lineId}',
    permission: BANK_READ,
    tags,
    summary: 'One movement: what it is, and what it may be',
    input: schema.BankLineId,
    output: schema.BankLineView,
    run: showLine,
  }),
  defineRoute({
    method: 'POST',
    path: '/bank-lines/{lineId}/matches',
    permission: BANK_WRITE,
    tags,
    summary: 'Say what a movement is: a transfer of a customer, a payout of a channel or courier, a refund by hand, …',
    status: 201,
    input: schema.MatchBankLine,
    output: schema.BankLineView,
    run: async (tx, ctx, input) => {
      await match(tx, ctx, input);
      return showLine(tx, ctx, input);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/bank-lines/{lineId}/ignore',
    permission: BANK_WRITE,
    tags,
    summary: 'Say that a movement needs no match, or does after all',
    input: schema.IgnoreBankLine,
    output: schema.BankLineView,
    run: async (tx, ctx, input) => {
      await ignoreLine(tx, ctx, input);
      return showLine(tx, ctx, input);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/bank-matches/{matchId}/undo',
    permission: BANK_WRITE,
    tags,
    summary: 'Take back what a movement was said to be',
    input: schema.BankMatchId,
    output: schema.BankLineView,
    run: async (tx, ctx, input) => showLine(tx, ctx, { lineId: (await undoMatch(tx, ctx, input)).line_id }),
  }),
];
