import type { Locale } from '#kernel/context.ts';
import { t } from '#kernel/i18n/index.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import { barcode } from '#kernel/pdf/codes.ts';
import { weightText } from './label.ts';

export type ManifestSheet = {
  no: string;
  warehouse: string;
  carrier: string;
  state: string;
  driver: string;
  signature: string;
  handedAt: string;
  madeAt: string;
  parcels: readonly { no: string; orderNo: string; waybillNo: string; weightG: number | null; scanned: boolean }[];
};

const HEAD = '#f2f4f7';
const head = (text: string, alignment = 'left'): PdfNode => ({ text, alignment, fillColor: HEAD, style: 'muted' });
const right = (text: string): PdfNode => ({ text, alignment: 'right' });

const weightOf = (sheet: ManifestSheet): number => sheet.parcels.reduce((sum, p) => sum + (p.weightG ?? 0), 0);

type Say = (key: string, facts?: Record<string, unknown>) => string;

/** What a carrier takes along, with totals and room for a signature. Nobody's name or address stands in it. */
export function manifestPdf(sheet: ManifestSheet, locale: Locale): PdfDefinition {
  const say: Say = (key, facts = {}) => t(locale, `fulfilment.manifest.${key}`, facts);
  const scanned = sheet.parcels.filter((p) => p.scanned).length;
  const weight = weightOf(sheet);
  const facts: [string, string][] = [
    [say('carrier'), sheet.carrier],
    [say('warehouse'), sheet.warehouse],
    [say('state'), say(`state.${sheet.state}`)],
    [say('parcels'), say('count', { parcels: sheet.parcels.length, scanned })],
    [say('weight'), weightText(weight)],
    [say('handedAt'), sheet.handedAt],
    [say('driver'), sheet.driver],
  ];
  return {
    title: `${say('title')} ${sheet.no}`,
    content: [
      {
        columns: [
          { text: say('title'), style: 'title' },
          { width: 220, stack: [barcode(sheet.no, 220, 36), { text: sheet.no, alignment: 'center', fontSize: 8 }] },
        ],
      },
      {
        table: { widths: [80, '*'], body: facts.map(([key, value]) => [{ text: key, style: 'muted' }, value]) },
        layout: 'lines',
        margin: [0, 10, 0, 12],
      },
      parcelsOf(sheet, say),
      {
        columns: [
          { text: `${say('driver')}: ${sheet.driver || '____________________'}` },
          { text: `${say('signature')}: ${sheet.signature || '____________________'}` },
          { text: `${say('date')}: ${sheet.handedAt || '____________________'}` },
        ],
        margin: [0, 28, 0, 0],
      },
    ],
    foot: { left: `${sheet.no} · ${sheet.madeAt}`, pages: '{page} / {pages}' },
  };
}

function parcelsOf(sheet: ManifestSheet, say: Say): PdfNode {
  const weight = weightOf(sheet);
  const scanned = sheet.parcels.filter((p) => p.scanned).length;
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [28, '*', '*', '*', 60, 44],
      body: [
        [
          head('#'),
          head(say('waybill')),
          head(say('parcelNo')),
          head(say('order')),
          head(say('weight'), 'right'),
          head(say('out'), 'right'),
        ],
        ...sheet.parcels.map((p, i) => [
          String(i + 1),
          p.waybillNo,
          p.no,
          p.orderNo,
          right(weightText(p.weightG)),
          right(p.scanned ? say('yes') : '–'),
        ]),
        [
          { text: say('total'), colSpan: 4, style: 'strong' },
          '',
          '',
          '',
          right(weightText(weight)),
          right(String(scanned)),
        ],
      ],
    },
    layout: 'lines',
  };
}
