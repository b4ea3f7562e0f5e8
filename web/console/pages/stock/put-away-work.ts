import type { Body } from '../../../api/paths.ts';
import type { PutAway } from '../../../api/types.ts';

/** What tells two lines of the list apart: the same goods may wait in two places, batches or states. */
export const keyOf = (line: PutAway): string => [line.bin, line.sku, line.batch ?? '', line.state].join('\t');

export type ScanMeaning = { kind: 'goods'; line: PutAway } | { kind: 'bin'; bin: string } | { kind: 'unknown' };

const same = (a: string | null, b: string): boolean => a?.toUpperCase() === b.toUpperCase();

/**
 * What a scanned code means: goods of the list, else, once goods are in the hand, the bin they are put into. Scanning the
 * goods in the hand again takes the next line of them, if there is one.
 */
export function meaningOf(code: string, lines: readonly PutAway[], inHand: PutAway | undefined): ScanMeaning {
  const text = code.trim();
  const fitting = lines.filter((line) => same(line.barcode, text) || same(line.sku, text));
  if (fitting.length > 0) {
    const at = inHand ? fitting.findIndex((line) => keyOf(line) === keyOf(inHand)) : -1;
    return { kind: 'goods', line: fitting[(at + 1) % fitting.length] as PutAway };
  }
  if (inHand && text !== '') return { kind: 'bin', bin: text };
  return { kind: 'unknown' };
}

export const toMove = (
  warehouse: string,
  line: PutAway,
  to: string,
  quantity: number,
): Body<'/stock/relocations', 'post'> => ({
  warehouse,
  lines: [
    {
      sku: line.sku,
      quantity,
      from: line.bin,
      to,
      state: line.state,
      ...(line.batch === null ? {} : { batch: line.batch }),
    },
  ],
});
