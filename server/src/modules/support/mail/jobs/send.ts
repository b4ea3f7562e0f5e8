import type { SendMailOptions } from 'nodemailer';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openSharedFile, type OpenedFile } from '#kernel/files/index.ts';
import { step } from '#kernel/flow.ts';
import { t } from '#kernel/i18n/index.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { mailServer } from '#kernel/notifications/index.ts';
import { after } from '#kernel/time.ts';
import { keyOf, ticketFacts } from '../../tickets/events.ts';
import { getTicket, type TicketRow } from '../../tickets/index.ts';
import { tellPeople, workersOf } from '../../tickets/people.ts';
import { filesOfMessages, messagesByIds, openBody } from '../../tickets/store/messages.ts';
import { openSubject } from '../../tickets/store/tickets.ts';
import { outgoingFlow } from '../domain/outgoing-flow.ts';
import { plainSubject, replyAddress, subjectTag } from '../domain/references.ts';
import { MailFailed } from '../events.ts';
import { mailSettings } from '../settings.ts';
import { type Attempt, sendMail, type SmtpLogin } from '../smtp.ts';
import { type AccountRow, getAccount, openPassword } from '../store/accounts.ts';
import { lockOutgoing, openRecipients, type OutgoingRow, saveOutgoing } from '../store/outgoing.ts';
import { replyMac, saveThread } from '../store/threads.ts';

const ATTEMPTS_MAX = 12; // with the queue's growing delays, a little over a day
const LEASE_MS = 180_000; // longer than any attempt: the mailer gives up after 75 s of silence
const FILES_BYTES_MAX = 20 * 1_048_576;

/** The attempt did not come through; the queue tries again later. Its message is a code, safe to log. */
class NotSentYet extends Error {}

type Letter = {
  row: OutgoingRow;
  login: SmtpLogin | undefined;
  allowInside: boolean;
  options: SendMailOptions;
  files: OpenedFile[];
};

/**
 * Sends one mail of a ticket. Looks again before it acts: run twice, it sends once. A crash between the server's answer and the
 * commit sends again under the same Message-ID, so that the receiving side can tell: e-mail allows no more.
 */
export const sendAnswer = defineJob({
  name: 'support.mail_send',
  input: z.object({ outgoingId: z.uuid() }),
  attemptsMax: ATTEMPTS_MAX + 3,
  run: async (env, { outgoingId }, ctx) => {
    const letter = await env.db.inTx(ctx, async (tx) => {
      const row = await lockOutgoing(tx, outgoingId);
      if (row.state !== 'queued') return undefined;
      if (row.leased_until && row.leased_until > ctx.now) throw new NotSentYet('another worker is sending it');
      const leased = await saveOutgoing(tx, row, {
        attempts: row.attempts + 1,
        leased_until: after(ctx.now, LEASE_MS),
      });
      return letterOf(tx, ctx, leased);
    });
    if (!letter) return;
    const attempt = await post(letter);
    const isLast = letter.row.attempts >= ATTEMPTS_MAX;
    await settle(env, ctx, outgoingId, attempt, isLast);
    if (attempt && !attempt.final && !isLast) throw new NotSentYet(attempt.problem);
  },
});

async function post(letter: Letter): Promise<Attempt> {
  if (!letter.login) return { problem: 'no_mail_server', final: true };
  const attachments = [];
  for (const { file, stream } of letter.files)
    attachments.push({ filename: file.name, contentType: file.mediaType, content: await buffer(await stream()) });
  return sendMail(letter.login, letter.allowInside, { ...letter.options, attachments });
}

async function settle(env: JobEnv, ctx: Ctx, id: string, attempt: Attempt, isLast: boolean): Promise<void> {
  await env.db.inTx(ctx, async (tx) => {
    const row = await lockOutgoing(tx, id);
    if (row.state !== 'queued') return; // a report that it could not be delivered was faster
    if (attempt === null) {
      const state = step(outgoingFlow, row.state, 'accept');
      await saveOutgoing(tx, row, { state, sent_at: ctx.now, leased_until: null, problem: null });
      if (row.kind === 'reply') await saveThread(tx, row.ticket_id, { undelivered_at: null });
      return;
    }
    const isOver = attempt.final || isLast;
    const state = isOver ? step(outgoingFlow, row.state, 'give_up') : row.state;
    const saved = await saveOutgoing(tx, row, { state, leased_until: null, problem: attempt.problem });
    if (isOver) await tellOfFailure(tx, ctx, saved, attempt.problem);
  });
}

async function tellOfFailure(tx: Tx, ctx: Ctx, row: OutgoingRow, problem: string): Promise<void> {
  const ticket = await getTicket(tx, row.ticket_id);
  if (row.kind === 'reply') await saveThread(tx, row.ticket_id, { undelivered_at: ctx.now });
  await MailFailed.emit(tx, ctx, keyOf(ticket), { ...ticketFacts(ticket), outgoingId: row.id, problem });
  await tellPeople(tx, ctx, await workersOf(tx, ticket), {
    template: 'support.mail_failed',
    dedupeKey: `support_mail_failed:${row.id}:${row.attempts}`,
    data: { no: ticket.no },
  });
}

async function letterOf(tx: Tx, ctx: Ctx, row: OutgoingRow): Promise<Letter> {
  await fieldCrypto.load(ctx.orgId);
  const account = await getAccount(tx, row.account_id);
  const ticket = await getTicket(tx, row.ticket_id);
  const { to, cc } = openRecipients(ctx.orgId, row);
  const subject = plainSubject(openSubject(ctx.orgId, ticket));
  const login = loginOf(ctx, account);
  const replyTo = account.plus
    ? replyAddress(account.address, ticket.no, replyMac(ctx.orgId, ticket.id))
    : account.address;
  const { text, files } = await contentOf(tx, ctx, row, ticket);
  const options: SendMailOptions = {
    from: { name: account.sender_name, address: account.address },
    replyTo: { name: account.sender_name, address: replyTo },
    to: { name: to.name, address: to.address }, // an address, never a list of them
    cc: cc.map((address) => ({ name: '', address })),
    subject: `Re: ${subject} ${subjectTag(ticket.no)}`,
    text,
    date: row.created_at,
    messageId: row.rfc_message_id,
    ...(row.in_reply_to === null ? {} : { inReplyTo: row.in_reply_to }),
    ...(row.refs.length === 0 ? {} : { references: row.refs }),
    headers: {
      'Content-Language': row.locale,
      ...(row.auto
        ? {
            'Auto-Submitted': row.kind === 'acknowledgement' ? 'auto-replied' : 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
          }
        : {}),
    },
    envelope: { from: account.address, to: [to.address, ...cc] },
  };
  return { row, login, allowInside: (await mailSettings.get(tx)).allowInside, options, files };
}

function loginOf(ctx: Ctx, account: AccountRow): SmtpLogin | undefined {
  if (account.smtp) return { ...account.smtp, password: openPassword(ctx.orgId, account, 'smtp') };
  const own = mailServer();
  return own && { url: own.url };
}

/** The text in the customer's language, and the files: those beyond what a mail carries are named instead. */
async function contentOf(
  tx: Tx,
  ctx: Ctx,
  row: OutgoingRow,
  ticket: TicketRow,
): Promise<{ text: string; files: OpenedFile[] }> {
  const facts = { no: ticket.no };
  if (row.message_id === null) return { text: t(row.locale, 'mail.acknowledgement', facts), files: [] };
  const [message] = await messagesByIds(tx, [row.message_id]);
  const files: OpenedFile[] = [];
  const left: string[] = [];
  let bytes = 0;
  for (const id of (await filesOfMessages(tx, [row.message_id])).get(row.message_id) ?? []) {
    const opened = await openSharedFile(tx, ctx, id);
    bytes += opened.file.size;
    if (bytes > FILES_BYTES_MAX) left.push(opened.file.name);
    else files.push(opened);
  }
  const said = message ? openBody(ctx.orgId, message) : '';
  const named = left.map((name) => t(row.locale, 'mail.not_attached', { name }));
  return { text: [said, ...named, '', '-- ', t(row.locale, 'mail.footer', facts)].join('\n'), files };
}
