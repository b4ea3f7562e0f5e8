import type { TableRow, Unit } from '#kernel/transfers/index.ts';

export type OrderRows = { readonly key: string; readonly rows: TableRow[] };

const GROUP_ROWS_MAX = 5000;

/**
 * Gathers the rows of each order, which stand near each other but not always one after the other: an order is complete
 * when none of its rows has come for `window` rows. Orders come out in the order of their first rows; only the window is
 * held in memory. A number that comes back later is a second group.
 */
export async function* groupRows(
  rows: AsyncIterable<TableRow>,
  keyOf: (cells: readonly string[]) => string,
  window: number,
): AsyncGenerator<Unit<OrderRows>> {
  const open = new Map<string, { group: OrderRows; last: number }>(); // in the order of first rows
  let n = 0;
  for await (const row of rows) {
    n += 1;
    const key = keyOf(row.cells);
    const found = open.get(key);
    if (found && found.group.rows.length < GROUP_ROWS_MAX) {
      found.group.rows.push(row);
      found.last = n;
    } else {
      if (found) yield unitOf(found.group);
      open.delete(key); // the next with this number goes behind those already open
      open.set(key, { group: { key, rows: [row] }, last: n });
    }
    if (n % 64 === 0) {
      for (const [k, o] of open) {
        if (n - o.last <= window) break; // those behind it wait, so that the order of the file is kept
        open.delete(k);
        yield unitOf(o.group);
      }
    }
  }
  for (const { group } of open.values()) yield unitOf(group);
}

const unitOf = (unit: OrderRows): Unit<OrderRows> => ({ rows: unit.rows.length, unit });
