import { timingSafeEqual } from 'node:crypto';

const MESSAGE_ID_LENGTH_MAX = 300;
const REFERENCES_MAX = 20;
const MAC_BYTES = 10; // 80 bits, in sixteen letters

/** The Message-IDs in a header, without repetition, the last ones where there are too many. */
export function messageIdsIn(text: string | undefined): string[] {
  const found = [...(text ?? '').slice(-20_000).matchAll(/<[^<>\s]{3,298}>/g)].map((m) => m[0]);
  return [...new Set(found)].slice(-REFERENCES_MAX);
}

/** One Message-ID as it is kept; undefined when there is none, or one of absurd length. */
export function oneMessageId(text: string | undefined): string | undefined {
  const plain = text?.trim();
  if (!plain || plain.length > MESSAGE_ID_LENGTH_MAX || /\s/.test(plain)) return undefined;
  return plain;
}

/** What the next mail of a thread refers to: the first one always, then the latest. */
export function extendReferences(refs: readonly string[], messageId: string): string[] {
  const all = [...refs.filter((r) => r !== messageId), messageId];
  return all.length <= REFERENCES_MAX ? all : [all[0] as string, ...all.slice(-(REFERENCES_MAX - 1))];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'; // RFC 4648, in lower case: mail servers may change the case of addresses

export function macText(mac: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of mac.subarray(0, MAC_BYTES)) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(value >>> bits) & 31];
    }
  }
  return text;
}

/** The address answers to a ticket are to be sent to: `name+t<number>-<mac>@host`. */
export function replyAddress(address: string, ticketNo: string, mac: Buffer): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${ticketNo.toLowerCase()}-${macText(mac)}${address.slice(at)}`;
}

export type ReplyToken = { ticketNo: string; mac: string };

/** The token in one of these addresses, when it is an address of ours. It is to be checked before it is believed. */
export function tokenIn(recipients: readonly string[], own: readonly string[]): ReplyToken | undefined {
  for (const recipient of recipients) {
    const match = /^([^+@]+)\+(t\d{6,32})-([a-z2-7]{16})@(.+)$/.exec(recipient.toLowerCase());
    if (!match) continue;
    const [, local, ticketNo = '', mac = '', host] = match;
    if (own.includes(`${local}@${host}`)) return { ticketNo: ticketNo.toUpperCase(), mac };
  }
  return undefined;
}

export function isMac(given: string, mac: Buffer): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(macText(mac))];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** An address of ours, whatever stands behind a plus in it. */
export function isOwn(address: string, own: readonly string[]): boolean {
  const plain = address.toLowerCase().replace(/\+[^@]*@/, '@');
  return own.includes(plain);
}

/** How a ticket is named in a subject. */
export const subjectTag = (ticketNo: string): string => `[#${ticketNo}]`;

/** The ticket a subject names. */
export const taggedIn = (subject: string): string | undefined => /\[#(T\d{6,32})\]/i.exec(subject)?.[1]?.toUpperCase();

const REPLY_MARKS = /^(?:\s*(?:re|fw|fwd|aw|wg|sv|antw|回复|答复|回覆|转发|轉寄|回信)\s*(?:\[\d+\])?\s*[:：])+\s*/iu;

/** A subject without marks of replies and tags of ours, as a ticket is called. */
export function plainSubject(subject: string): string {
  let text = subject.normalize('NFC').replaceAll(/\p{Cc}+/gu, ' ');
  for (;;) {
    const next = text
      .replace(/\s*\[#T\d{6,32}\]\s*/gi, ' ')
      .replace(REPLY_MARKS, '')
      .trim();
    if (next === text) return next;
    text = next;
  }
}
