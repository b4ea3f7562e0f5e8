import bwip from '@bwip-js/node';
import QRCode from 'qrcode';

const QUIET = 10; // modules of nothing on either side of a bar code, as the standard asks
const BLACK = '#000000';
type Drawing = { [key: string]: unknown };
type Rect = { x: number; y: number; w: number; h: number };

/** Widths of bars and gaps in turn, in modules. */
function code128(text: string): number[] {
  const [code] = bwip.raw('code128', text, {}) as unknown as { sbs: number[] }[];
  return code?.sbs ?? [];
}

/** Black on white of the given size. Rectangles: pages move them to where they belong, which they do not with paths. */
const drawing = (width: number, height: number, black: readonly Rect[], rest: object): Drawing => ({
  canvas: [
    { type: 'rect', x: 0, y: 0, w: width, h: height, color: '#ffffff' },
    ...black.map((r) => ({ type: 'rect', ...r, color: BLACK })),
  ],
  ...rest,
});

/** Whether a text can be printed as {@link barcode}: printable ASCII. */
export const fitsBarcode = (text: string): boolean => /^[ -~]+$/.test(text);

/**
 * A Code 128 that takes the whole width, its quiet zones within; less where its modules would be wider than `widest`.
 * All in points. The text is one that {@link fitsBarcode}.
 */
export function barcode(
  text: string,
  width: number,
  height: number,
  { widest = Infinity, ...rest }: { widest?: number; [key: string]: unknown } = {},
): Drawing {
  const widths = code128(text);
  const modules = widths.reduce((a, b) => a + b, 0) + 2 * QUIET;
  const module = Math.min(widest, width / modules);
  let x = QUIET * module;
  const bars: Rect[] = [];
  for (const [i, n] of widths.entries()) {
    if (i % 2 === 0) bars.push({ x, y: 0, w: n * module, h: height });
    x += n * module;
  }
  return drawing(module * modules, height, bars, rest);
}

/** A QR code with its quiet zone within the given side. */
export function qrCode(text: string, side: number, rest: object = {}): Drawing {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const n = modules.size;
  const module = side / (n + 8);
  const runs: Rect[] = [];
  for (let row = 0; row < n; row += 1) {
    for (let from = 0; from < n; from += 1) {
      if (!modules.get(row, from)) continue;
      let to = from;
      while (to < n && modules.get(row, to)) to += 1;
      runs.push({ x: (from + 4) * module, y: (row + 4) * module, w: (to - from) * module, h: module });
      from = to;
    }
  }
  return drawing(side, side, runs, rest);
}
