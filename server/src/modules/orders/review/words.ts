import type { Locale } from '#kernel/context.ts';
import { formatMoney, formatNumber, hasText, t } from '#kernel/i18n/index.ts';
import type { Found, ReasonFacts } from '../domain/judge.ts';
import type { Condition, RuleAction, RuleField, RuleValue, Window } from '../domain/review-rules.ts';
import { RULE_FIELDS } from '../domain/review-rules.ts';

const PERCENT = new Set<RuleField>(['priceDeviation', 'discountShare']);

const list = (locale: Locale, words: readonly string[]): string => words.join(locale === 'en' ? ', ' : '、');

function valueWords(locale: Locale, field: RuleField, value: RuleValue | Found['actual'], currency?: string): string {
  if (Array.isArray(value))
    return list(
      locale,
      (value as string[]).map((v) => nameOf(locale, field, v)),
    );
  if (typeof value === 'object' && 'amount' in value) return formatMoney(locale, value);
  if (typeof value === 'number') {
    if (RULE_FIELDS[field] === 'money') return formatMoney(locale, { amount: value, currency: currency ?? 'CNY' });
    if (PERCENT.has(field)) return `${formatNumber(locale, value)}%`;
    return field === 'quantityOfNorm' ? `${formatNumber(locale, value)}×` : formatNumber(locale, value);
  }
  return nameOf(locale, field, String(value));
}

/** Choices that have names of their own; codes of shops and channels stand for themselves. */
function nameOf(locale: Locale, field: RuleField, value: string): string {
  const key = `review.${field}.${value}`;
  return hasText(locale, key) ? t(locale, key) : value;
}

const currencyOf = (value: RuleValue): string | undefined =>
  typeof value === 'object' && 'currency' in value ? value.currency : undefined;

function foundWords(locale: Locale, { field, operator, value, actual }: Found): string {
  if (operator === 'is') return t(locale, `review.${field}.${String(actual)}`);
  return t(locale, `review.found.${operator}`, {
    field: t(locale, `review.field.${field}`),
    actual: valueWords(locale, field, actual, currencyOf(value)),
    value: valueWords(locale, field, value),
  });
}

/** Why a hold was set, as the reviewer reads it. */
export function reasonWords(locale: Locale, hold: string, facts: ReasonFacts & { note?: string }): string {
  const parts = (facts.found ?? []).map((f) => foundWords(locale, f));
  if (facts.window) {
    const { by, ...window } = facts.window;
    parts.push(t(locale, 'review.window.found', { ...window, by: t(locale, `review.by.${by}`) }));
  }
  if (parts.length === 0) parts.push(hasText(locale, `holds.${hold}`) ? t(locale, `holds.${hold}`) : hold);
  if (facts.note !== undefined && facts.note !== '') parts.push(facts.note);
  return parts.join(locale === 'en' ? '; ' : '；');
}

/** A rule in words: every condition, and what follows. */
export function ruleWords(
  locale: Locale,
  rule: { conditions: readonly Condition[]; window: Window | null; action: RuleAction },
): { when: string[]; what: string } {
  const when = rule.conditions.map(({ field, operator, value }) =>
    operator === 'is'
      ? t(locale, `review.${field}.${String(value)}`)
      : t(locale, `review.when.${operator}`, {
          field: t(locale, `review.field.${field}`),
          value: valueWords(locale, field, value),
        }),
  );
  if (rule.window)
    when.push(t(locale, 'review.window.when', { ...rule.window, by: t(locale, `review.by.${rule.window.by}`) }));
  const { action } = rule;
  return {
    when,
    what: t(locale, `review.then.${action.do}`, {
      ...action,
      hold: 'hold' in action ? holdName(locale, action.hold) : '',
    }),
  };
}

/** The short name of a hold; one that a rule made up has its code for a name. */
export const holdName = (locale: Locale, hold: string): string =>
  hasText(locale, `holdNames.${hold}`) ? t(locale, `holdNames.${hold}`) : hold;
