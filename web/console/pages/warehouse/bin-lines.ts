export const BIN_LINES_MAX = 2_000;
const CODE_MAX = 60;

export type BinLines = {
  bins: { code: string; zone?: string }[];
  /** Lines that cannot be a bin, by their number from 1. */
  bad: { line: number; text: string; why: 'long' | 'twice' | 'columns' }[];
};

/** Bins typed or pasted out of a spreadsheet: a code per line, with its zone after a tab, comma or semicolon if it has one. */
export function readBinLines(text: string): BinLines {
  const bins: BinLines['bins'] = [];
  const bad: BinLines['bad'] = [];
  const seen = new Set<string>();
  text.split(/\r?\n/).forEach((raw, i) => {
    if (raw.trim() === '') return;
    const [code = '', zone = '', ...more] = raw.split(/[\t,;\uff0c\uff1b]/).map((part) => part.trim());
    const refuse = (why: BinLines['bad'][number]['why']): void => void bad.push({ line: i + 1, text: raw.trim(), why });
    if (code === '' || more.some((part) => part !== '')) refuse('columns');
    else if (code.length > CODE_MAX || zone.length > CODE_MAX) refuse('long');
    else if (seen.has(code)) refuse('twice');
    else bins.push(zone === '' ? { code } : { code, zone });
    seen.add(code);
  });
  return { bins, bad };
}
