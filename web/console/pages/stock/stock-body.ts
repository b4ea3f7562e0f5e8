import type { Body } from '../../../api/paths.ts';

export type StockFormKind =
  | 'receipts'
  | 'adjustments'
  | 'transfers'
  | 'relocations'
  | 'freezes'
  | 'unfreezes'
  | 'damages'
  | 'scraps';
export type Bucket = NonNullable<Body<'/stock/adjustments', 'post'>['lines'][number]['bucket']>;
export const BUCKETS: readonly Bucket[] = ['on_hand', 'damaged', 'frozen'];
export type StockState = 'good' | 'damaged' | 'frozen';
export const STOCK_STATES: readonly StockState[] = ['good', 'damaged', 'frozen'];

export type StockLine = {
  sku: string;
  title: string;
  quantity: number;
  bucket?: Bucket;
  bin?: string;
  batch?: string;
  expiresOn?: string;
  to?: string;
  state?: StockState;
};
export type StockValues = { warehouse: string; to?: string; reference?: string; reason?: string; lines: StockLine[] };

const filled = <K extends string>(name: K, text: string | undefined) =>
  text?.trim() ? ({ [name]: text.trim() } as { [Name in K]: string }) : {};
const placed = ({ sku, quantity, bin, batch }: StockLine) => ({
  sku,
  quantity,
  ...filled('bin', bin),
  ...filled('batch', batch),
});

export const toReceipt = ({ warehouse, reference, lines }: StockValues): Body<'/stock/receipts', 'post'> => ({
  warehouse,
  ...filled('reference', reference),
  lines: lines.map((line) => ({ ...placed(line), ...filled('expiresOn', line.expiresOn) })),
});

export const toAdjustment = ({ warehouse, reason, lines }: StockValues): Body<'/stock/adjustments', 'post'> => ({
  warehouse,
  reason: reason?.trim() ?? '',
  lines: lines.map(({ sku, quantity, bucket, bin, batch }) => ({
    sku,
    delta: quantity,
    ...(bucket ? { bucket } : {}),
    ...filled('bin', bin),
    ...filled('batch', batch),
  })),
});

export const toTransfer = ({ warehouse, to, reference, lines }: StockValues): Body<'/stock/transfers', 'post'> => ({
  from: warehouse,
  to: to ?? '',
  ...filled('reference', reference),
  lines: lines.map(placed),
});

export const toRelocation = ({ warehouse, reference, lines }: StockValues): Body<'/stock/relocations', 'post'> => ({
  warehouse,
  ...filled('reference', reference),
  lines: lines.map(({ sku, quantity, bin, to, batch, state }) => ({
    sku,
    quantity,
    from: bin?.trim() ?? '',
    to: to?.trim() ?? '',
    ...filled('batch', batch),
    ...(state ? { state } : {}),
  })),
});

export const toStateChange = ({ warehouse, reason, lines }: StockValues): Body<'/stock/freezes', 'post'> => ({
  warehouse,
  reason: reason?.trim() ?? '',
  lines: lines.map(placed),
});

export const toScrap = ({ warehouse, reason, lines }: StockValues): Body<'/stock/scraps', 'post'> => ({
  warehouse,
  reason: reason?.trim() ?? '',
  lines: lines.map((line) => ({ ...placed(line), ...(line.bucket ? { from: line.bucket } : {}) })),
});

type Standing = {
  sku: string;
  title: string;
  warehouse: string;
  bin: string;
  batch: string | null;
  state: StockState;
  quantity: number;
  allocated: number;
};

const BUCKET_OF: Record<StockState, Bucket> = { good: 'on_hand', damaged: 'damaged', frozen: 'frozen' };

/** A form filled with what stands in a bin: all of it that nobody is promised. */
export function formOf(row: Standing): StockValues {
  const { sku, title, warehouse, bin, batch, state } = row;
  const quantity = Math.max(1, row.quantity - row.allocated);
  const line = { sku, title, quantity, bin, state, bucket: BUCKET_OF[state], ...(batch ? { batch } : {}) };
  return { warehouse, lines: [line] };
}
