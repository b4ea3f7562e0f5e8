import { createHash } from 'node:crypto';
import { type AddressObject, type ParsedMail as Parsed, simpleParser, type StructuredHeader } from 'mailparser';
import { type Head, whyAutomatic } from './domain/automatic.ts';
import { type Bounce, readBounce } from './domain/bounce.ts';
import { messageIdsIn, oneMessageId } from './domain/references.ts';
import { type Parts, splitQuotes } from './domain/quotes.ts';

export type Person = { address: string; name: string };
export type MailAttachment = { name: string; bytes: Buffer; inline: boolean };
export type ParsedMail = Parts & {
  messageId: string | undefined;
  /** Message-IDs it answers, the nearest first. */
  answers: string[];
  from: Person | undefined;
  /** Where answers are wanted, when that is somewhere else. */
  replyTo: Person | undefined;
  to: string[];
  cc: string[];
  /** Addresses it was delivered under, whatever stands in `To`. */
  deliveredTo: string[];
  subject: string;
  sentAt: Date | undefined;
  /** Why it counts as written by a machine. */
  automatic: string | undefined;
  bounce: Bounce | undefined;
  /** What the receiving server found out about the sender's address (RFC 8601); null where it says nothing. */
  dmarc: 'pass' | 'fail' | null;
  attachments: MailAttachment[];
  /** The text was cut. */
  isCut: boolean;
};

const TEXT_LENGTH_MAX = 40_000;
const FOLDED_LENGTH_MAX = 100_000;
const HTML_LENGTH_MAX = 2_000_000;
const ADDRESSES_MAX = 50;
const NAME_LENGTH_MAX = 80;
const SUBJECT_LENGTH_MAX = 300;
/** What is left of a picture in HTML that became text: it stands alone on its line. Links stand behind their words. */
const PICTURE = /^[ \t]*\[(?:https?|cid|data):[^\]\s]*\][ \t]*$/gim;
const REPORT_PARTS = /^(?:message\/(?:delivery-status|rfc822|global|global-delivery-status)|text\/rfc822-headers)$/i;

/** Reads a mail as its bytes came. HTML becomes text: nothing of a stranger's markup is ever shown. */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const mail = await simpleParser(raw, {
    skipTextToHtml: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
    maxHtmlLengthToParse: HTML_LENGTH_MAX,
    checksumAlgo: false,
  });
  const text = (mail.text ?? '')
    .replaceAll('\u0000', '')
    .replaceAll(PICTURE, '')
    .replaceAll(/\n{3,}/g, '\n\n');
  const { said, quoted, signature } = splitQuotes(text);
  const from = peopleOf(mail.from)[0];
  const replyTo = peopleOf(mail.replyTo)[0];
  const head = headOf(mail, from?.address);
  const nearest = oneMessageId(messageIdsIn(mail.inReplyTo)[0]);
  const references = messageIdsIn([mail.references ?? []].flat().join(' ')).toReversed();
  const bounce = bounceOf(mail);
  return {
    said: said.slice(0, TEXT_LENGTH_MAX),
    quoted: quoted.slice(0, FOLDED_LENGTH_MAX),
    signature: signature.slice(0, FOLDED_LENGTH_MAX),
    isCut: said.length > TEXT_LENGTH_MAX || mail.textConversionError !== undefined,
    messageId: oneMessageId(mail.messageId),
    answers: [...new Set([...(nearest === undefined ? [] : [nearest]), ...references])],
    from,
    replyTo: replyTo && replyTo.address !== from?.address ? replyTo : undefined,
    to: peopleOf(mail.to).map((p) => p.address),
    cc: peopleOf(mail.cc).map((p) => p.address),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => addressesIn(head.get(name))),
    subject: (mail.subject ?? '')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, SUBJECT_LENGTH_MAX),
    sentAt: mail.date && !Number.isNaN(mail.date.getTime()) ? mail.date : undefined,
    automatic: bounce ? undefined : whyAutomatic(head),
    bounce,
    dmarc: dmarcOf(mail),
    attachments: mail.attachments
      .filter((a) => !(bounce && REPORT_PARTS.test(a.contentType)))
      .map((a) => ({
        name: (a.filename ?? '').trim() || nameFor(a.contentType),
        bytes: a.content,
        inline: a.related === true || a.contentDisposition === 'inline',
      })),
  };
}

/** Without a name, the kind of a part says how it is to be called. */
const nameFor = (contentType: string): string =>
  contentType === 'message/rfc822' ? 'message.eml' : contentType.startsWith('image/') ? 'image' : 'attachment';

function peopleOf(given: AddressObject | AddressObject[] | undefined): Person[] {
  const flat = [given ?? []].flat().flatMap((a) => a.value.flatMap((one) => one.group ?? [one]));
  return flat
    .filter((one) => /^[^@\s<>]+@[^@\s<>]+$/.test(one.address ?? '') && (one.address ?? '').length <= 254)
    .slice(0, ADDRESSES_MAX)
    .map((one) => ({
      address: (one.address as string).toLowerCase(),
      name: one.name
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, NAME_LENGTH_MAX),
    }));
}

function addressesIn(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/[^\s<>,;:"]+@[^\s<>,;:"]+/g)]
    .map((m) => m[0].toLowerCase())
    .slice(0, ADDRESSES_MAX);
}

function headOf(mail: Parsed, from: string | undefined): Head {
  const get = (name: string): string | undefined => {
    const lines = mail.headerLines.filter((line) => line.key === name);
    if (lines.length === 0) return undefined;
    return lines
      .map((line) =>
        line.line
          .slice(line.line.indexOf(':') + 1)
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .join(', ');
  };
  const path = get('return-path');
  return { get, from, returnPath: path === undefined ? undefined : path.replaceAll(/[<>\s]/g, '') };
}

/** Only the topmost field counts: the ones below it may have come with the mail. */
function dmarcOf(mail: Parsed): 'pass' | 'fail' | null {
  const top = mail.headerLines.find((line) => line.key === 'authentication-results')?.line;
  const found = /\bdmarc\s*=\s*(pass|fail)\b/i.exec(top ?? '')?.[1]?.toLowerCase();
  return found === 'pass' || found === 'fail' ? found : null;
}

function bounceOf(mail: Parsed): Bounce | undefined {
  const type = mail.headers.get('content-type') as StructuredHeader | undefined;
  const isReport =
    type !== undefined &&
    /^multipart\/report$/i.test(type.value) &&
    /^(?:global-)?delivery-status$/i.test(type.params['report-type'] ?? 'delivery-status');
  if (!isReport) return undefined;
  const textOf = (pattern: RegExp): string =>
    mail.attachments
      .filter((a) => pattern.test(a.contentType))
      .map((a) => a.content.toString('latin1'))
      .join('\n');
  return readBounce(
    textOf(/^message\/(?:global-)?delivery-status$/i),
    textOf(/^(?:message\/(?:rfc822|global)|text\/rfc822-headers)$/i),
  );
}

/**
 * Tells the same mail, by whatever way it came: who copies a mail into another mailbox, or is given new numbers by the server, keeps
 * Message-ID, sender and content. Two different mails under one Message-ID stay two.
 */
export function fingerprintOf(raw: Buffer, mail: Pick<ParsedMail, 'messageId' | 'from' | 'subject'>): Buffer {
  const gap = /\r?\n\r?\n/.exec(raw.subarray(0, 1_000_000).toString('latin1'));
  const body = gap ? raw.subarray(gap.index + gap[0].length) : raw;
  return createHash('sha256')
    .update(JSON.stringify([mail.messageId ?? '', mail.from?.address ?? '', mail.subject]))
    .update(body)
    .digest();
}
