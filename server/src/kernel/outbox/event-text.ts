import type { Locale } from '../context.ts';
import { hasText, t } from '../i18n/index.ts';

/** A code as people read it, where the catalogue has a word for it: `words.<name of the fact>.<code>`. */
function worded(locale: Locale, name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => worded(locale, name, item));
  const key = `words.${name}.${String(value)}`;
  return typeof value === 'string' && value !== '' && hasText(locale, key) ? t(locale, key) : value;
}

/**
 * An event as people read it. An amount in it stands beside its currency and is shown as money; the kind of a deadline
 * is shown by its name, and codes by the words the catalogue has for them.
 */
export function eventText(locale: Locale, type: string, data: unknown): string {
  const facts = (data ?? {}) as Record<string, unknown>;
  const { amount, currency, kind } = facts;
  const money = typeof amount === 'number' && typeof currency === 'string' ? { money: { amount, currency } } : {};
  const name = `deadlines.${String(kind)}`;
  const named = typeof kind === 'string' && hasText(locale, name) ? { kind: t(locale, name) } : {};
  const inWords = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, worded(locale, name, value)]));
  return t(locale, `events.${type.replace(/\.v\d+$/, '')}`, { ...inWords, ...money, ...named });
}
