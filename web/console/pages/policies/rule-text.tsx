import { Tag } from 'antd';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import type { Rule } from './words.ts';

/** What a category of a rule stands for. */
export function CategoryText({ category }: { category: string }) {
  const t = useT();
  if (category === '') return <span className="muted">{t('policy.everything')}</span>;
  if (category.startsWith('*/')) return <span className="wrap">{t('policy.named', { name: category.slice(2) })}</span>;
  return <span className="wrap">{category}</span>;
}

/** How long, and from when. */
export function useWindowText(): (window: Rule['window']) => string {
  const t = useT();
  const word = useWord();
  return (window) =>
    window === null
      ? t('policy.noEnd')
      : window.count === 0
        ? t('policy.window.until', { from: word('policyFrom', window.from) })
        : t(`policy.window.${window.unit}`, { count: window.count, from: word('policyFrom', window.from) });
}

/** The terms of a rule in a few tags. */
export function Terms({ rule }: { rule: Rule }) {
  const t = useT();
  const word = useWord();
  const windowText = useWindowText();
  if (!rule.allowed) return <Tag color="error">{t('policy.refused')}</Tag>;
  return (
    <span className="row tight">
      <Tag color="success">{windowText(rule.window)}</Tag>
      {rule.freight !== 'none' && <Tag>{word('policyFreight', rule.freight)}</Tag>}
      {rule.evidence !== 'none' && <Tag>{word('policyEvidence', rule.evidence)}</Tag>}
      {rule.review === 'instant' && <Tag color="processing">{word('policyReview', rule.review)}</Tag>}
    </span>
  );
}

/** The clause of a rule in the reader's language. */
export function ClauseText({ rule }: { rule: Rule }) {
  const locale = useLocale();
  return (
    <>
      <div className="mono muted">{rule.clause}</div>
      <div className="wrap">{rule.text[locale]}</div>
    </>
  );
}
