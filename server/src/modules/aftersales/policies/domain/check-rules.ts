import type { FieldProblem } from '#kernel/errors.ts';
import { placeOf } from './diff.ts';
import { ruleFor } from './resolve.ts';
import { fits, type PolicyRule } from './vocabulary.ts';

/** Everything about rules that does not hold together; paths are of the list as it was sent. */
export function problemsOfRules(rules: readonly PolicyRule[]): FieldProblem[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, i) => {
    const problems: FieldProblem[] = [];
    const place = placeOf({ ...rule, category: rule.category.toLowerCase() });
    if (seen.has(place)) problems.push({ path: `rules[${i}]`, code: 'duplicate_rule' });
    seen.add(place);
    if (rule.reason !== '*' && !fits(rule.reason, rule.type))
      problems.push({ path: `rules[${i}].reason`, code: 'reason_not_for_type' });
    return problems;
  });
}

/** `below_statute_no_reason`, `below_statute_quality`: less than the law gives; `clause_texts`: one clause says different things. */
export const WARNINGS = ['below_statute_no_reason', 'below_statute_quality', 'clause_texts'] as const;
export type Warning = { code: (typeof WARNINGS)[number]; clause: string };

const STATUTE_DAYS = 7;
const isEnough = (rule: PolicyRule | undefined): boolean =>
  rule !== undefined &&
  rule.allowed &&
  (rule.window === null ||
    (rule.window.from === 'receipt' && rule.window.unit === 'day' && rule.window.count >= STATUTE_DAYS));

/**
 * What a person should look at again before publishing. 消费者权益保护法 art. 25 gives seven days without a reason for goods in
 * general, art. 24 seven days for faults with the seller paying the way; a shop may publish otherwise, for instance when all
 * it sells is fresh.
 */
export function warningsOf(rules: readonly PolicyRule[]): Warning[] {
  const warnings: Warning[] = [];
  const anywhere = { category: '\u0000', type: 'return' } as const;
  const noReason = ruleFor(rules, { ...anywhere, reason: 'no_reason' });
  if (!isEnough(noReason)) warnings.push({ code: 'below_statute_no_reason', clause: noReason?.clause ?? '' });
  const quality = ruleFor(rules, { ...anywhere, reason: 'quality' });
  if (!isEnough(quality) || quality?.freight === 'buyer')
    warnings.push({ code: 'below_statute_quality', clause: quality?.clause ?? '' });
  const texts = new Map<string, string>();
  const torn = new Set<string>();
  for (const r of rules) {
    const text = JSON.stringify(r.text);
    if ((texts.get(r.clause) ?? text) !== text) torn.add(r.clause);
    texts.set(r.clause, text);
  }
  return [...warnings, ...[...torn].map((clause): Warning => ({ code: 'clause_texts', clause }))];
}
