import type { PolicyRule } from './vocabulary.ts';

/** Where a rule stands: two of one version never stand in one place. */
export const placeOf = (r: Pick<PolicyRule, 'category' | 'type' | 'reason'>): string =>
  `${r.category}\u0000${r.type}\u0000${r.reason}`;

export type PolicyDiff = {
  added: PolicyRule[];
  removed: PolicyRule[];
  changed: { from: PolicyRule; to: PolicyRule; fields: string[] }[];
};

const FIELDS = ['allowed', 'window', 'freight', 'evidence', 'review', 'clause', 'text'] as const;
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What another version says otherwise, rule by rule. */
export function diffOf(from: readonly PolicyRule[], to: readonly PolicyRule[]): PolicyDiff {
  const before = new Map(from.map((r) => [placeOf(r), r]));
  const after = new Map(to.map((r) => [placeOf(r), r]));
  const changed = [...after].flatMap(([place, rule]) => {
    const was = before.get(place);
    const fields = was ? FIELDS.filter((f) => !isSame(was[f], rule[f])) : [];
    return was && fields.length > 0 ? [{ from: was, to: rule, fields: [...fields] }] : [];
  });
  return {
    added: [...after].filter(([place]) => !before.has(place)).map(([, r]) => r),
    removed: [...before].filter(([place]) => !after.has(place)).map(([, r]) => r),
    changed,
  };
}
