import type { Body } from '../../../api/paths.ts';

export type StockFormKind = 'receipts' | 'adjustments' | 'transfers';
export type Bucket = NonNullable<Body<'/stock/adjustments', 'post'>['lines'][number]['bucket']>;
export const BUCKETS: readonly Bucket[] = ['on_hand', 'damaged', 'frozen'];

export type StockLine = {
  sku: string;
  title: string;
  quantity: number;
  bucket?: Bucket;
  bin?: string;
  batch?: string;
};
export type StockValues = { warehouse: string; to?: string; reference?: string; reason?: string; lines: StockLine[] };

const filled = <K extends string>(name: K, text: string | undefined) =>
  text?.trim() ? ({ [name]: text.trim() } as { [Name in K]: string }) : {};

export const toReceipt = ({ warehouse, reference, lines }: StockValues): Body<'/stock/receipts', 'post'> => ({
  warehouse,
  ...filled('reference', reference),
  lines: lines.map(({ sku, quantity, bin, batch }) => ({
    sku,
    quantity,
    ...filled('bin', bin),
    ...filled('batch', batch),
  })),
});

export const toAdjustment = ({ warehouse, reason, lines }: StockValues): Body<'/stock/adjustments', 'post'> => ({
  warehouse,
  reason: reason?.trim() ?? '',
  lines: lines.map(({ sku, quantity, bucket }) => ({ sku, delta: quantity, ...(bucket ? { bucket } : {}) })),
});

export const toTransfer = ({ warehouse, to, reference, lines }: StockValues): Body<'/stock/transfers', 'post'> => ({
  from: warehouse,
  to: to ?? '',
  ...filled('reference', reference),
  lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
});
