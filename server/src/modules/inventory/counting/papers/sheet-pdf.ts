import type { Locale } from '#kernel/context.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import { barcode, fitsBarcode } from '#kernel/pdf/codes.ts';
import type { LineView } from '../queries/lines.ts';
import type { Paper } from '../queries/papers.ts';
import { batchOf, headOf, type Say, sayIn } from './words.ts';

const BAR_HEIGHT = 16;
const BAR_WIDTH_MAX = 150;
const MODULE_MAX = 1.1;
const HEAD = '#f2f4f7';
const head = (text: string): PdfNode => ({ text, fillColor: HEAD, style: 'muted' });

/** The sheet to count by: bin after bin as one walks, each with its barcode, and room to write. */
export function sheetPdf(paper: Paper, locale: Locale): PdfDefinition {
  const say = sayIn(locale);
  const open = !paper.take.blind;
  const bins = [...Map.groupBy(paper.lines, (l) => l.bin)];
  const columns = open ? 7 : 6;
  const filler = Array.from({ length: columns - 2 }, () => '');
  const rows: PdfNode[][] = bins.flatMap(([bin, lines]) => [
    [
      {
        colSpan: 2,
        stack: [{ text: [lines[0]?.zone, bin].filter((x) => x !== null).join(' / '), style: 'strong' }],
        fillColor: HEAD,
        border: [false, true, false, false],
      },
      '',
      { colSpan: columns - 2, ...barsOf(bin), fillColor: HEAD },
      ...filler.slice(1),
    ] as PdfNode[],
    ...lines.map((line) => rowOf(line, say, open)),
  ]);
  return {
    title: `${say('paper.sheet')} ${paper.take.no}`,
    content: [
      {
        columns: [
          { text: say('paper.sheet'), style: 'title' },
          { text: paper.take.no, alignment: 'right', style: 'strong', margin: [0, 6, 0, 0] },
        ],
      },
      {
        table: {
          widths: ['auto', '*', 'auto', '*'],
          body: pairs(headOf(locale, paper, say)),
        },
        layout: 'lines',
        margin: [0, 4, 0, 8],
      },
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: [110, '*', 80, 40, ...(open ? [44] : []), 56, 56],
          body: [
            [
              head(say('paper.sku')),
              head(say('paper.goods')),
              head(say('paper.batch')),
              head(say('paper.quality')),
              ...(open ? [head(say('paper.book'))] : []),
              head(say('paper.first')),
              head(say('paper.second')),
            ],
            ...rows,
          ],
        },
        layout: 'boxed',
      },
      signatures(say),
    ],
    foot: { left: `${paper.org} · ${paper.take.no}`, pages: say('paper.page') },
  };
}

export function pairs(facts: [string, string][]): PdfNode[][] {
  const rows: PdfNode[][] = [];
  for (let i = 0; i < facts.length; i += 2) {
    const [a = ['', ''], b = ['', '']] = [facts[i], facts[i + 1]];
    rows.push([{ text: a[0], style: 'muted' }, a[1], { text: b[0], style: 'muted' }, b[1]]);
  }
  return rows;
}

function rowOf(line: LineView, say: Say, open: boolean): PdfNode[] {
  return [
    { text: line.barcode === null ? line.sku : `${line.sku}\n${line.barcode}`, fontSize: 8 },
    line.title,
    { text: batchOf(line), fontSize: 8 },
    { text: say(`quality.${line.state}`), fontSize: 8 },
    ...(open ? [{ text: line.book === null ? '' : String(line.book), alignment: 'right' }] : []),
    '',
    '',
  ];
}

/** The barcode of a bin; empty where its code has characters no barcode of this kind holds. */
const barsOf = (bin: string): { [key: string]: unknown } =>
  fitsBarcode(bin) ? barcode(bin, BAR_WIDTH_MAX, BAR_HEIGHT, { widest: MODULE_MAX, alignment: 'right' }) : { text: '' };

/** Where those who counted, watched and approved sign. */
export function signatures(say: Say): PdfNode {
  const line = (label: string): PdfNode => ({ text: `${label} ____________________`, margin: [0, 22, 0, 0] });
  return {
    unbreakable: true,
    columns: [line(say('paper.counter')), line(say('paper.witness')), line(say('paper.approver'))],
  };
}
