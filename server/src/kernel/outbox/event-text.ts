import type { Locale } from '../context.ts';
import { hasText, t } from '../i18n/index.ts';

/**
 * An event as people read it. An amount in it stands beside its currency and is shown as money; the kind of a deadline
 * is shown by its name.
 */
export function eventText(locale: Locale, type: string, data: unknown): string {
  const facts = (data ?? {}) as Record<string, unknown>;
  const { amount, currency, kind } = facts;
  const money = typeof amount === 'number' && typeof currency === 'string' ? { money: { amount, currency } } : {};
  const name = `deadlines.${String(kind)}`;
  const named = typeof kind === 'string' && hasText(locale, name) ? { kind: t(locale, name) } : {};
  return t(locale, `events.${type.replace(/\.v\d+$/, '')}`, { ...facts, ...money, ...named });
}
