import { z } from 'zod';
import { fieldCrypto } from '../crypto/index.ts';
import { t } from '../i18n/index.ts';
import { defineJob } from '../jobs/index.ts';
import { createMailer, type Mailer, type MailerOptions, MailRefused, messageIdOf } from './mailer.ts';
import { ADDRESS_PURPOSE, NotSentYet, unsealed } from './sealed.ts';
import { leaseMessage, lockMessage, type SentRow, settleMessage } from './store.ts';

export const NO_MAIL_SERVER = 'no_mail_server';

const ATTEMPTS_MAX = 12; // with the queue's growing delays, a little over a day
const LEASE_MS = 120_000; // longer than any attempt: the mailer gives up after 50 s

let current: { mailer: Mailer; from: string; url: string } | undefined;

/**
 * Called once by the composition root; without options no mail server is known and e-mails are skipped, saying so.
 * Returns what closes the connections at shutdown.
 */
export function useMailer(options: MailerOptions | undefined): { close(): void } {
  const mailer = options && createMailer(options);
  current = mailer && { mailer, from: options.from, url: options.url };
  return { close: () => mailer?.close() };
}

/** Whether e-mails can be sent at all. */
export const hasMailer = (): boolean => current !== undefined;

/** The server's own mail server, for a module that sends mail of its own making; undefined when there is none. */
export const mailServer = (): MailerOptions | undefined => current && { url: current.url, from: current.from };

/** Sends one queued e-mail. Looks again before it acts: run twice, it sends once. */
export const sendEmail = defineJob({
  name: 'notifications.send_email',
  input: z.object({ notificationId: z.uuid() }),
  attemptsMax: ATTEMPTS_MAX,
  run: async (env, { notificationId }, ctx) => {
    const sender = current;
    const email = await env.db.inTx(ctx, async (tx) => {
      const row = await lockMessage(tx, notificationId, 'email');
      if (row?.state !== 'queued') return undefined;
      if (row.leased_until && row.leased_until > ctx.now) throw new NotSentYet('another worker is sending it');
      if (sender && row.address_sealed) await leaseMessage(tx, row.id, new Date(ctx.now.getTime() + LEASE_MS));
      else await settleMessage(tx, row.id, 'skipped', ctx.now, sender ? 'no_address' : NO_MAIL_SERVER);
      return row;
    });
    if (!email?.address_sealed || !sender) return;
    await fieldCrypto.load(ctx.orgId);
    const failure = await attempt(sender, ctx.orgId, email, email.address_sealed);
    const last = email.attempts + 1 >= ATTEMPTS_MAX;
    const state = failure === undefined ? 'sent' : failure.permanent || last ? 'failed' : 'queued';
    await env.db.inTx(ctx, (tx) => settleMessage(tx, email.id, state, ctx.now, failure?.message ?? null));
    if (state === 'queued') throw new NotSentYet(failure?.message);
  },
});

/** Undefined when the server took the mail. */
async function attempt(
  sender: { mailer: Mailer; from: string },
  orgId: string,
  email: SentRow,
  sealed: Buffer,
): Promise<MailRefused | undefined> {
  const { address: to, secret } = unsealed(fieldCrypto.open(orgId, sealed, ADDRESS_PURPOSE));
  const data = { ...email.data, ...secret };
  try {
    await sender.mailer.send({
      to,
      subject: t(email.locale, `notify.${email.template}.subject`, data),
      text: t(email.locale, `notify.${email.template}.body`, data),
      messageId: messageIdOf(orgId, email.dedupe_key, sender.from),
      locale: email.locale,
    });
    return undefined;
  } catch (error) {
    if (error instanceof MailRefused) return error;
    throw error;
  }
}
