import type { Locale } from '#kernel/context.ts';
import { t } from '#kernel/i18n/index.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import type { ParcelLineRow } from '../store/parcels.ts';
import { barcode } from '#kernel/pdf/codes.ts';
import { type Label, weightText } from './label.ts';

const HEAD = '#f2f4f7';
const head = (text: string, alignment = 'left'): PdfNode => ({ text, alignment, fillColor: HEAD, style: 'muted' });

/** What is in a parcel, for whoever opens it. */
export function slipPdf(label: Label, lines: readonly ParcelLineRow[], madeAt: string, locale: Locale): PdfDefinition {
  const say = (key: string, facts: Record<string, unknown> = {}): string => t(locale, `fulfilment.label.${key}`, facts);
  const marks = label.marks.map((m) => t(locale, `fulfilment.mark.${m}`)).join(' ');
  const facts: [string, string][] = [
    [say('order'), label.orderNo],
    [say('parcel'), label.parcelNo],
    [say('to'), `${label.receiver.name}  ${label.receiver.phone}`],
    [say('from'), label.sender.name],
    [say('piece'), say('pieceOf', { n: label.piece, m: label.pieces })],
    [say('weight'), weightText(label.weightG)],
    ...(label.waybillNo === null
      ? []
      : [[say('waybill'), `${label.carrier ?? ''} ${label.waybillNo}`] as [string, string]]),
    ...(marks === '' ? [] : [[say('marks'), marks] as [string, string]]),
  ];
  return {
    title: `${say('slip')} ${label.parcelNo}`,
    content: [
      {
        columns: [
          { text: say('slip'), style: 'title' },
          {
            width: 220,
            stack: [barcode(label.parcelNo, 220, 36), { text: label.parcelNo, alignment: 'center', fontSize: 8 }],
          },
        ],
      },
      {
        table: { widths: [80, '*'], body: facts.map(([key, value]) => [{ text: key, style: 'muted' }, value]) },
        layout: 'lines',
        margin: [0, 10, 0, 12],
      },
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: [110, '*', 50],
          body: [
            [head(say('sku')), head(say('goods')), head(say('quantity'), 'right')],
            ...lines.map((l) => [l.sku, l.title, { text: String(l.quantity), alignment: 'right' }]),
            [
              { text: say('total'), colSpan: 2 },
              '',
              { text: String(label.units), alignment: 'right', style: 'strong' },
            ],
          ],
        },
        layout: 'lines',
      },
    ],
    foot: { left: `${label.orderNo} · ${madeAt}`, pages: '{page} / {pages}' },
  };
}
