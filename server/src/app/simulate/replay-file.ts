import { createReadStream } from 'node:fs';
import { systemCtx } from '#kernel/context.ts';
import type { Currency } from '#kernel/money.ts';
import { localDate } from '#kernel/time.ts';
import { delimiterOf, readTable, type TableRow } from '#kernel/transfers/index.ts';
import {
  compileMapping,
  type Draft,
  drafts,
  type OrderDraft,
  OrderMapping,
  type RefundDraft,
} from '#modules/orders/index.ts';

export type Day = {
  orders: OrderDraft[];
  refunds: RefundDraft[];
  /** Orders of earlier days whose goods come back on this one. */
  earlier: OrderDraft[];
  left: number;
};

/** The drafts of a file in the order of the file, as live orders. */
async function* readDrafts(file: string, mapping: OrderMapping, currency: Currency): AsyncGenerator<Draft> {
  const source = createReadStream(file);
  const encoding = mapping.format?.encoding ?? 'utf-8';
  const rows = readTable(source, {
    type: 'csv',
    encoding,
    delimiter: mapping.format?.delimiter ?? delimiterOf(await firstLine(file)),
  })[Symbol.asyncIterator]();
  const header = (await rows.next()) as IteratorResult<TableRow, undefined>;
  if (header.done) return;
  const rest: AsyncIterable<TableRow> = { [Symbol.asyncIterator]: () => rows };
  const run = { options: mapping, ctx: systemCtx('', new Date()) };
  for await (const { unit } of drafts(rest, run, compileMapping(mapping, header.value.cells), () => currency))
    yield unit;
  await rows.return?.();
}

async function firstLine(file: string): Promise<string> {
  for await (const chunk of createReadStream(file, { end: 65_535 })) return String(chunk).split(/\r?\n/, 1)[0] ?? '';
  return '';
}

const keyOf = (buyer: { externalId: string | undefined }, sku: string): string => `${buyer.externalId}/${sku}`;

/** One trading day of a file: its orders, its cancellations, and the earlier orders these take back. */
export async function readDay(file: string, map: unknown, day: string, currency: Currency): Promise<Day> {
  const mapping = OrderMapping.parse({ ...(map as object), historical: true, anonymous: 'per_order' });
  const found: Day = { orders: [], refunds: [], earlier: [], left: 0 };
  for await (const draft of readDrafts(file, mapping, currency)) {
    if (draft.kind === 'none') continue;
    const date = localDate(draft.at, mapping.date.zone);
    if (date > day) break;
    if (date !== day) continue;
    found.left += draft.rejects.length;
    if (draft.kind === 'order') found.orders.push(draft);
    else found.refunds.push(draft);
  }
  found.earlier = await sourcesOf(file, mapping, currency, found);
  return found;
}

/** For each line that comes back and was not sold on the day itself before: the latest earlier order that has enough of it. */
async function sourcesOf(file: string, mapping: OrderMapping, currency: Currency, day: Day): Promise<OrderDraft[]> {
  const first = Math.min(...[...day.orders, ...day.refunds].map((d) => d.at.getTime()));
  const wanted = new Map(day.refunds.flatMap((r) => r.lines.map((l) => [keyOf(r.buyer, l.sku), l.quantity] as const)));
  const sources = new Map<string, OrderDraft>();
  if (wanted.size === 0) return [];
  for await (const draft of readDrafts(file, mapping, currency)) {
    if (draft.kind === 'none') continue;
    if (draft.at.getTime() >= first) break;
    if (draft.kind !== 'order') continue;
    for (const line of draft.lines) {
      const key = keyOf(draft.buyer, line.sku);
      const need = wanted.get(key);
      if (need !== undefined && line.quantity >= need) sources.set(key, draft);
    }
  }
  return [...new Set(sources.values())].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
