export type ScanTarget = {
  readonly lineId: string;
  readonly skuId: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly quantity: number;
  readonly scanned: number;
};

export type ScanVerdict =
  | { readonly kind: 'counts'; readonly adds: readonly { lineId: string; quantity: number }[] }
  | { readonly kind: 'surplus'; readonly sku: string; readonly left: number }
  | { readonly kind: 'no_match' };

/** As scanners send it: without blanks around, and without the line end some add. */
export const normaliseCode = (text: string): string => text.normalize('NFKC').trim();

/** The lines a code means: by barcode, else by SKU code in any case. */
export function linesFor(lines: readonly ScanTarget[], code: string): ScanTarget[] {
  const byBarcode = lines.filter((l) => l.barcode === code);
  return byBarcode.length > 0 ? byBarcode : lines.filter((l) => l.sku.toUpperCase() === code.toUpperCase());
}

/**
 * Judges `quantity` scanned pieces against the lines they fit, in the order given. All or none: a piece too many
 * counts nothing.
 */
export function judgeScan(matching: readonly ScanTarget[], quantity: number): ScanVerdict {
  const [first] = matching;
  if (!first) return { kind: 'no_match' };
  const left = matching.reduce((sum, l) => sum + l.quantity - l.scanned, 0);
  if (quantity > left) return { kind: 'surplus', sku: first.sku, left };
  const adds: { lineId: string; quantity: number }[] = [];
  let rest = quantity;
  for (const line of matching) {
    const part = Math.min(rest, line.quantity - line.scanned);
    if (part > 0) adds.push({ lineId: line.lineId, quantity: part });
    rest -= part;
  }
  return { kind: 'counts', adds };
}

/** Whether every piece has been scanned. */
export const isComplete = (lines: readonly Pick<ScanTarget, 'quantity' | 'scanned'>[]): boolean =>
  lines.every((l) => l.scanned === l.quantity);
