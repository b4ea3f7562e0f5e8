import type { Locale } from '#kernel/context.ts';
import { neutral } from '#kernel/transfers/index.ts';
import type { LineView } from '../queries/lines.ts';
import type { Paper } from '../queries/papers.ts';
import { differing, factsOf, outcomeOf } from './report-pdf.ts';
import { headOf, type Say, sayIn, shareOf } from './words.ts';

type Cell = string | number | null;
type Column = { title: string; width: number; of: (line: LineView) => Cell };

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const minor = (paper: Paper, amount: number | null): number | null =>
  amount === null ? null : paper.currency === 'JPY' ? amount : amount / 100;

const where = (say: Say): Column[] => [
  { title: say('paper.zone'), width: 10, of: (l) => l.zone },
  { title: say('paper.bin'), width: 14, of: (l) => l.bin },
  { title: say('paper.sku'), width: 20, of: (l) => l.sku },
  { title: say('paper.barcode'), width: 18, of: (l) => l.barcode },
  { title: say('paper.goods'), width: 36, of: (l) => l.title },
  { title: say('paper.batch'), width: 14, of: (l) => l.batch },
  { title: say('paper.expires'), width: 12, of: (l) => l.expiresOn },
  { title: say('paper.quality'), width: 8, of: (l) => say(`quality.${l.state}`) },
];

/** The sheet to count by as a workbook: the same lines in the same order, with empty columns to fill in. */
export function sheetWorkbook(paper: Paper, locale: Locale): Promise<Buffer> {
  const say = sayIn(locale);
  const columns: Column[] = [
    ...where(say),
    ...(paper.take.blind ? [] : [{ title: say('paper.book'), width: 10, of: (l: LineView) => l.book }]),
    { title: say('paper.first'), width: 10, of: () => null },
    { title: say('paper.second'), width: 10, of: () => null },
    { title: say('paper.remark'), width: 24, of: () => null },
  ];
  const facts: [string, string][] = [[say('paper.sheet'), paper.take.no], ...headOf(locale, paper, say)];
  return workbook(say('paper.sheet'), facts, columns, paper.lines, paper);
}

/** The report as a workbook: sums, then every line that was counted, what differs most first. */
export function reportWorkbook(paper: Paper, locale: Locale): Promise<Buffer> {
  const say = sayIn(locale);
  const columns: Column[] = [
    ...where(say),
    { title: say('paper.book'), width: 10, of: (l) => l.book },
    { title: say('paper.found'), width: 10, of: (l) => l.counted },
    { title: say('paper.difference'), width: 10, of: (l) => l.difference },
    { title: say('paper.value'), width: 14, of: (l) => minor(paper, l.value) },
    { title: say('paper.reason'), width: 24, of: (l) => l.reason },
    { title: say('paper.by'), width: 16, of: (l) => l.countedByName },
    { title: say('paper.rounds'), width: 8, of: (l) => l.round },
    {
      title: say('paper.became'),
      width: 16,
      of: (l) => (l.outcome === null ? null : (outcomeOf(l, say) ?? say(`outcome.${l.outcome}`))),
    },
  ];
  const { sums } = paper;
  const facts: [string, Cell][] = [
    [say('paper.report'), paper.take.no],
    ...factsOf(locale, paper, say),
    [say('paper.counted'), paper.counted],
    [say('paper.differing'), sums.lines],
    [say('paper.accuracy'), shareOf(paper.right, paper.counted)],
    [say('paper.over'), sums.over],
    [say('paper.short'), -sums.short],
    [say('paper.valueOver'), minor(paper, sums.valueOver)],
    [say('paper.valueShort'), minor(paper, -sums.valueShort)],
  ];
  const first = differing(paper);
  const rest = paper.lines.filter((l) => l.difference === null || l.difference === 0);
  return workbook(say('paper.report'), facts, columns, [...first, ...rest], paper);
}

const HEAD_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F4F7' } } as const;

async function workbook(
  name: string,
  facts: readonly [string, Cell][],
  columns: readonly Column[],
  lines: readonly LineView[],
  paper: Paper,
): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs'); // heavy, and rarely asked for
  const book = new ExcelJS.Workbook();
  book.created = paper.take.created_at;
  const sheet = book.addWorksheet(name);
  sheet.columns = columns.map((c) => ({ width: c.width }));
  const text = (cell: Cell): Cell => (typeof cell === 'string' ? neutral(cell) : cell);
  for (const [label, value] of facts) sheet.addRow([label, text(value)]);
  sheet.addRow([]);
  const header = sheet.addRow(columns.map((c) => c.title));
  header.font = { bold: true };
  header.eachCell((cell) => {
    cell.fill = HEAD_FILL;
  });
  for (const line of lines) sheet.addRow(columns.map((c) => text(c.of(line))));
  sheet.views = [{ state: 'frozen', ySplit: header.number }];
  sheet.pageSetup.orientation = 'landscape';
  sheet.pageSetup.fitToPage = true;
  sheet.pageSetup.fitToWidth = 1;
  sheet.pageSetup.fitToHeight = 0;
  return Buffer.from(await book.xlsx.writeBuffer());
}
