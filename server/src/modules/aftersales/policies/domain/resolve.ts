import type { AftersalesType, PolicyRule, Reason } from './vocabulary.ts';

/** Marks a selector of categories by name: what follows is the name. */
const BY_NAME = '*/';

/**
 * How near a rule's category is to that of goods: the number of steps from the goods' own category up to it, counted in
 * halves, so that a path goes before a name at the same height. Undefined: it does not hold for them.
 */
export function distanceOf(selector: string, category: string): number | undefined {
  const steps = category.split('/');
  if (selector === '') return steps.length * 2;
  if (selector.startsWith(BY_NAME)) {
    const name = selector.slice(BY_NAME.length).toLowerCase();
    const at = steps.findLastIndex((s) => s.toLowerCase() === name);
    return at === -1 ? undefined : (steps.length - 1 - at) * 2 + 1;
  }
  const own = selector.split('/');
  return own.every((s, i) => s === steps[i]) ? (steps.length - own.length) * 2 : undefined;
}

/** Selectors under which a rule for goods of the category can stand. */
export function selectorsOf(category: string): string[] {
  const steps = category.split('/');
  const paths = steps.map((_, i) => steps.slice(0, i + 1).join('/'));
  return ['', ...paths, ...steps.map((s) => BY_NAME + s)];
}

/**
 * The rule that decides: of those for the nearest category the one for the reason itself, else the one for any reason; a
 * category without either leaves it to the one above.
 */
export function ruleFor(
  rules: readonly PolicyRule[],
  asked: { category: string; type: AftersalesType; reason: Reason },
): PolicyRule | undefined {
  let best: { rule: PolicyRule; rank: number } | undefined;
  for (const rule of rules) {
    if (rule.type !== asked.type || (rule.reason !== '*' && rule.reason !== asked.reason)) continue;
    const distance = distanceOf(rule.category, asked.category);
    if (distance === undefined) continue;
    const rank = distance * 2 + (rule.reason === '*' ? 1 : 0);
    if (best === undefined || rank < best.rank) best = { rule, rank };
  }
  return best?.rule;
}

/** Everything the version says of goods of a category: for each type and reason the rule that decides, in their order. */
export function rulesOfCategory(rules: readonly PolicyRule[], category: string): PolicyRule[] {
  const kept = new Map<string, { rule: PolicyRule; distance: number }>();
  for (const rule of rules) {
    const distance = distanceOf(rule.category, category);
    if (distance === undefined) continue;
    const key = `${rule.type}/${rule.reason}`;
    const known = kept.get(key);
    if (known === undefined || distance < known.distance) kept.set(key, { rule, distance });
  }
  // a rule for any reason that stands nearer covers those for one reason that stand above it
  const covered = ({ rule, distance }: { rule: PolicyRule; distance: number }): boolean =>
    rule.reason !== '*' && (kept.get(`${rule.type}/*`)?.distance ?? Number.POSITIVE_INFINITY) < distance;
  return [...kept.values()].filter((k) => !covered(k)).map((k) => k.rule);
}
