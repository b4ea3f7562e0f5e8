import type { Tx } from '#kernel/db/index.ts';
import { fallsOf, skusByIds } from '#modules/catalog/index.ts';
import { lineLeft, lineOrigins, type LineRow, type OrderRow } from '#modules/orders/index.ts';
import { offerThen } from '#modules/promotions/index.ts';
import { caseableLines } from '../../cases/queries/goods.ts';
import { type Fall, isSteep, type LineFacts } from '../domain/assess.ts';
import { protectionSettings } from '../settings.ts';
import { judgementsOf } from '../store/judgements.ts';
import { lastOfLines } from '../store/protections.ts';

/** A line, and the falls of its price since it was bought, lowest first; `held` ones wait for somebody's word. */
export type Known = {
  line: LineRow;
  facts: LineFacts;
  /** The last protection of the line, or of what it was before a split. */
  last: { id: string; priceTo: number } | null;
  falls: (Fall & { held: boolean })[];
};

/** What price protection has to know of lines of an order, as of a moment. Prices by mistake are no falls. */
export async function knownOf(tx: Tx, row: OrderRow, lines: readonly LineRow[], now: Date): Promise<Known[]> {
  const last = await lastProtections(tx, row, lines);
  const flash = await flashSales(tx, row, lines);
  const cases = new Map((await caseableLines(tx, row)).map((c) => [c.line.id, c.free]));
  const falls = await countingFalls(tx, row, [...new Set(lines.map((l) => l.sku_id))], now);
  return lines.map((line) => {
    const protection = last.get(line.id) ?? null;
    return {
      line,
      last: protection,
      falls: falls.get(line.sku_id) ?? [],
      facts: {
        kind: line.kind,
        flash: line.discounts.some((d) => flash.has(d.offer)),
        quantity: line.quantity,
        kept: cases.get(line.id) ?? 0,
        payable: line.payable,
        left: lineLeft(row, line),
        protectedTo: protection?.priceTo ?? null,
      },
    };
  });
}

/** A part of a split order goes on where the whole was protected. */
async function lastProtections(
  tx: Tx,
  row: OrderRow,
  lines: readonly LineRow[],
): Promise<Map<string, { id: string; priceTo: number }>> {
  const origins = await lineOrigins(tx, row, lines);
  const names = [...lines.map((l) => l.id), ...[...origins.values()].flat().map((o) => o.lineId)];
  const known = await lastOfLines(tx, names);
  return new Map(
    lines.flatMap((l): [string, { id: string; priceTo: number }][] => {
      const ids = [l.id, ...(origins.get(l.id) ?? []).map((o) => o.lineId)];
      const found = ids.map((id) => known.get(id)).find((k) => k !== undefined);
      return found ? [[l.id, found]] : [];
    }),
  );
}

async function flashSales(tx: Tx, row: OrderRow, lines: readonly LineRow[]): Promise<Set<string>> {
  const flash = new Set<string>();
  for (const code of new Set(lines.flatMap((l) => l.discounts.map((d) => d.offer))))
    if ((await offerThen(tx, code, row.placed_at))?.offer.terms.kind === 'flash_sale') flash.add(code);
  return flash;
}

async function countingFalls(
  tx: Tx,
  row: OrderRow,
  skuIds: readonly string[],
  now: Date,
): Promise<Map<string, (Fall & { held: boolean })[]>> {
  const inCurrency = new Set((await skusByIds(tx, skuIds)).filter((s) => s.currency === row.currency).map((s) => s.id));
  const judged = new Map(
    (await judgementsOf(tx, skuIds)).map((j) => [`${j.sku_id}/${j.from_at.getTime()}`, j.verdict]),
  );
  const { steepPercent } = await protectionSettings.get(tx);
  const found = new Map<string, (Fall & { held: boolean })[]>();
  for (const f of await fallsOf(tx, [...inCurrency], row.placed_at, now)) {
    const verdict = judged.get(`${f.sku_id}/${f.from_at.getTime()}`);
    if (verdict === 'error') continue;
    const fall: Fall = { fromAt: f.from_at, was: f.was, price: f.price };
    const held = verdict !== 'genuine' && isSteep(fall, steepPercent);
    found.set(f.sku_id, [...(found.get(f.sku_id) ?? []), { ...fall, held }]);
  }
  return found;
}
