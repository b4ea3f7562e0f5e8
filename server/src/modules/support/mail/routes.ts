import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type HttpEnv, type Route } from '#kernel/http/route.ts';
import { mailServer } from '#kernel/notifications/index.ts';
import { READ, REPLY } from '../tickets/policy.ts';
import { retryOutgoing } from './commands/retry.ts';
import { changeAccount, createAccount, fetchNow } from './commands/save-account.ts';
import { dropHeld, openHeld } from './commands/settle-held.ts';
import { tryImap } from './imap.ts';
import { MAIL_CONFIGURE, MAIL_READ } from './policy.ts';
import { presentAccount, presentIncoming, presentOutgoing, presentTrial } from './present.ts';
import { incomingPage, mailOfTicket } from './queries/mail.ts';
import * as schema from './schema.ts';
import { mailSettings } from './settings.ts';
import { trySmtp } from './smtp.ts';
import { getAccount, listAccounts, openPassword } from './store/accounts.ts';

const tags = ['mail'];
const MB = 1_048_576;

/** Tries a mailbox as it stands in the form, before anything is saved. Passwords not typed in are those kept. */
async function testAccount(env: HttpEnv, ctx: Ctx, input: z.output<typeof schema.TestAccount>) {
  await fieldCrypto.load(ctx.orgId);
  const { kept, settings } = await env.db.read(ctx, async (tx) => {
    const row = input.mailboxId === undefined ? undefined : await getAccount(tx, input.mailboxId);
    // a kept password is sent only to where it belongs: else whoever may set up mailboxes could have it sent to themselves
    const isSame = (which: 'imap' | 'smtp'): boolean =>
      row?.[which]?.host === input[which]?.host && row?.[which]?.user === input[which]?.user;
    const passwordOf = (which: 'imap' | 'smtp') =>
      row && isSame(which) ? openPassword(ctx.orgId, row, which) : undefined;
    return { kept: { imap: passwordOf('imap'), smtp: passwordOf('smtp') }, settings: await mailSettings.get(tx) };
  });
  const limits = { allowInside: settings.allowInside, bytesMax: settings.sizeMaxMb * MB };
  const password = input.imap.password ?? kept.imap;
  const imap =
    password === undefined
      ? { problem: { code: 'no_password' }, messages: null }
      : await tryImap({ ...input.imap, password }, limits);
  const own = mailServer();
  const login = input.smtp ? { ...input.smtp, password: input.smtp.password ?? kept.smtp } : own && { url: own.url };
  const smtp = login ? await trySmtp(login, settings.allowInside) : { code: 'no_mail_server' };
  return presentTrial(ctx, imap, smtp);
}

const accountRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/mail-accounts',
    permission: MAIL_READ,
    tags,
    summary: 'The mailboxes, and how they are doing',
    input: z.object({}),
    output: schema.AccountList,
    run: async (tx, ctx) => ({
      items: (await listAccounts(tx)).map((r) => presentAccount(ctx, r)),
      serverHasSmtp: mailServer() !== undefined,
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/mail-accounts',
    permission: MAIL_CONFIGURE,
    tags,
    summary: 'Set up a mailbox',
    input: schema.SaveAccount,
    output: schema.AccountView,
    status: 201,
    run: async (tx, ctx, input) => presentAccount(ctx, await createAccount(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/mail-accounts/test',
    permission: MAIL_CONFIGURE,
    tags,
    summary: 'Try a mailbox, and say in words what is wrong with it; nothing is saved',
    ratePerMinute: 20,
    mode: 'raw',
    input: schema.TestAccount,
    output: schema.TestResult,
    run: testAccount,
  }),
  defineRoute({
    method: 'GET',
    path: '/mail-accounts/{mailboxId}',
    permission: MAIL_READ,
    tags,
    summary: 'A mailbox',
    input: schema.AccountRef,
    output: schema.AccountView,
    run: async (tx, ctx, { mailboxId }) => presentAccount(ctx, await getAccount(tx, mailboxId)),
  }),
  defineRoute({
    method: 'PUT',
    path: '/mail-accounts/{mailboxId}',
    permission: MAIL_CONFIGURE,
    tags,
    summary: 'Change a mailbox, or switch it off',
    input: schema.ChangeAccount,
    output: schema.AccountView,
    run: async (tx, ctx, input) => presentAccount(ctx, await changeAccount(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/mail-accounts/{mailboxId}/fetch',
    permission: MAIL_READ,
    tags,
    summary: 'Look into a mailbox now',
    input: schema.AccountRef,
    output: schema.AccountView,
    run: async (tx, ctx, input) => presentAccount(ctx, await fetchNow(tx, ctx, input)),
  }),
];

const opened = async (tx: Tx, ctx: Ctx, input: { outgoingId: string }) =>
  presentOutgoing(ctx, await retryOutgoing(tx, ctx, input));

export const mailRoutes: Route[] = [
  ...accountRoutes,
  defineRoute({
    method: 'GET',
    path: '/mail/incoming',
    permission: MAIL_READ,
    tags,
    summary: 'Mail that came in, and what became of it',
    input: schema.ListIncoming,
    output: schema.IncomingList,
    run: incomingPage,
  }),
  defineRoute({
    method: 'POST',
    path: '/mail/incoming/{incomingId}/open-ticket',
    permission: REPLY,
    tags,
    summary: 'Open a ticket with a mail that was held',
    mode: 'raw',
    input: schema.IncomingRef,
    output: schema.IncomingView,
    run: async (env, ctx, input) => presentIncoming(ctx, await openHeld(env, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/mail/incoming/{incomingId}/drop',
    permission: REPLY,
    tags,
    summary: 'Put aside a mail that was held',
    input: schema.IncomingRef,
    output: schema.IncomingView,
    run: async (tx, ctx, input) => presentIncoming(ctx, await dropHeld(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/mail/outgoing/{outgoingId}/retry',
    permission: REPLY,
    tags,
    summary: 'Send again what did not arrive',
    input: schema.OutgoingRef,
    output: schema.OutgoingView,
    run: opened,
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}/mail',
    permission: READ,
    tags,
    summary: 'What of a ticket came and went by e-mail',
    input: schema.TicketRef,
    output: schema.TicketMail,
    run: (tx, ctx, { ticketId }) => mailOfTicket(tx, ctx, ticketId),
  }),
];
