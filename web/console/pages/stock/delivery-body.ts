import type { Body } from '../../../api/paths.ts';
import type { Delivery } from '../../../api/types.ts';
import { parseMoney } from '../../../ui/format/money.ts';

export type DeliveryValues = {
  warehouse: string;
  supplier: string;
  reference?: string;
  expectedOn?: string;
  lines: { sku: string; title: string; quantity: number; cost?: string; currency: string }[];
};

export function toDelivery(values: DeliveryValues): Body<'/stock/deliveries', 'post'> {
  const { warehouse, supplier, reference, expectedOn, lines } = values;
  return {
    warehouse,
    supplier: supplier.trim(),
    ...(reference?.trim() ? { reference: reference.trim() } : {}),
    ...(expectedOn ? { expectedOn } : {}),
    lines: lines.map(({ sku, quantity, cost, currency }) => {
      const amount = cost ? parseMoney(cost, currency) : undefined;
      return { sku, quantity, ...(amount === undefined ? {} : { unitCost: amount }) };
    }),
  };
}

/** Goods of a delivery as they are counted in: one row per batch, so that a SKU may have several. */
export type ReceiveRow = {
  sku: string;
  quantity?: number | null;
  batch?: string;
  expiresOn?: string;
  producedOn?: string;
  bin?: string;
};
export type ReceiveValues = { rows: ReceiveRow[]; close: boolean };

/** What is still missing of each line; of a delivery that is all here one empty row each, as more may have come. */
export const rowsFor = (delivery: Delivery): ReceiveRow[] =>
  delivery.lines
    .filter((line) => line.short > 0 || delivery.state === 'received')
    .map((line) => ({ sku: line.sku, ...(line.short > 0 ? { quantity: line.short } : {}) }));

/** Goods of a delivery whose code or title holds the text. */
export function linesMatching(delivery: Delivery, text: string): Delivery['lines'] {
  const wanted = text.trim().toLowerCase();
  return delivery.lines.filter((line) => `${line.sku} ${line.title}`.toLowerCase().includes(wanted));
}

export type Balance = { now: number; over: number; short: number };

/** What each line will be over or short once these rows are in, as it is being typed. */
export function balanceOf(delivery: Delivery, rows: readonly (ReceiveRow | undefined)[]): Map<string, Balance> {
  const now = new Map<string, number>();
  for (const row of rows) if (row) now.set(row.sku, (now.get(row.sku) ?? 0) + (row.quantity ?? 0));
  return new Map(
    delivery.lines.map((line) => {
      const units = now.get(line.sku) ?? 0;
      const all = line.received + units;
      return [
        line.sku,
        { now: units, over: Math.max(all - line.ordered, 0), short: Math.max(line.ordered - all, 0) },
      ] as const;
    }),
  );
}

/** Rows that count nothing are left out; the places of the others among all rows say where a refusal belongs. */
export function toReceive({ rows, close }: ReceiveValues): {
  body: Body<'/stock/deliveries/{deliveryId}/receive', 'post'>;
  places: number[];
} {
  const counted = rows.map((row, i) => ({ row, i })).filter(({ row }) => (row.quantity ?? 0) > 0);
  return {
    body: {
      close,
      lines: counted.map(({ row }) => ({
        sku: row.sku,
        quantity: row.quantity ?? 0,
        ...(row.bin?.trim() ? { bin: row.bin.trim() } : {}),
        ...(row.batch?.trim() ? { batch: row.batch.trim() } : {}),
        ...(row.expiresOn ? { expiresOn: row.expiresOn } : {}),
        ...(row.producedOn ? { producedOn: row.producedOn } : {}),
      })),
    },
    places: counted.map(({ i }) => i),
  };
}
