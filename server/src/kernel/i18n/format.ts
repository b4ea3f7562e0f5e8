import type { Locale } from '../context.ts';

/** As kernel money: whole minor units with their currency. */
export type MoneyLike = { readonly amount: number; readonly currency: string };

const DEFAULT_ZONE = 'Asia/Shanghai';

function cached<A extends string[], F>(make: (...key: A) => F): (...key: A) => F {
  const made = new Map<string, F>();
  return (...key) => {
    const name = key.join('|');
    let found = made.get(name);
    if (found === undefined) made.set(name, (found = make(...key)));
    return found;
  };
}

const moneyFormat = cached(
  (locale: Locale, currency: string) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
);
const numberFormat = cached((locale: Locale) => new Intl.NumberFormat(locale));
const percentFormat = cached(
  (locale: Locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }),
);
const dateFormat = cached(
  (locale: Locale, timeZone: string) =>
    new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: locale === 'en' ? 'short' : 'long',
      day: 'numeric',
    }),
);
const timeFormat = cached(
  (locale: Locale, timeZone: string) =>
    new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: locale === 'en' ? 'short' : '2-digit',
      day: locale === 'en' ? 'numeric' : '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
);

/** `¥1,234.50`. The currency decides the number of decimals. */
export function formatMoney(locale: Locale, money: MoneyLike): string {
  const format = moneyFormat(locale, money.currency);
  return format.format(money.amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** `2026年2月3日`, `Feb 3, 2026`: the calendar date in the zone. */
export function formatDate(locale: Locale, date: Date, timeZone: string = DEFAULT_ZONE): string {
  return dateFormat(locale, timeZone).format(date);
}

/** `2026/02/03 14:05`, `Feb 3, 2026, 14:05`: date and time in the zone. */
export function formatTime(locale: Locale, date: Date, timeZone: string = DEFAULT_ZONE): string {
  return timeFormat(locale, timeZone).format(date);
}

/** `12,345.6`. */
export function formatNumber(locale: Locale, value: number): string {
  return numberFormat(locale).format(value);
}

/** `80%` for 0.8. */
export function formatPercent(locale: Locale, share: number): string {
  return percentFormat(locale).format(share);
}

/** A value for a placeholder, or undefined when the value does not suit the format asked for. */
export function formatValue(locale: Locale, value: unknown, format: string | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isMoney(value)) return formatMoney(locale, value);
  if (format === 'date' || format === 'time' || value instanceof Date) {
    const date = value instanceof Date ? value : new Date(typeof value === 'number' ? value : String(value));
    if (Number.isNaN(date.getTime())) return undefined;
    return format === 'date' ? formatDate(locale, date) : formatTime(locale, date);
  }
  if (typeof value === 'number') {
    if (format === 'percent') return formatPercent(locale, value);
    return format === 'number' ? formatNumber(locale, value) : String(value);
  }
  if (Array.isArray(value))
    return value.map((v) => formatValue(locale, v, format) ?? '').join(locale === 'en' ? ', ' : '、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | boolean | bigint);
}

function isMoney(value: unknown): value is MoneyLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    'currency' in value &&
    Number.isSafeInteger(value.amount) &&
    typeof value.currency === 'string' &&
    /^[A-Z]{3}$/.test(value.currency)
  );
}
