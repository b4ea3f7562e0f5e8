/** ISO 4217 codes the product accepts. All have two decimal digits except JPY, which has none. */
export const CURRENCIES = ['CNY', 'HKD', 'USD', 'EUR', 'GBP', 'JPY'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Integer minor units (fen for CNY) and never without its currency. */
export type Money = { readonly amount: number; readonly currency: Currency };

/** Largest amount one document may carry: 10¹³ minor units, so sums of 900 documents stay exact in a double. */
export const AMOUNT_MAX = 10_000_000_000_000;

/** @throws RangeError when `amount` is not a safe integer. */
export function money(amount: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`money: ${amount} is not a whole number of minor units`);
  return { amount, currency };
}

/** Decimal digits of the currency's minor unit. */
export const minorDigits = (currency: Currency): 0 | 2 => (currency === 'JPY' ? 0 : 2);

/** Sum of amounts in one currency. @throws RangeError on mixed currencies. */
export function sumMoney(parts: readonly Money[], currency: Currency): Money {
  let total = 0;
  for (const part of parts) {
    if (part.currency !== currency) throw new RangeError(`sum: ${part.currency} among ${currency}`);
    total += part.amount;
  }
  return money(total, currency);
}

/**
 * Splits `whole` by weight; leftover minor units go to the largest remainders (ties to the earlier part), so the
 * parts always sum to the whole and a zero weight gets nothing. @throws RangeError unless amount ≥ 0 and the weights
 * are whole numbers ≥ 0 with a positive sum.
 */
export function allocate(whole: Money, weights: readonly number[]): Money[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (whole.amount < 0 || sum <= 0 || weights.some((w) => w < 0 || !Number.isSafeInteger(w))) {
    throw new RangeError('allocate: amount >= 0, whole weights >= 0 with a positive sum');
  }
  // amount × weight may pass 2^53: the product is taken in BigInt
  const total = weights.reduce((a, w) => a + BigInt(w), 0n);
  const parts = weights.map((w, i) => {
    const product = BigInt(whole.amount) * BigInt(w);
    return { i, amount: Number(product / total), rest: product % total };
  });
  const byRest = parts.toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  const left = whole.amount - parts.reduce((a, p) => a + p.amount, 0); // always fewer than the parts
  for (const part of byRest.slice(0, left)) part.amount += 1;
  return parts.map((p) => money(p.amount, whole.currency));
}

/**
 * Reads a decimal text ("19.90", "-3", "1,234.5") as minor units without passing through a float.
 * Returns undefined when it is not a decimal number or has more digits than the currency's minor unit.
 */
export function parseMinor(text: string, currency: Currency): number | undefined {
  const match = /^\s*([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?\s*$/.exec(text);
  if (!match) return undefined;
  const digits = minorDigits(currency);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return undefined;
  const value = Number((match[2] as string).replaceAll(',', '') + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(value)) return undefined;
  return match[1] === '-' && value !== 0 ? -value : value;
}
