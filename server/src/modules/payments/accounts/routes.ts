import { z } from 'zod';
import { t } from '#kernel/i18n/index.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { probe } from '../providers/probe.ts';
import { changeAccount, createAccount, promoteKeys } from './commands.ts';
import { openAccount } from './open-account.ts';
import { payOptions } from './options.ts';
import { presentAccount, READ, WRITE } from './present.ts';
import { AccountId, AccountView, ChangeAccount, CreateAccount, PayOptions, TestResult } from './schema.ts';
import { getAccount, listAccounts } from './store.ts';

const tags = ['payment-channels'];

export const accountRoutes = [
  defineRoute({
    method: 'GET',
    path: '/payment-channels',
    permission: READ,
    tags,
    summary: 'Accounts at payment channels; of secrets only which are set, and since when',
    input: z.object({}),
    output: z.object({ items: z.array(AccountView) }),
    run: async (tx, ctx) => ({ items: (await listAccounts(tx)).map((row) => presentAccount(ctx, row)) }),
  }),
  defineRoute({
    method: 'GET',
    path: '/payment-channels/{accountId}',
    permission: READ,
    tags,
    summary: 'One account',
    input: AccountId,
    output: AccountView,
    run: async (tx, ctx, { accountId }) => presentAccount(ctx, await getAccount(tx, accountId)),
  }),
  defineRoute({
    method: 'POST',
    path: '/payment-channels',
    permission: WRITE,
    tags,
    summary: 'Add an account at a channel; one at each',
    status: 201,
    input: CreateAccount,
    output: AccountView,
    run: createAccount,
  }),
  defineRoute({
    method: 'PUT',
    path: '/payment-channels/{accountId}',
    permission: WRITE,
    tags,
    summary: 'Change an account; secrets that are not named stay as they are',
    input: ChangeAccount,
    output: AccountView,
    run: changeAccount,
  }),
  defineRoute({
    method: 'POST',
    path: '/payment-channels/{accountId}/promote',
    permission: WRITE,
    tags,
    summary: 'Sign with the next key pair from now on',
    input: AccountId,
    output: AccountView,
    run: promoteKeys,
  }),
  defineRoute({
    method: 'POST',
    path: '/payment-channels/{accountId}/test',
    permission: WRITE,
    tags,
    summary: 'Make a signed call to the channel and say what is wrong',
    mode: 'raw',
    ratePerMinute: 20,
    input: AccountId,
    output: TestResult,
    run: async (env, ctx, { accountId }) => {
      const found = await probe(env, await openAccount(env, ctx.orgId, accountId), env.now());
      const findings = found.map(({ code, ok, what = '' }) => ({
        code,
        ok,
        message: [t(ctx.locale, `payments.probe.${code}`), what].filter((part) => part !== '').join(' '),
      }));
      return { ok: findings.length > 0 && findings.every((f) => f.ok), findings };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/payments/options',
    permission: 'payments.payment.read',
    tags: ['payments'],
    summary: 'The channels and methods by which an order may be paid',
    input: z.object({ subject: z.uuid() }),
    output: PayOptions,
    run: payOptions,
  }),
];
