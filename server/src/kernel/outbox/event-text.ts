import type { Locale } from '../context.ts';
import { t } from '../i18n/index.ts';

/** An event as people read it. An amount in it stands beside its currency, and is shown as money. */
export function eventText(locale: Locale, type: string, data: unknown): string {
  const facts = (data ?? {}) as Record<string, unknown>;
  const { amount, currency } = facts;
  const money = typeof amount === 'number' && typeof currency === 'string' ? { money: { amount, currency } } : {};
  return t(locale, `events.${type.replace(/\.v\d+$/, '')}`, { ...facts, ...money });
}
