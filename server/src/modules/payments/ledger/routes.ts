import { defineRoute } from '#kernel/http/route.ts';
import { listAccounts, listPostings, showEntry, showTrialBalance } from './queries.ts';
import {
  AccountList,
  LedgerEntryId,
  LedgerEntryView,
  ListAccounts,
  ListPostings,
  PostingList,
  ReadTrialBalance,
  TrialBalanceView,
} from './schema.ts';

const tags = ['ledger'];
const permission = 'payments.ledger.read';

export const ledgerRoutes = [
  defineRoute({
    method: 'GET',
    path: '/ledger/trial-balance',
    permission,
    tags,
    summary: 'Both sides of every account up to the end of a day, and whether they are the same',
    input: ReadTrialBalance,
    output: TrialBalanceView,
    run: showTrialBalance,
  }),
  defineRoute({
    method: 'GET',
    path: '/ledger/accounts',
    permission,
    tags,
    summary: 'The accounts of the books with their balances now',
    input: ListAccounts,
    output: AccountList,
    run: listAccounts,
  }),
  defineRoute({
    method: 'GET',
    path: '/ledger/accounts/{code}/postings',
    permission,
    tags,
    summary: 'What was posted to an account, newest first, each with the balance after it',
    input: ListPostings,
    output: PostingList,
    run: listPostings,
  }),
  defineRoute({
    method: 'GET',
    path: '/ledger/entries/{entryId}',
    permission,
    tags,
    summary: 'One entry with both its sides and what caused it',
    input: LedgerEntryId,
    output: LedgerEntryView,
    run: showEntry,
  }),
];
