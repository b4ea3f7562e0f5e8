import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { storeFile } from '#kernel/files/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { newId } from '#kernel/ids.ts';
import { after, DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { addMessage, openTicket, type TicketRow } from '../../tickets/index.ts';
import { localeOf } from '../../tickets/people.ts';
import { extendReferences, isOwn, plainSubject } from '../domain/references.ts';
import { MAIL_CHANNEL } from '../domain/words.ts';
import { localeOfText } from '../people.ts';
import type { ParsedMail, Person } from '../parse.ts';
import type { Prepared } from '../prepare.ts';
import { eraseLater, RAW_FILE_PURPOSE } from '../raw.ts';
import { mailSettings, type MailSettings } from '../settings.ts';
import { type AccountRow, ownAddresses } from '../store/accounts.ts';
import * as incoming from '../store/incoming.ts';
import * as threads from '../store/threads.ts';
import { threadOf } from '../thread-of.ts';
import { recordBounce } from './bounce.ts';
import { acknowledge } from './queue.ts';

export type Received = { row: incoming.IncomingRow; isNew: boolean };
type Came = { account: AccountRow; prepared: Prepared; uidValidity: number; uid: number };
type Outcome = Pick<incoming.IncomingRow, 'what'> &
  Partial<Pick<incoming.IncomingRow, 'why' | 'ticket_id' | 'message_id' | 'first_id' | 'stranger'>>;

const EVIDENCE = 'evidence';
const CC_MAX = 10;

/**
 * Takes a mail in, once: its bytes, its attachments, and what it says, in one transaction. What came before, by whatever number or
 * mailbox, is recorded as a repetition. Returns what is recorded.
 */
export async function receive(tx: Tx, ctx: Ctx, came: Came): Promise<Received> {
  const { account, prepared, uidValidity, uid } = came;
  await fieldCrypto.load(ctx.orgId);
  await incoming.lockFingerprint(tx, prepared.fingerprint);
  const known = await incoming.findByUid(tx, { accountId: account.id, uidValidity, uid });
  if (known) return { row: known, isNew: false };
  const first = await incoming.findByFingerprint(tx, prepared.fingerprint);
  const settings = await mailSettings.get(tx);
  const outcome: Outcome = first
    ? { what: 'duplicate', first_id: first.id, ticket_id: first.ticket_id, message_id: first.message_id }
    : await sortIn(tx, ctx, came, settings);
  const raw = first ? undefined : await storeFile(tx, ctx, prepared.raw, RAW_FILE_PURPOSE);
  const { mail } = prepared;
  const row = await incoming.insertIncoming(tx, {
    id: newId(),
    account_id: account.id,
    uid_validity: uidValidity,
    uid,
    fingerprint: prepared.fingerprint,
    rfc_message_id: mail.messageId ?? null,
    why: null,
    ticket_id: null,
    message_id: null,
    first_id: null,
    stranger: false,
    ...outcome,
    sender_index: mail.from ? threads.addressIndex(ctx.orgId, mail.from.address) : null,
    details: first ? null : incoming.sealDetails(ctx.orgId, detailsOf(prepared, outcome.what)),
    raw_file: raw?.id ?? null,
    size: prepared.size,
    sent_at: mail.sentAt ?? null,
    came_at: ctx.now,
  });
  if (raw) await eraseLater(tx, ctx, row.id, settings.rawDays);
  return { row, isNew: true };
}

export function detailsOf({ mail, refused }: Prepared, what: incoming.IncomingRow['what']): incoming.Details {
  const { from, to, cc, subject, quoted, signature, isCut, dmarc } = mail;
  const text = what === 'held' || what === 'bounce' ? { text: mail.said } : {};
  return { from: from ?? null, to, cc, subject, quoted, signature, refused, isCut, dmarc, ...text };
}

/** What becomes of a mail that is new. */
async function sortIn(tx: Tx, ctx: Ctx, came: Came, settings: MailSettings): Promise<Outcome> {
  const { mail } = came.prepared;
  const own = await ownAddresses(tx);
  if (mail.bounce) {
    const bounced = await recordBounce(tx, ctx, mail.bounce);
    return bounced
      ? { what: 'bounce', ticket_id: bounced.ticketId, why: bounced.why }
      : { what: 'held', why: 'report' };
  }
  const belongs = await threadOf(tx, ctx, mail, own);
  const why = await whyMachine(tx, ctx, settings, mail, { own, ticketId: belongs?.ticketId ?? null });
  if (why !== undefined) return belongs ? note(tx, ctx, came, belongs.ticketId, why) : { what: 'held', why };
  return belongs
    ? answer(tx, ctx, came, belongs, own)
    : openFor(tx, ctx, came.account, came.prepared, { own, mayAcknowledge: true });
}

/** Why no machine of ours answers, and nothing is reopened: a machine wrote it, we did, or there are too many of the kind. */
async function whyMachine(
  tx: Tx,
  ctx: Ctx,
  settings: MailSettings,
  mail: ParsedMail,
  about: { own: readonly string[]; ticketId: string | null },
): Promise<string | undefined> {
  if (mail.from && isOwn(mail.from.address, about.own)) return 'own';
  if (mail.automatic !== undefined) return mail.automatic;
  const senderIndex = mail.from ? threads.addressIndex(ctx.orgId, mail.from.address) : null;
  const by = { senderIndex, ticketId: about.ticketId };
  const max = settings.perSenderHour;
  const came = await incoming.countSince(tx, by, after(ctx.now, -HOUR_MS), max);
  return came >= max ? 'too_many' : undefined;
}

/** Kept with its ticket as a note: it reopens nothing, stops no clock, and nobody is told. */
async function note(tx: Tx, ctx: Ctx, { prepared }: Came, ticketId: string, why: string): Promise<Outcome> {
  const said = await saidIn(tx, ctx, prepared);
  const externalId = externalIdOf(prepared);
  const message = { ticketId, kind: 'internal' as const, channel: MAIL_CHANNEL, auto: true, externalId, ...said };
  const { row, messageId } = await addMessage(tx, ctx, message);
  return { what: 'noted', why, ticket_id: row.id, message_id: messageId };
}

async function answer(
  tx: Tx,
  ctx: Ctx,
  { account, prepared }: Came,
  { ticketId, stranger }: { ticketId: string; stranger: boolean },
  own: readonly string[],
): Promise<Outcome> {
  const said = await saidIn(tx, ctx, prepared);
  const externalId = externalIdOf(prepared);
  const message = { ticketId, kind: 'inbound' as const, channel: MAIL_CHANNEL, externalId, ...said };
  const { row, messageId } = await addMessage(tx, ctx, message);
  await follow(tx, ctx, account, prepared.mail, row, { own, stranger });
  return { what: 'reply', ticket_id: row.id, message_id: messageId, stranger };
}

/** Opens a ticket with what a mail says: its writer is the customer, where they are known. */
export async function openFor(
  tx: Tx,
  ctx: Ctx,
  account: AccountRow,
  prepared: Prepared,
  how: { own: readonly string[]; mayAcknowledge: boolean },
): Promise<Outcome> {
  const { mail } = prepared;
  const { body, files } = await saidIn(tx, ctx, prepared);
  const subject = plainSubject(mail.subject) || t(await localeOf(tx), 'mail.no_subject');
  // whoever fails the check of the receiving server may not be who they say
  const index = mail.from && mail.dmarc !== 'fail' ? threads.addressIndex(ctx.orgId, mail.from.address) : undefined;
  const customerId = index && (await threads.customerOf(tx, index));
  const row = await openTicket(tx, ctx, {
    category: account.category,
    subject,
    body,
    channel: MAIL_CHANNEL,
    evidence: files,
    externalId: externalIdOf(prepared),
    cc: copied(mail, how.own),
    ...(customerId === undefined ? {} : { customerId }),
    ...(account.team_id === null ? {} : { teamId: account.team_id }),
  });
  const thread = await follow(tx, ctx, account, mail, row, { own: how.own, stranger: false });
  if (thread && how.mayAcknowledge && account.acknowledge && (await mayAcknowledge(tx, ctx, thread)))
    await acknowledge(tx, ctx, account, row, thread);
  const [message] = await tx.query<{ id: string }>(
    'select id from support.messages where org_id = $1 and channel = $2 and external_id = $3',
    [tx.orgId, MAIL_CHANNEL, externalIdOf(prepared)],
  );
  return { what: 'ticket', ticket_id: row.id, message_id: message?.id ?? null };
}

async function mayAcknowledge(tx: Tx, ctx: Ctx, thread: threads.ThreadRow): Promise<boolean> {
  const { acknowledgementsPerDay: max } = await mailSettings.get(tx);
  const opened = await incoming.openedSince(tx, thread.address_index, after(ctx.now, -DAY_MS), max);
  return opened < max;
}

/** Keeps with whom the ticket is talked about, and what the next answer answers. */
async function follow(
  tx: Tx,
  ctx: Ctx,
  account: AccountRow,
  mail: ParsedMail,
  row: TicketRow,
  how: { own: readonly string[]; stranger: boolean },
): Promise<threads.ThreadRow | undefined> {
  const writer: Person | undefined = [mail.replyTo, mail.from].find((p) => p && !isOwn(p.address, how.own));
  if (!writer) return undefined;
  const locale = localeOfText(`${mail.subject} ${mail.said}`, account.locale ?? (await localeOf(tx)));
  const fresh = { ticketId: row.id, accountId: account.id, ...writer, locale };
  const thread = await threads.lockThread(tx, fresh);
  if (mail.messageId !== undefined)
    await threads.saveThread(tx, row.id, {
      last_message_id: mail.messageId,
      refs: extendReferences(thread.refs, mail.messageId),
    });
  const part = how.stranger ? [] : [mail.from?.address, mail.replyTo?.address, ...copied(mail, how.own)];
  const indexes = part.flatMap((a) => (a === undefined ? [] : [threads.addressIndex(ctx.orgId, a)]));
  await threads.addParticipants(tx, row.id, indexes);
  return thread;
}

/** Who else was written to: they get a copy of the answers. */
function copied(mail: ParsedMail, own: readonly string[]): string[] {
  const writers = [mail.from?.address, mail.replyTo?.address];
  const others = [...mail.to, ...mail.cc].filter((a) => !isOwn(a, own) && !writers.includes(a));
  return [...new Set(others)].slice(0, CC_MAX);
}

/** The text as it stands in the ticket, with what could not be taken named at its end; and the files. */
export async function saidIn(
  tx: Tx,
  ctx: Ctx,
  { mail, files, refused }: Prepared,
): Promise<{ body: string; files: string[] }> {
  const locale = await localeOf(tx);
  const stored: string[] = [];
  for (const file of files) stored.push((await storeFile(tx, ctx, file, EVIDENCE)).id);
  const lines = [mail.said === '' ? t(locale, 'mail.no_text') : mail.said];
  if (mail.isCut) lines.push(t(locale, 'mail.cut'));
  for (const { name, code } of refused)
    lines.push(t(locale, 'mail.refused', { name, why: t(locale, `mail.refused.${code}`) }));
  return { body: lines.join('\n'), files: stored };
}

/** The same mail is the same message, whichever mailbox brought it. */
export const externalIdOf = (prepared: Prepared): string => prepared.fingerprint.toString('hex');
