import type { Queued } from '../../../ui/scan-queue.ts';
import type { Body } from '../../../api/paths.ts';
import type { StockTakeLine } from '../../../api/types.ts';

/** One entry of a count as it is sent, but for what sending adds. */
export type Entry = Omit<Body<'/stock-takes/{takeId}/counts', 'post'>['counts'][number], 'scanId' | 'countedAt'>;

/** A line of the bin on hand as the screen shows it: with what is still on its way. */
export type Tally = {
  key: string;
  sku: string;
  title: string;
  barcode: string | null;
  batch: string | null;
  state: StockTakeLine['state'];
  counted: number | null;
  /** Null where it is not to be seen. */
  book: number | null;
  recount: boolean;
  found: boolean;
};

const fits = (entry: Entry, tally: Tally): boolean =>
  (entry.sku === tally.sku || entry.code === tally.sku || entry.code === tally.barcode) &&
  (entry.batch === undefined || entry.batch === tally.batch) &&
  (entry.state ?? 'good') === tally.state;

/** Lines of the code among those of the bin: of several batches more than one. */
export const linesFor = (tallies: readonly Tally[], code: string): Tally[] =>
  tallies.filter((t) => t.state === 'good' && (t.sku === code || t.barcode === code));

/** What is counted in a bin, the server's numbers with the scans that wait to be sent on top; what it does not know is found. */
export function tally(lines: readonly StockTakeLine[], waiting: readonly Queued<Entry>[], bin: string): Tally[] {
  const tallies = lines.map((l): Tally => ({
    key: l.id,
    sku: l.sku,
    title: l.title,
    barcode: l.barcode,
    batch: l.batch,
    state: l.state,
    counted: l.counted,
    book: l.book,
    recount: l.recount,
    found: l.found,
  }));
  for (const { item, scanId } of waiting) {
    if (item.bin !== bin) continue;
    if (item.mode === 'done' || item.mode === 'empty') {
      for (const t of tallies) t.counted ??= 0;
      continue;
    }
    let line = tallies.find((t) => fits(item, t));
    if (!line) {
      const sku = item.sku ?? item.code ?? '';
      line = {
        key: scanId,
        sku,
        title: '',
        barcode: item.code ?? null,
        batch: item.batch ?? null,
        state: item.state ?? 'good',
        counted: null,
        book: null,
        recount: false,
        found: true,
      };
      tallies.push(line);
    }
    line.counted = item.mode === 'add' ? (line.counted ?? 0) + (item.quantity ?? 1) : (item.quantity ?? 0);
    line.recount = false;
  }
  return tallies;
}
