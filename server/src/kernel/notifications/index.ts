import { assert } from '../assert.ts';
import { type Ctx, type Locale } from '../context.ts';
import { fieldCrypto } from '../crypto/index.ts';
import type { Tx } from '../db/index.ts';
import { hasText } from '../i18n/index.ts';
import { newId } from '../ids.ts';
import { ADDRESS_PURPOSE, sealedText } from './sealed.ts';
import { hasMailer, NO_MAIL_SERVER, sendEmail } from './send-email.ts';
import { sendSms } from './sms/send-sms.ts';
import { isCustomerMessage } from './sms/messages.ts';
import { isToldBySms } from './sms/settings.ts';
import { type Channel, eraseAddresses, insertOnce, type Recipient } from './store.ts';

export { mailServer, sendEmail, useMailer } from './send-email.ts';
export { sendSms } from './sms/send-sms.ts';
export { useCustomerMessages } from './sms/messages.ts';
export { canSendSms, isToldBySms, smsSettings } from './sms/settings.ts';
export type { MailerOptions } from './mailer.ts';
export type { Channel, Recipient } from './store.ts';

export type Notice = {
  /** `<module>.<what>`: the texts are `notify.<template>.subject` and `.body`. */
  template: string;
  /**
   * Without an e-mail address the app tells, and an SMS what the organisation wants told that way. `locale` is the recipient's; the
   * context's when not given.
   */
  to: Recipient & { email?: string | undefined; phone?: string | undefined; locale?: Locale };
  /** What this is about, such as `order_shipped:<parcel id>`: one recipient is told once per channel. */
  dedupeKey: string;
  /** Fills the texts. Numbers, amounts, dates and codes; no personal data, it is stored in the open. */
  data: Readonly<Record<string, unknown>>;
  /** Fills the e-mail's texts too, and is kept sealed with the address: links that stand for a person. Not shown in the app. */
  secret?: Readonly<Record<string, string>>;
  /** Default: the app, and what `reachBy` says. */
  channels?: readonly Channel[];
  /** When it is worth nothing any more: a code that has run out is not sent. */
  expiresAt?: Date;
};

/**
 * Tells somebody something, once, when and only when the transaction commits. Returns the channels that were new.
 * Nothing is sent here: the e-mail waits in the queue.
 */
export async function notify(tx: Tx, ctx: Ctx, notice: Notice): Promise<Channel[]> {
  const locale = notice.to.locale ?? ctx.locale;
  for (const part of ['subject', 'body']) {
    assert(hasText(locale, `notify.${notice.template}.${part}`), `the template ${notice.template} has a ${part}`);
  }
  assert(
    notice.to.kind !== 'customer' || isCustomerMessage(notice.template),
    `${notice.template} is listed as told to customers`,
  );
  const channels = notice.channels ?? (await usualChannels(tx, notice));
  const told: Channel[] = [];
  for (const channel of channels) if (await tell(tx, ctx, notice, channel, locale)) told.push(channel);
  return told;
}

/** How a message reaches somebody beside the app: by e-mail; without an address by SMS, where the organisation wants it; or not. */
export async function reachBy(
  tx: Tx,
  template: string,
  { email, phone }: { email?: string | undefined; phone?: string | undefined },
): Promise<'email' | 'sms' | undefined> {
  if (email !== undefined && email !== '') return 'email';
  return phone !== undefined && phone !== '' && (await isToldBySms(tx, template)) ? 'sms' : undefined;
}

async function usualChannels(tx: Tx, { template, to }: Notice): Promise<Channel[]> {
  const by = await reachBy(tx, template, to);
  return by === undefined ? ['in_app'] : ['in_app', by];
}

async function tell(tx: Tx, ctx: Ctx, notice: Notice, channel: Channel, locale: Locale): Promise<boolean> {
  const { kind, id, email, phone } = notice.to;
  const notificationId = newId();
  const address = channel === 'email' ? email : channel === 'sms' ? phone : undefined;
  const skipped = channel === 'in_app' ? null : whySkipped(channel, address);
  const state = channel === 'in_app' ? 'sent' : skipped === null ? 'queued' : 'skipped';
  const added = await insertOnce(tx, ctx, {
    id: notificationId,
    dedupeKey: `${notice.dedupeKey}/${kind}:${id}`,
    channel,
    to: { kind, id },
    addressSealed: address === undefined ? null : await sealAddress(ctx, address, notice.secret),
    template: notice.template,
    data: notice.data,
    locale,
    state,
    reason: skipped,
    expiresAt: notice.expiresAt ?? null,
  });
  if (!added || state !== 'queued') return added;
  await (channel === 'sms' ? sendSms : sendEmail).enqueue(tx, ctx, { notificationId }, { key: notificationId });
  return added;
}

function whySkipped(channel: Channel, address: string | undefined): string | null {
  if (address === undefined) return 'no_address';
  return channel === 'email' && !hasMailer() ? NO_MAIL_SERVER : null;
}

async function sealAddress(ctx: Ctx, address: string, secret: Notice['secret']): Promise<Buffer> {
  await fieldCrypto.load(ctx.orgId);
  return fieldCrypto.seal(ctx.orgId, sealedText(address, secret), ADDRESS_PURPOSE);
}

/** Erases every address this recipient was written to (a person's request for erasure). E-mails still waiting are skipped. */
export const forgetAddresses = (tx: Tx, to: Recipient): Promise<void> => eraseAddresses(tx, to);
