import type { Ctx, Locale } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { formatMoney, t } from '#kernel/i18n/index.ts';
import type { PdfDefinition, PdfNode } from '#kernel/pdf/index.ts';
import { ITEM_KINDS } from './domain/close-statement.ts';
import { type ItemRow, listItems, sumsByKind } from './store/items.ts';
import { getStatement, type StatementRow } from './store/statements.ts';

/** So many lines are printed; all of them are in the export. */
const LINES_MAX = 2_000;

type Contents = { statement: StatementRow; sums: Awaited<ReturnType<typeof sumsByKind>>; lines: ItemRow[] };

export async function readContents(tx: Tx, _ctx: Ctx, statementId: string): Promise<Contents> {
  const statement = await getStatement(tx, statementId);
  const lines = await listItems(tx, { statementId, limit: LINES_MAX });
  return { statement, sums: await sumsByKind(tx, statementId), lines: lines.toReversed() };
}

/** The statement as a document, in one language: made of the kept facts alone, so that it is the same whenever it is made. */
export function statementPdf(locale: Locale, { statement: s, sums, lines }: Contents): PdfDefinition {
  const say = (key: string, facts: Record<string, unknown> = {}): string => t(locale, `settlement.pdf.${key}`, facts);
  const money = (amount: number): string => formatMoney(locale, { amount, currency: s.currency });
  const right = (text: string): PdfNode => ({ text, alignment: 'right' });
  const kind = (k: string): string => t(locale, `settlement.kind.${k}`);
  const known = new Map(sums.map((x) => [x.kind, x]));
  const totals: PdfNode[][] = ITEM_KINDS.flatMap((k) => {
    const sum = known.get(k);
    return sum ? [[kind(k), right(String(sum.items)), right(money(sum.amount))]] : [];
  });
  return {
    title: `${say('title')} ${s.no}`,
    content: [
      { text: say('title'), style: 'title' },
      {
        table: {
          widths: ['auto', '*', 'auto', '*'],
          body: [
            [muted(say('no')), s.no, muted(say('party')), s.party],
            [muted(say('period')), `${s.period_from} – ${s.period_to}`, muted(say('due')), s.due_on],
            [muted(say('state')), t(locale, `settlement.state.${s.state}`), muted(say('agreement')), `V${s.agreement}`],
          ],
        },
        layout: 'none',
        margin: [0, 8, 0, 12],
      },
      { text: say('totals'), style: 'heading' },
      {
        table: {
          headerRows: 1,
          widths: ['*', 60, 110],
          body: [
            [muted(say('what')), muted(say('count')), muted(say('amount'))],
            ...totals,
            [
              { text: say('payable'), style: 'strong' },
              '',
              { text: money(s.payable), style: 'strong', alignment: 'right' },
            ],
          ],
        },
        layout: 'lines',
      },
      { text: say('lines', { n: s.items }), style: 'heading', margin: [0, 14, 0, 4] },
      linesTable(lines, { say, money, kind }),
      ...(s.items > lines.length ? [{ text: say('more', { n: s.items - lines.length }), style: 'muted' }] : []),
      ...(s.content_hash
        ? [{ text: `SHA-256 ${s.content_hash.toString('hex')}`, style: 'muted', fontSize: 7, margin: [0, 12, 0, 0] }]
        : []),
    ],
    foot: { left: `${s.no} · ${s.party}`, pages: '{page} / {pages}' },
  };
}

const muted = (text: string): PdfNode => ({ text, style: 'muted' });

function linesTable(
  lines: readonly ItemRow[],
  { say, money, kind }: Record<'say' | 'kind', (key: string) => string> & { money: (n: number) => string },
): PdfNode {
  const small = (text: string, alignment = 'left'): PdfNode => ({ text, fontSize: 8, alignment });
  return {
    table: {
      headerRows: 1,
      widths: [54, 60, 110, '*', 76],
      body: [
        ['day', 'what', 'subject', 'note', 'amount'].map((k) => muted(say(k))),
        ...lines.map((l) => [
          small(l.day),
          small(kind(l.kind)),
          small(l.subject_no),
          small(l.note),
          small(money(l.amount), 'right'),
        ]),
      ],
    },
    layout: 'lines',
  };
}
