import { moneyIn, type Wording } from '../words.ts';
import type { Verdict } from '../domain/report.ts';

type Cell = { [key: string]: unknown };

/** Behind what differs. */
export const HIGHLIGHT = '#fdecc8';
const HEAD = '#f2f4f7';
const DISCOUNT = '#0f6b4f';
const BAD = '#b42318';

export const TONES: Record<Verdict, { ink: string; fill: string }> = {
  error_confirmed: { ink: BAD, fill: '#fdeceb' },
  as_agreed: { ink: DISCOUNT, fill: '#e8f5ef' },
  cannot_tell: { ink: '#8a5a00', fill: '#fff5db' },
};

export const right = (text: string): Cell => ({ text, alignment: 'right' });
export const head = (text: string, alignment = 'left'): Cell => ({ text, alignment, fillColor: HEAD, style: 'muted' });

/** Money at the right; a discount is negative. */
export const moneyCell = (w: Wording, amount: number): Cell => right(moneyIn(w, amount === 0 ? 0 : amount)); // minus nothing is nothing

/** Charged more than due: marked; nothing: a dash. */
export const differenceCell = (w: Wording, amount: number): Cell =>
  amount === 0
    ? { ...right('–'), style: 'muted' }
    : { ...right(`${amount > 0 ? '+' : ''}${moneyIn(w, amount)}`), color: amount > 0 ? BAD : DISCOUNT };

export const discountCell = (w: Wording, title: string, amount: number): Cell => ({
  columns: [
    { text: title, fontSize: 8, color: DISCOUNT },
    { ...moneyCell(w, -amount), fontSize: 8, color: DISCOUNT, width: 'auto' },
  ],
  columnGap: 4,
});
