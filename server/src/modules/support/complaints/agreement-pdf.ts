import { formatMoney, formatTime, t } from '#kernel/i18n/index.ts';
import { qrCode } from '#kernel/pdf/codes.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import type { Content, Signature } from './canonical.ts';

const QR_SIDE = 72;
const SIGNATURE_BOX: [number, number] = [200, 80];

export type Paper = {
  content: Content;
  sha256: string;
  /** Null until it is signed. */
  signed: { signature: Signature; at: Date; seal: string } | null;
  checkUrl: string;
  timeZone: string;
};

/** A settlement agreement as a document: what was agreed, by whom it was signed and when, and where a copy is checked. */
export function agreementPdf(p: Paper): PdfDefinition {
  const { content: c } = p;
  const say = (key: string, facts: Record<string, unknown> = {}): string => t(c.locale, `agreement.${key}`, facts);
  const row = (key: string, text: string): PdfNode[] => [{ text: say(key), style: 'muted' }, text];
  const amount = formatMoney(c.locale, { amount: c.terms.amount, currency: c.terms.currency });
  return {
    title: `${say('title')} ${c.no}`,
    content: [
      { text: say('title'), style: 'title' },
      { text: `${c.no} · ${say('version', { version: c.version })}`, style: 'muted', margin: [0, 0, 0, 12] },
      {
        table: {
          widths: [110, '*'],
          body: [
            row('organisation', c.organisation),
            row('customer', c.customer),
            row('ticket', c.ticketNo),
            ...(c.orderNo === null ? [] : [row('order', c.orderNo)]),
            row('amount', amount),
            row('measures', c.terms.measures || '—'),
            row('performBy', c.terms.performBy ?? '—'),
            row('other', c.terms.other || '—'),
          ],
        },
        layout: 'lines',
      },
      ...c.text.split('\n').map((line) => ({ text: line === '' ? ' ' : line, margin: [0, 6, 0, 0] })),
      { text: say('signature'), style: 'heading', margin: [0, 18, 0, 6] },
      ...signatureOf(p, say),
      {
        margin: [0, 18, 0, 0],
        columns: [
          { width: QR_SIDE + 12, stack: [qrCode(p.checkUrl, QR_SIDE)] },
          {
            width: '*',
            fontSize: 8,
            stack: [
              { text: say('check') },
              { text: `SHA-256 ${p.sha256}`, margin: [0, 4, 0, 0] },
              ...(p.signed ? [{ text: `${say('seal')} ${p.signed.seal}`, margin: [0, 4, 0, 0] }] : []),
            ],
          },
        ],
      },
    ],
    foot: { left: c.no, pages: '{page} / {pages}' },
  };
}

function signatureOf(p: Paper, say: (key: string, facts?: Record<string, unknown>) => string): PdfNode[] {
  if (!p.signed) return [{ text: say('unsigned') }];
  const { signature, at } = p.signed;
  return [
    ...(signature.image === null
      ? [{ text: signature.name, fontSize: 22, margin: [0, 0, 0, 4] }]
      : [{ image: signature.image, fit: SIGNATURE_BOX }]),
    { text: say('signedBy', { name: signature.name, at: formatTime(p.content.locale, at, p.timeZone) }) },
  ];
}
