import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Dropdown, Segmented, type TableColumnsType, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { oneQuery, stockTakeQuery } from '../../../api/console.ts';
import type { QueryOf } from '../../../api/paths.ts';
import type { StockTake, StockTakeLine } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { ReviewActions, SelectionActions } from './count-actions.tsx';

const ONLY = ['all', 'differing', 'uncounted', 'recount', 'waiting', 'refused'] as const;
const PAPERS = ['sheet.pdf', 'sheet.xlsx', 'report.pdf', 'report.xlsx'] as const;

function Papers({ take }: { take: StockTake }) {
  const t = useT();
  const locale = useLocale();
  const items = PAPERS.map((paper) => ({
    key: paper,
    label: (
      <a href={`/api/v1/stock-takes/${take.id}/${paper}?locale=${locale}`} target="_blank" rel="noreferrer">
        {t(`count.paper.${paper}`)}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>{t('count.papers')}</Button>
    </Dropdown>
  );
}

/** A number with its name; what may not be seen is a dash. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div style={{ minWidth: 110 }}>
      <div className="muted">{name}</div>
      <strong style={{ fontSize: 18 }}>{children}</strong>
    </div>
  );
}

function Facts({ take }: { take: StockTake }) {
  const t = useT();
  const money = (amount: number | null) => (amount === null ? null : { amount, currency: take.currency });
  const { counted, lines, differing } = take;
  const share =
    counted === 0 || differing === null ? '–' : `${Math.floor(((counted - differing) * 1000) / counted) / 10} %`;
  return (
    <Panel>
      <div className="row" style={{ gap: '12px 28px' }}>
        <Fact name={t('count.counted')}>
          <CountText value={counted} /> / <CountText value={lines} />
        </Fact>
        <Fact name={t('count.differing')}>
          <CountText value={differing} />
        </Fact>
        <Fact name={t('count.accuracy')}>{share}</Fact>
        <Fact name={t('count.over')}>
          <CountText value={take.unitsOver} /> · <MoneyText value={money(take.valueOver)} />
        </Fact>
        <Fact name={t('count.short')}>
          <CountText value={take.unitsShort} /> · <MoneyText value={money(take.valueShort)} />
        </Fact>
        <Fact name={t('count.toRecount')}>
          <CountText value={take.toRecount} />
        </Fact>
      </div>
      {take.why && <p className="wrap muted">{t('count.whySays', { why: take.why })}</p>}
    </Panel>
  );
}

function Goods({ line }: { line: StockTakeLine }) {
  const t = useT();
  const word = useWord();
  return (
    <>
      <div className="clamp2" title={line.title}>
        {line.title}
      </div>
      <span className="mono muted">
        {line.sku}
        {line.batch ? ` · ${line.batch}` : ''}
      </span>{' '}
      {line.state !== 'good' && <Tag>{word('quality', line.state)}</Tag>}
      {line.found && <Tag color="processing">{t('count.found')}</Tag>}
    </>
  );
}

function Difference({ value }: { value: number | null }) {
  if (value === null || value === 0) return <span className="muted">{value ?? '–'}</span>;
  return (
    <strong style={{ color: value < 0 ? 'var(--bad)' : 'var(--good)' }}>
      {value > 0 ? '+' : ''}
      {value.toLocaleString()}
    </strong>
  );
}

/** Why a line differs, and what became of it. */
function Became({ line }: { line: StockTakeLine }) {
  const t = useT();
  return (
    <>
      <div className="clamp2">{line.reason}</div>
      {line.outcome && line.outcome !== 'same' && <StatusTag kind="countLine" value={line.outcome} />}
      {line.disturbed && <Tag color="warning">{t('count.disturbed')}</Tag>}
    </>
  );
}

function useColumns(take: StockTake): TableColumnsType<StockTakeLine> {
  const t = useT();
  const right = { align: 'right', width: 92 } as const;
  return [
    {
      title: t('stock.bin'),
      width: 130,
      render: (_, l) => (
        <span className="mono wrap">
          {l.zone ? `${l.zone} / ` : ''}
          {l.bin}
        </span>
      ),
    },
    {
      title: t('stock.sku'),
      render: (_, l) => <Goods line={l} />,
    },
    { title: t('count.book'), ...right, render: (_, l) => <CountText value={l.book} /> },
    {
      title: t('count.countedUnits'),
      ...right,
      render: (_, l) => (l.recount ? <Tag color="warning">{t('count.recount')}</Tag> : <CountText value={l.counted} />),
    },
    {
      title: t('count.difference'),
      ...right,
      render: (_, l) => <Difference value={l.difference} />,
    },
    {
      title: t('count.value'),
      width: 120,
      align: 'right',
      render: (_, l) => (
        <MoneyText value={l.value === null || l.value === 0 ? null : { amount: l.value, currency: take.currency }} />
      ),
    },
    {
      title: t('count.by'),
      width: 140,
      render: (_, l) =>
        l.countedAt && (
          <>
            <div className="wrap">
              {l.countedByName} {l.round > 1 && <Tag>{t('count.round', { n: l.round })}</Tag>}
            </div>
            <TimeText at={l.countedAt} />
          </>
        ),
    },
    {
      title: t('count.reason'),
      width: 150,
      render: (_, l) => <Became line={l} />,
    },
  ];
}

function Lines({ take }: { take: StockTake }) {
  const t = useT();
  const filters = useFilters(['only', 'sort']);
  const only = filters.search.only;
  const wanted = { ...filters.search, sort: filters.search.sort ?? 'value', limit: filters.limit };
  const query = useQuery({
    ...oneQuery('/stock-takes/{takeId}/lines', {
      path: { takeId: take.id },
      query: wanted as QueryOf<'/stock-takes/{takeId}/lines'>,
    }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns(take);
  const [chosen, choose] = useState<string[]>([]);
  return (
    <>
      <div className="row between">
        <Segmented
          style={{ maxWidth: '100%', overflowX: 'auto' }}
          value={only ?? 'all'}
          onChange={(value) => filters.set({ only: value === 'all' ? undefined : value })}
          options={ONLY.map((value) => ({ value, label: t(`count.only.${value}`) }))}
        />
        <Segmented
          value={filters.search.sort ?? 'value'}
          onChange={(sort) => filters.set({ sort })}
          options={(['value', 'walk'] as const).map((value) => ({ value, label: t(`count.sort.${value}`) }))}
        />
      </div>
      {take.may.includes('count') && chosen.length > 0 && (
        <SelectionActions take={take} lines={chosen} onDone={() => choose([])} />
      )}
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        empty={<EmptyState title={t('count.noLines')} />}
        minWidthPx={1100}
        {...(take.may.includes('count') ? { selection: { keys: chosen, onChange: choose } } : {})}
      />
    </>
  );
}

/** What a count has found so far: its differences, by value, and what may be done about them. */
export default function CountReview() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(stockTakeQuery(id));
  const take = query.data;
  if (query.isPending) return <Loading />;
  if (!take) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Page
      title={
        <span className="row">
          {t('count.title')} <span className="mono">{take.no}</span> <StatusTag kind="count" value={take.state} />
        </span>
      }
      says={`${t(`count.kind.${take.kind}`)}${take.blind ? ` · ${t('count.blind')}` : ''}${take.note ? ` · ${take.note}` : ''}`}
      extra={
        <>
          <Papers take={take} />
          {take.may.includes('count') && (
            <Link to="/stock/counts/$id/count" params={{ id } as never}>
              <Button>{t('count.go')}</Button>
            </Link>
          )}
          <ReviewActions take={take} />
        </>
      }
    >
      <Facts take={take} />
      <Lines take={take} />
    </Page>
  );
}
