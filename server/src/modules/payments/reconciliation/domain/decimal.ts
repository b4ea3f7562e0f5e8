/** Yuan are read with five digits behind the point: fees come with that many. Amounts must be whole fen. */
export const DIGITS = 5;
export const UNITS_PER_FEN = 1_000;
const WHOLE_DIGITS_MAX = 10; // with five behind the point that is still an exact double

const ZERO = 48;
const NINE = 57;

/** A decimal text in 10^-digits, without passing through a float. Undefined when it is none, or is finer than that. */
export function parseDecimal(text: string, digits: number): number | undefined {
  let at = 0;
  let sign = 1;
  const first = text.charCodeAt(0);
  if (first === 45 || first === 43) {
    if (first === 45) sign = -1;
    at = 1;
  }
  let value = 0;
  let whole = 0;
  let fraction = -1; // -1: the point has not come yet
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 46 && fraction < 0) fraction = 0;
    else if (code < ZERO || code > NINE) return undefined;
    else if (fraction < 0) {
      whole += 1;
      if (whole > WHOLE_DIGITS_MAX) return undefined;
      value = value * 10 + (code - ZERO);
    } else if (fraction < digits) {
      fraction += 1;
      value = value * 10 + (code - ZERO);
    } else if (code !== ZERO) return undefined;
  }
  if (whole === 0) return undefined;
  for (let i = Math.max(fraction, 0); i < digits; i += 1) value *= 10;
  return value === 0 ? 0 : sign * value;
}

/** Whole fen of units, rounded half away from zero: what a channel takes is booked in fen. */
export const toFen = (units: number): number => {
  const fen = Math.floor((Math.abs(units) + UNITS_PER_FEN / 2) / UNITS_PER_FEN);
  return units < 0 && fen !== 0 ? -fen : fen;
};

/** Fen as the channels write them: 19.90. */
export function yuan(fen: number): string {
  const all = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${all.slice(0, -2)}.${all.slice(-2)}`;
}

/** Units as we say them when a sum is wrong: no digits that say nothing. */
export function unitsText(units: number): string {
  const all = String(Math.abs(units)).padStart(DIGITS + 1, '0');
  const fraction = all.slice(-DIGITS).replace(/0{1,3}$/, '');
  return `${units < 0 ? '-' : ''}${all.slice(0, -DIGITS)}.${fraction}`;
}
