import type { StockDocument, StockDocumentDetail } from '../../../api/types.ts';

export const DOCUMENT_KINDS = [
  'receipt',
  'adjustment',
  'transfer',
  'move',
  'freeze',
  'unfreeze',
  'damage',
  'scrap',
  'kit',
  'unkit',
  'count',
  'reversal',
] as const satisfies readonly StockDocument['kind'][];

type Line = StockDocument['lines'][number];
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Pieces of a line, whatever its kind calls them; of an undone one those it moved back. */
export function unitsOf(line: Line): number {
  const plain = number(line['quantity']) || number(line['delta']);
  if (plain !== 0) return plain;
  return Math.max(...(['onHand', 'damaged', 'frozen'] as const).map((name) => Math.abs(number(line[name]))));
}

export const BUCKET_NAMES = ['onHand', 'damaged', 'frozen', 'inTransit'] as const;
export type MoveRow = StockDocumentDetail['moves'][number];

/** What a row of the ledger changed, without what it left alone. */
export const changesOf = (move: MoveRow): { bucket: (typeof BUCKET_NAMES)[number]; by: number }[] =>
  BUCKET_NAMES.filter((bucket) => move[bucket] !== 0).map((bucket) => ({ bucket, by: move[bucket] }));

/** Whether a document could be undone: it moved something, is no undoing itself, and nobody has undone it. */
export const isReversible = (document: StockDocumentDetail): boolean =>
  document.kind !== 'reversal' &&
  document.reversedBy === null &&
  ['posted', 'in_transit', 'received'].includes(document.state);
