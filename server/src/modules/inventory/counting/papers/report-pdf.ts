import type { Locale } from '#kernel/context.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import type { LineView } from '../queries/lines.ts';
import type { Paper } from '../queries/papers.ts';
import { pairs, signatures } from './sheet-pdf.ts';
import { batchOf, headOf, moneyOf, type Say, sayIn, shareOf, timeOf } from './words.ts';

const HEAD = '#f2f4f7';
const OVER = '#0f6b4f';
const SHORT = '#b42318';
const right = (text: string, color?: string): PdfNode => ({ text, alignment: 'right', ...(color ? { color } : {}) });
const head = (text: string, alignment = 'left'): PdfNode => ({ text, fillColor: HEAD, style: 'muted', alignment });
const signed = (n: number): string => (n > 0 ? `+${n}` : String(n));
const colorOf = (n: number): string => (n > 0 ? OVER : SHORT);

/** Lines that differ, what is worth most first. */
export const differing = (paper: Paper): LineView[] =>
  paper.lines
    .filter((l) => l.difference !== null && l.difference !== 0)
    .toSorted((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0));

/** What a count found: sums, accuracy, and every difference with its reason, to be signed. */
export function reportPdf(paper: Paper, locale: Locale): PdfDefinition {
  const say = sayIn(locale);
  return {
    title: `${say('paper.report')} ${paper.take.no}`,
    content: [
      {
        columns: [
          { text: say('paper.report'), style: 'title' },
          { text: paper.take.no, alignment: 'right', style: 'strong', margin: [0, 6, 0, 0] },
        ],
      },
      {
        table: { widths: ['auto', '*', 'auto', '*'], body: pairs(factsOf(locale, paper, say)) },
        layout: 'lines',
        margin: [0, 4, 0, 0],
      },
      { text: say('paper.sums'), style: 'heading' },
      sumsTable(locale, paper, say),
      { text: say('paper.differences'), style: 'heading' },
      differences(locale, paper, say),
      signatures(say),
    ],
    foot: { left: `${paper.org} · ${paper.take.no}`, pages: say('paper.page') },
  };
}

export function factsOf(locale: Locale, paper: Paper, say: Say): [string, string][] {
  const { take, people } = paper;
  return [
    ...headOf(locale, paper, say),
    [say('paper.submitted'), `${timeOf(locale, paper, take.submitted_at)} ${people.submitted}`.trim()],
    [say('paper.ended'), `${timeOf(locale, paper, take.ended_at)} ${people.ended}`.trim()],
    [say('paper.counters'), people.counters.filter((n) => n !== '').join(locale === 'en' ? ', ' : '、') || '–'],
    [say('paper.note'), take.note || '–'],
  ];
}

function sumsTable(locale: Locale, paper: Paper, say: Say): PdfNode {
  const { sums } = paper;
  const money = (n: number): string => moneyOf(locale, paper, n);
  return {
    table: {
      widths: ['*', '*', '*', '*', '*', '*'],
      body: [
        ['counted', 'differing', 'accuracy', 'over', 'short', 'net'].map((key) => head(say(`paper.${key}`), 'right')),
        [
          right(String(paper.counted)),
          right(String(sums.lines)),
          right(shareOf(paper.right, paper.counted)),
          right(`${signed(sums.over)}\n${money(sums.valueOver)}`),
          right(`${signed(-sums.short)}\n${money(-sums.valueShort)}`),
          right(`${signed(sums.over - sums.short)}\n${money(sums.valueOver - sums.valueShort)}`),
        ],
      ],
    },
    layout: 'lines',
  };
}

function differences(locale: Locale, paper: Paper, say: Say): PdfNode {
  const lines = differing(paper);
  if (lines.length === 0) return { text: say('paper.none'), style: 'muted' };
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [58, 78, '*', 62, 34, 34, 38, 62, 62],
      body: [
        [
          head(say('paper.bin')),
          head(say('paper.sku')),
          head(say('paper.goods')),
          head(say('paper.batch')),
          head(say('paper.book'), 'right'),
          head(say('paper.found'), 'right'),
          head(say('paper.difference'), 'right'),
          head(say('paper.value'), 'right'),
          head(say('paper.reason')),
        ],
        ...lines.map((l): PdfNode[] => [
          l.bin,
          { text: l.sku, fontSize: 8 },
          { text: l.state === 'good' ? l.title : `${l.title} · ${say(`quality.${l.state}`)}`, fontSize: 8 },
          { text: batchOf(l), fontSize: 8 },
          right(String(l.book)),
          right(String(l.counted)),
          right(signed(l.difference ?? 0), colorOf(l.difference ?? 0)),
          right(moneyOf(locale, paper, l.value ?? 0)),
          { text: [l.reason, outcomeOf(l, say)].filter((x) => x !== null).join(' · '), fontSize: 8 },
        ]),
      ],
    },
    layout: 'lines',
  };
}

/** What became of a line when it is not simply booked. */
export const outcomeOf = (line: LineView, say: Say): string | null =>
  line.outcome === null || line.outcome === 'posted' || line.outcome === 'same' ? null : say(`outcome.${line.outcome}`);
