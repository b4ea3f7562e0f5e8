import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Checkbox, Input, Tag } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import type { PaymentStory } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { SubjectLink } from '../payments/subject-link.tsx';
import { useFilters } from '../../../ui/use-filters.ts';
import './finance.css';

type Item = PaymentStory['items'][number];
type Source = Item['source'];
const SOURCES: readonly Source[] = ['event', 'request', 'callback', 'answer', 'entry', 'bill', 'difference', 'bank'];
const TONES: Record<Source, string> = {
  event: 'blue',
  request: 'geekblue',
  callback: 'purple',
  answer: 'purple',
  entry: 'default',
  bill: 'cyan',
  difference: 'volcano',
  bank: 'green',
};

function useWhat() {
  const word = useWord();
  return ({ source, what, text, data }: Item): string => {
    if (text) return text;
    if (source === 'request')
      return `${String(data['method'] ?? '')} ${String(data['path'] ?? '')} · ${word('callOutcome', what)}`;
    if (source === 'entry') return word('entryKind', what);
    if (source === 'bill') return word('status.outcome', what);
    if (source === 'difference') return word('reconEvent', what);
    if (source === 'bank') return word('bankMatch', what);
    return word('verdict', what);
  };
}

/** One thing that happened; pressed, it shows what was sent or received. */
function Row({ item, of }: { item: Item; of: string | undefined }) {
  const t = useT();
  const what = useWhat();
  const places: Partial<Record<Source, string>> = { bill: '/finance/reconciliations/$id' };
  const to = places[item.source];
  return (
    <details className="zg-story-item">
      <summary>
        <span className="nowrap muted">
          <TimeText at={item.at} />
        </span>
        <Tag color={TONES[item.source]}>{t(`story.source.${item.source}`)}</Tag>
        <span className="wrap">{what(item)}</span>
        <span className="muted wrap">{[of, item.by].filter(Boolean).join(' · ')}</span>
      </summary>
      <pre className="mono zg-story-data">{JSON.stringify(item.data, null, 2)}</pre>
      {to && item.ref && (
        <Link to={to} params={{ id: item.ref } as never}>
          {t('story.toPlace')}
        </Link>
      )}
    </details>
  );
}

function Facts({ story }: { story: PaymentStory }) {
  const t = useT();
  const word = useWord();
  const subjects = new Map(story.payments.map((p) => [p.subjectId, p]));
  return (
    <Panel title={t('story.about')}>
      <div className="stack tight">
        {[...subjects].map(([id, { subjectKind, orderNo }]) => (
          <div key={id} className="row tight">
            {t(subjectKind === 'repair_fee' ? 'story.case' : 'story.order')}
            <SubjectLink kind={subjectKind} id={id} no={orderNo} />
          </div>
        ))}
        {story.payments.map((p) => (
          <div key={p.id} className="row tight">
            {t('story.payment')} <span className="mono">{p.paymentNo}</span> {word('billChannel', p.channel)}
            <MoneyText value={p} strong /> <StatusTag kind="payment" value={p.status} />
            {p.channelRef && <span className="mono muted wrap">{p.channelRef}</span>}
          </div>
        ))}
        {story.refunds.map((r) => (
          <div key={r.id} className="row tight">
            {t('story.refund')} <span className="mono">{r.refundNo}</span>
            <MoneyText value={r} strong /> <StatusTag kind="refund" value={r.status} />
            <span className="muted wrap">{r.failure ?? r.reason}</span>
          </div>
        ))}
        {story.differences.map((d) => (
          <div key={d.id} className="row tight">
            {t('story.difference')} {word('reconKind', d.kind)} <span className="mono wrap">{d.reference}</span>
            <StatusTag kind="difference" value={d.state} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function Story({ number }: { number: string }) {
  const t = useT();
  const [chosen, setChosen] = useState<Source[]>([...SOURCES]);
  const query = useQuery({
    ...oneQuery('/payment-stories', { query: { number } }),
    placeholderData: keepPreviousData,
  });
  if (query.isPending) return <Loading heightPx={320} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const story = query.data;
  const numbers = new Map<string, string>([
    ...story.payments.map((p): [string, string] => [p.id, p.paymentNo]),
    ...story.refunds.map((r): [string, string] => [r.id, r.refundNo]),
  ]);
  const shown = story.items.filter((i) => chosen.includes(i.source));
  return (
    <>
      <Facts story={story} />
      <Panel
        title={t('story.items', { n: shown.length })}
        extra={
          <Checkbox.Group
            value={chosen}
            onChange={setChosen}
            options={SOURCES.map((value) => ({ value, label: t(`story.source.${value}`) }))}
          />
        }
      >
        {shown.map((item, i) => (
          <Row key={`${item.at} ${i}`} item={item} of={numbers.get(item.refundId ?? item.paymentId ?? '')} />
        ))}
        {shown.length === 0 && <EmptyState />}
      </Panel>
    </>
  );
}

/** From any number the whole story of the money: requests, callbacks, bookings, bills, decisions. */
export default function StoryPage() {
  const t = useT();
  const filters = useFilters(['number']);
  const { number } = filters.search;
  return (
    <Page title={t('story.title')} says={t('story.says')}>
      <Input.Search
        key={number}
        autoFocus={!number}
        allowClear
        defaultValue={number}
        placeholder={t('story.placeholder')}
        enterButton={t('story.find')}
        maxLength={100}
        style={{ maxWidth: 560 }}
        onSearch={(text) => filters.set({ number: text.trim() || undefined })}
      />
      {number ? <Story key={number} number={number} /> : <EmptyState />}
    </Page>
  );
}
