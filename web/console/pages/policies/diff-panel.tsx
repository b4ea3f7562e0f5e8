import { useQuery } from '@tanstack/react-query';
import { Select, Tag } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { CategoryText, ClauseText, Terms } from './rule-text.tsx';
import { placeOf, type Rule } from './words.ts';

const TONE = { added: 'success', removed: 'error', changed: 'warning' } as const;

function Line({ how, rule, was }: { how: keyof typeof TONE; rule: Rule; was?: Rule }) {
  const t = useT();
  const word = useWord();
  return (
    <div className="zg-policy-diff">
      <div className="row tight">
        <Tag color={TONE[how]}>{t(`policy.diff.${how}`)}</Tag>
        <CategoryText category={rule.category} />
        <span>
          {word('caseType', rule.type)} ·{' '}
          {rule.reason === '*' ? t('policy.anyReason') : word('caseReason', rule.reason)}
        </span>
      </div>
      {was && (
        <div className="zg-policy-was">
          <Terms rule={was} />
          <ClauseText rule={was} />
        </div>
      )}
      <Terms rule={rule} />
      <ClauseText rule={rule} />
    </div>
  );
}

/** What one version says otherwise than another, rule by rule. */
export function DiffPanel(props: {
  from: string;
  to: string;
  options: { value: string; label: string }[];
  onChange: (names: { from?: string; to?: string }) => void;
}) {
  const { from, to, options, onChange } = props;
  const t = useT();
  const query = useQuery(oneQuery('/after-sales/policy-diff', { query: { from, to } as never }));
  const diff = query.data;
  const none = diff && diff.added.length + diff.removed.length + diff.changed.length === 0;
  return (
    <>
      <div className="row" style={{ marginBottom: 12 }}>
        <Select
          aria-label={t('policy.diffFrom')}
          value={from}
          options={options}
          popupMatchSelectWidth={false}
          onChange={(value: string) => onChange({ from: value })}
        />
        <span aria-hidden>→</span>
        <Select
          aria-label={t('policy.diffTo')}
          value={to}
          options={options}
          popupMatchSelectWidth={false}
          onChange={(value: string) => onChange({ to: value })}
        />
      </div>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading heightPx={160} />}
      {none && <EmptyState title={t('policy.same')} />}
      {diff?.changed.map((c) => (
        <Line key={placeOf(c.to)} how="changed" rule={c.to} was={c.from} />
      ))}
      {diff?.added.map((r) => (
        <Line key={placeOf(r)} how="added" rule={r} />
      ))}
      {diff?.removed.map((r) => (
        <Line key={placeOf(r)} how="removed" rule={r} />
      ))}
    </>
  );
}
