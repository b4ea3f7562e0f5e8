/** Widths of bars and gaps of each symbol of Code 128, and of the stop. */
const WIDTHS =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232'.match(
    /.{6}/g,
  ) as string[];
const STOP = '2331112';
const START_B = 104;
const FIRST = 32; // set B holds the printable ASCII characters
const LAST = 126;

/** Whether a text can be a barcode: printable ASCII. */
export const fitsCode128 = (text: string): boolean =>
  text !== '' && [...text].every((c) => (c.codePointAt(0) ?? 0) >= FIRST && (c.codePointAt(0) ?? 0) <= LAST);

/**
 * A text as Code 128, set B: bars as [offset, width] in modules, and how many modules it is wide. Undefined when a character
 * has no symbol.
 */
export function code128(text: string): { bars: [number, number][]; modules: number } | undefined {
  if (!fitsCode128(text)) return undefined;
  const values = [...text].map((c) => (c.codePointAt(0) ?? 0) - FIRST);
  const check = values.reduce((n, v, i) => n + v * (i + 1), START_B) % 103;
  const widths = [START_B, ...values, check].map((v) => WIDTHS[v] as string).join('') + STOP;
  const bars: [number, number][] = [];
  let at = 0;
  for (const [i, digit] of [...widths].entries()) {
    if (i % 2 === 0) bars.push([at, Number(digit)]);
    at += Number(digit);
  }
  return { bars, modules: at };
}
