/** An amount in minor units (fen for CNY) beside its ISO 4217 currency. */
export type Money = { amount: number; currency: string };

const digitsOf = new Map<string, number>();

/** How many decimals a currency has (CNY 2, JPY 0); an unknown code counts as 2. */
export function minorDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  try {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    // A code Intl refuses is still shown, with two decimals.
  }
  digitsOf.set(currency, digits);
  return digits;
}

/** The exact decimal text of an amount, made without floating point: 19905 fen is "199.05". */
export function toDecimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const sign = amount < 0 ? '-' : '';
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Money as a reader of `locale` writes it; yuan is always "¥", other currencies carry their own symbol. */
export function formatMoney(money: Money, locale: string): string {
  const key = `${locale} ${money.currency}`;
  let format = formats.get(key);
  if (!format) {
    const currencyDisplay = money.currency === 'CNY' ? 'narrowSymbol' : 'symbol';
    try {
      format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency, currencyDisplay });
    } catch {
      return `${toDecimal(money)} ${money.currency}`;
    }
    formats.set(key, format);
  }
  return format.format(toDecimal(money) as Intl.StringNumericLiteral);
}

/** Reads what a person typed ("1,299.5") into minor units; undefined when it is not an amount of this currency. */
export function parseMoney(text: string, currency: string): number | undefined {
  const clean = text.replace(/[,，\s¥￥]/g, '');
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(clean);
  if (!match) return undefined;
  const digits = minorDigits(currency);
  const fraction = match[3] ?? '';
  if (fraction.length > digits) return undefined;
  const minor = Number((match[2] ?? '') + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return undefined;
  return match[1] && minor !== 0 ? -minor : minor;
}

/** The same amount taken away, for lines such as a discount. */
export const negated = ({ amount, currency }: Money): Money => ({ amount: amount === 0 ? 0 : -amount, currency });

/** Adds quantities × unit amounts in whole minor units; the price of a cart before the server quotes it. */
export function lineTotal(lines: readonly { quantity: number; unitAmount: number }[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.unitAmount, 0);
}
