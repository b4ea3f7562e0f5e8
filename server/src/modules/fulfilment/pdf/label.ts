import type { Locale } from '#kernel/context.ts';
import { t } from '#kernel/i18n/index.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import type { Mark } from '../packing/contents.ts';
import { barcode, qrCode } from '#kernel/pdf/codes.ts';

const MM = 72 / 25.4;
/** 100 × 150 mm, what label printers take. */
export const LABEL_PAGE = { width: 100 * MM, height: 150 * MM, margins: 12 };
const WIDTH = LABEL_PAGE.width - 2 * LABEL_PAGE.margins;
const RULE = '#000000';

export type Label = {
  parcelNo: string;
  orderNo: string;
  carrier: string | null;
  waybillNo: string | null;
  receiver: { name: string; phone: string; address: string };
  sender: { name: string; address: string };
  piece: number;
  pieces: number;
  units: number;
  weightG: number | null;
  marks: readonly Mark[];
  carton: string | null;
};

const line = (): PdfNode => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: WIDTH, y2: 0, lineWidth: 0.8, lineColor: RULE }],
  margin: [0, 4, 0, 4],
});

/** Marks in white on black: read from across the room. */
function marksOf(marks: readonly Mark[], locale: Locale): PdfNode {
  if (marks.length === 0) return { text: '' };
  const cells = marks.map((m) => ({
    text: t(locale, `fulfilment.mark.${m}`),
    color: '#ffffff',
    fillColor: '#000000',
    fontSize: 14,
    alignment: 'center',
    margin: [4, 0, 4, 0],
  }));
  return { table: { widths: cells.map(() => 'auto'), body: [cells] }, layout: 'none', width: 'auto' };
}

/** Long addresses are written smaller, so that a label is one page whatever stands on it. */
const addressSize = (address: string, size: number): number =>
  address.length > 90 ? 7 : address.length > 40 ? Math.min(9, size - 2) : size - 2;

function whom(title: string, who: { name: string; phone?: string; address: string }, size: number): PdfNode {
  return {
    columns: [
      { text: title, fontSize: size, width: size * 2.6 },
      {
        stack: [
          { text: [who.name, who.phone ?? ''].filter((x) => x !== '').join('  '), fontSize: size },
          { text: who.address, fontSize: addressSize(who.address, size), lineHeight: 1 },
        ],
      },
    ],
  };
}

/** The waybill's bar code over all the width; before a carrier has the parcel, its own number. */
function headCode({ waybillNo, parcelNo }: Label): PdfNode[] {
  const no = waybillNo ?? parcelNo;
  return [barcode(no, WIDTH, 58), { text: no, fontSize: 11, alignment: 'center', characterSpacing: 1 }];
}

export const weightText = (weightG: number | null): string =>
  weightG === null ? '–' : `${(weightG / 1000).toFixed(weightG % 10 === 0 ? 2 : 3)} kg`;

function labelNodes(label: Label, locale: Locale, first: boolean): PdfNode {
  const say = (key: string, facts: Record<string, unknown> = {}): string => t(locale, `fulfilment.label.${key}`, facts);
  const small = (key: string, value: string): PdfNode => ({
    text: [{ text: `${say(key)} `, color: '#444444' }, value],
    fontSize: 9,
  });
  const carrier = label.carrier ?? say('noCarrier');
  return {
    stack: [
      {
        columns: [
          { text: carrier, fontSize: carrier.length > 10 ? 11 : 18, lineHeight: 1, width: '*' },
          marksOf(label.marks, locale),
        ],
        columnGap: 6,
      },
      line(),
      ...headCode(label),
      line(),
      whom(say('to'), label.receiver, 14),
      line(),
      whom(say('from'), label.sender, 10),
      line(),
      {
        columns: [
          {
            width: '*',
            stack: [
              small('order', label.orderNo),
              small('piece', say('pieceOf', { n: label.piece, m: label.pieces })),
              small('units', String(label.units)),
              small('weight', weightText(label.weightG)),
              ...(label.carton === null ? [] : [small('carton', label.carton)]),
            ],
          },
          qrCode(label.parcelNo, 84, { width: 'auto' }),
        ],
        columnGap: 8,
      },
      barcode(label.parcelNo, WIDTH, 34, { absolutePosition: { x: LABEL_PAGE.margins, y: LABEL_PAGE.height - 62 } }),
      {
        text: label.parcelNo,
        fontSize: 9,
        alignment: 'center',
        absolutePosition: { x: LABEL_PAGE.margins, y: LABEL_PAGE.height - 26 },
      },
    ],
    ...(first ? {} : { pageBreak: 'before' }),
  };
}

/** Labels, one to a page. */
export function labelsPdf(labels: readonly Label[], locale: Locale): PdfDefinition {
  return {
    title: labels.length === 1 ? (labels[0]?.parcelNo ?? '') : t(locale, 'fulfilment.label.many', { n: labels.length }),
    page: LABEL_PAGE,
    content: labels.map((label, i) => labelNodes(label, locale, i === 0)),
  };
}
