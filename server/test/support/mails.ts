import { randomUUID } from 'node:crypto';
import iconv from 'iconv-lite';

export type Letter = {
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  text?: string;
  html?: string;
  charset?: string;
  messageId?: string | null;
  headers?: Record<string, string>;
  attachments?: { name: string; type: string; bytes: Buffer; cid?: string }[];
};

const word = (text: string, charset: string): string =>
  // oxlint-disable-next-line no-control-regex -- what is not ASCII
  /^[\x00-\x7f]*$/.test(text) ? text : `=?${charset}?B?${iconv.encode(text, charset).toString('base64')}?=`;

/** A mail as its bytes travel. */
export function letter(given: Letter = {}): Buffer {
  const charset = given.charset ?? 'utf-8';
  const id = given.messageId === undefined ? `<${randomUUID()}@customer.example>` : given.messageId;
  const head = [
    `From: ${given.from ?? 'Li Wei <li.wei@customer.example>'}`,
    `To: ${given.to ?? 'support@shop.example'}`,
    ...(given.cc === undefined ? [] : [`Cc: ${given.cc}`]),
    `Subject: ${word(given.subject ?? 'A question', charset)}`,
    `Date: ${new Date().toUTCString()}`,
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    ...Object.entries(given.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
  ];
  const encoded = (type: string, text: string): string =>
    `Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n${iconv.encode(text, charset).toString('base64')}\r\n`;
  const texts = [
    ...(given.html === undefined || given.text !== undefined
      ? [encoded('text/plain', given.text ?? 'Where is my parcel?')]
      : []),
    ...(given.html === undefined ? [] : [encoded('text/html', given.html)]),
  ];
  const body = texts.length === 1 ? (texts[0] as string) : multipart('alternative', texts);
  const files = (given.attachments ?? []).map(
    (a) =>
      `Content-Type: ${a.type}; name="${a.name}"\r\nContent-Disposition: ${a.cid ? 'inline' : 'attachment'}; filename="${a.name}"\r\n${a.cid ? `Content-ID: <${a.cid}>\r\n` : ''}Content-Transfer-Encoding: base64\r\n\r\n${a.bytes.toString('base64')}\r\n`,
  );
  const whole = files.length === 0 ? body : multipart('mixed', [body, ...files]);
  return Buffer.from(`${head.join('\r\n')}\r\n${whole}`, 'latin1');
}

let parts = 0;
export function multipart(kind: string, bodies: readonly string[]): string {
  parts += 1;
  const boundary = `part-${parts}-${randomUUID()}`;
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${bodies.map((b) => `--${boundary}\r\n${b}\r\n`).join('')}--${boundary}--\r\n`;
}

/** A delivery report of RFC 3464 about a mail. */
export function report(about: string, action: 'failed' | 'delayed', status: string): Buffer {
  const head = [
    'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
    'To: support@shop.example',
    'Return-Path: <>',
    'Subject: Undelivered Mail',
    'Auto-Submitted: auto-replied',
    `Message-ID: <${randomUUID()}@mx.example>`,
    'MIME-Version: 1.0',
  ];
  const body = multipart(`report; report-type=delivery-status`, [
    'Content-Type: text/plain\r\n\r\nI am sorry to have to inform you.\r\n',
    `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; gone@customer.example\r\nAction: ${action}\r\nStatus: ${status}\r\n`,
    `Content-Type: message/rfc822\r\n\r\nFrom: support@shop.example\r\nTo: gone@customer.example\r\nSubject: Re\r\nMessage-ID: ${about}\r\n\r\ntext\r\n`,
  ]);
  return Buffer.from(`${head.join('\r\n')}\r\n${body}`);
}
