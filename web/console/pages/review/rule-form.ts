import type { Body } from '../../../api/paths.ts';
import type { ReviewRule } from '../../../api/types.ts';

export type RuleBody = Body<'/review-rules', 'post'>;
export type RuleValues = {
  code: string;
  title: string;
  conditions: { field: string; operator: string; value: unknown }[];
  windowed: boolean;
  window?: { by: 'phone' | 'address' | 'device' | 'customer'; minutes: number; count: number };
  do: ReviewRule['action']['do'];
  hold?: string;
  message?: string;
  tag?: string;
};

const WINDOW = { by: 'phone', minutes: 10, count: 5 } as const;

/** A rule as the form holds it; a new one asks for the order's total. */
export function valuesOf(rule: ReviewRule | undefined): RuleValues {
  if (!rule) {
    const total = { field: 'total', operator: 'at_least', value: { amount: 500_000, currency: 'CNY' } };
    return { code: '', title: '', conditions: [total], windowed: false, window: WINDOW, do: 'hold', hold: 'review' };
  }
  const { action } = rule;
  return {
    code: rule.code,
    title: rule.title,
    conditions: rule.conditions.map((c) => ({ ...c })),
    windowed: rule.window !== null,
    window: rule.window ?? WINDOW,
    do: action.do,
    ...(action.do === 'hold' ? { hold: action.hold } : {}),
    ...(action.do === 'refuse' ? { message: action.message } : {}),
    ...(action.do === 'tag' ? { tag: action.tag } : {}),
  };
}

function actionOf(values: RuleValues): RuleBody['action'] {
  if (values.do === 'hold') return { do: 'hold', hold: values.hold ?? '' };
  if (values.do === 'refuse') return { do: 'refuse', message: values.message ?? '' };
  if (values.do === 'tag') return { do: 'tag', tag: values.tag ?? '' };
  return { do: 'require_id' };
}

/** What the form holds as the server wants it. */
export const bodyOf = (values: RuleValues): RuleBody => ({
  code: values.code,
  title: values.title,
  conditions: (values.conditions ?? []) as RuleBody['conditions'] & object,
  window: values.windowed ? (values.window ?? WINDOW) : null,
  action: actionOf(values),
});
