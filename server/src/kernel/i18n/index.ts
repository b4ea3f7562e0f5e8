import { type Locale, LOCALES } from '../context.ts';
import { fill, merge, placeholdersOf, readSources } from './catalogue.ts';
import { formatValue } from './format.ts';

export { formatDate, formatMoney, formatNumber, formatPercent, formatTime } from './format.ts';
export type { MoneyLike } from './format.ts';

export const DEFAULT_LOCALE: Locale = 'zh-CN';
const MISSING_MAX = 1_000;

let catalogues: Readonly<Record<Locale, ReadonlyMap<string, string>>> | undefined;
const missing = new Set<string>();

function catalogue(locale: Locale): ReadonlyMap<string, string> {
  if (!catalogues) {
    const sources = readSources();
    catalogues = { 'zh-CN': merge(sources, 'zh-CN'), en: merge(sources, 'en') };
  }
  return catalogues[locale];
}

/**
 * The text of a key with `{name}` filled in from `params`: money, dates and lists in the way of the language;
 * `{name:date}`, `{name:time}`, `{name:number}` and `{name:percent}` say how to read plain JSON values. `{a.b}` reads
 * inside an object. A key without a text is returned as it is and kept in {@link missingKeys}.
 */
export function t(locale: Locale, key: string, params: Readonly<Record<string, unknown>> = {}): string {
  const text = catalogue(locale).get(key);
  if (text === undefined) {
    if (missing.size < MISSING_MAX) missing.add(`${locale} ${key}`);
    return key;
  }
  return fill(text, (name, format) => formatValue(locale, valueAt(params, name), format));
}

/** What the placeholders of a text are filled with, by name: for whoever has a text of their own with the same ones. */
export function wordsOf(
  locale: Locale,
  key: string,
  params: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const words: Record<string, string> = {};
  for (const { name, format } of placeholdersOf(catalogue(locale).get(key) ?? '')) {
    const word = formatValue(locale, valueAt(params, name), format);
    if (word !== undefined) words[name] = word;
  }
  return words;
}

/** The names of a text's placeholders, each once. */
export const wordNames = (locale: Locale, key: string): string[] => [
  ...new Set(placeholdersOf(catalogue(locale).get(key) ?? '').map((p) => p.name)),
];

function valueAt(params: Readonly<Record<string, unknown>>, name: string): unknown {
  let value: unknown = params;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Whether the key has a text in the language: for keys that are optional by design. */
export function hasText(locale: Locale, key: string): boolean {
  return catalogue(locale).has(key);
}

/** `<locale> <key>` of every text asked for and not found since the start, up to 1,000: shown by `doctor`. */
export function missingKeys(): readonly string[] {
  return [...missing].toSorted();
}

/** The language an `Accept-Language` header likes best among ours; zh-CN when it says nothing we speak. */
export function pickLocale(acceptLanguage: string | undefined): Locale {
  let best: Locale = DEFAULT_LOCALE;
  let bestWeight = 0;
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...options] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = options.find((option) => option.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    const locale = tag === '*' ? DEFAULT_LOCALE : LOCALES.find((known) => tag.split('-')[0] === known.split('-')[0]);
    if (locale !== undefined && weight > bestWeight && weight <= 1) [best, bestWeight] = [locale, weight];
  }
  return best;
}
