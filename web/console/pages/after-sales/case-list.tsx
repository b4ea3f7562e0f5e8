import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type TableColumnsType, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { listQuery } from '../../../api/console.ts';
import type { CaseRow } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { SavedViews } from '../../saved-views.tsx';
import { CaseBulk, ExportCases } from './case-bulk.tsx';
import { STATUSES, TYPES, VIEWS } from './words.ts';
import './after-sales.css';

function Due({ of: r }: { of: CaseRow }) {
  const word = useWord();
  if (r.dueAt === null) return <>–</>;
  return (
    <div className={r.overdue ? 'zg-as-late' : ''}>
      <TimeText at={r.dueAt} relative />
      <div className="muted">{r.dueKind && word('caseDue', r.dueKind)}</div>
    </div>
  );
}

function useColumns(): TableColumnsType<CaseRow> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('case.one'),
      width: 190,
      render: (_, r) => (
        <>
          <div className="mono">{r.no}</div>
          <div className="row tight">
            <span>{word('caseType', r.type)}</span>
            {r.vip && <Tag color="gold">VIP</Tag>}
          </div>
        </>
      ),
    },
    {
      title: t('case.goods'),
      render: (_, r) => (
        <>
          <div className="clamp2">{r.goods}</div>
          <div className="muted">{word('caseReason', r.reason)}</div>
        </>
      ),
    },
    {
      title: t('case.order'),
      width: 170,
      render: (_, r) => (
        <>
          <div className="mono">{r.orderNo}</div>
          <div className="muted wrap">
            {r.shop} · {r.customer.name}
          </div>
        </>
      ),
    },
    {
      title: t('case.status'),
      width: 150,
      render: (_, r) => (
        <>
          <StatusTag kind="case" value={r.status} />
          {r.policy.decision === 'refused' && <div className="zg-as-late">{word('caseDecision', 'refused')}</div>}
        </>
      ),
    },
    {
      title: t('case.refund'),
      width: 110,
      align: 'right',
      render: (_, r) => (r.refund.amount.amount > 0 ? <MoneyText value={r.refund.amount} /> : '–'),
    },
    { title: t('case.due'), width: 130, render: (_, r) => <Due of={r} /> },
    { title: t('case.owner'), width: 120, render: (_, r) => <span className="wrap">{r.owner?.name ?? '–'}</span> },
    { title: t('case.openedAt'), width: 120, render: (_, r) => <TimeText at={r.openedAt} /> },
  ];
}

const NAMES = ['view', 'q', 'status', 'type', 'owner', 'overdue'] as const;

const withoutPage = ({ cursor: _cursor, limit: _limit, ...filters }: Record<string, string | undefined>) => filters;

/** After-sales cases: what waits by who waits longest, VIPs first; the rest newest first. */
export default function CaseList() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const filters = useFilters(NAMES);
  const view = VIEWS.find((v) => v === filters.search.view) ?? 'open';
  const asked = { ...filters.search, view };
  const seeksPart = Boolean(filters.search.q) && view !== 'all';
  const query = useQuery(listQuery('/after-sales', { ...asked, limit: filters.limit } as never));
  const [selected, setSelected] = useState<string[]>([]);
  const columns = useColumns();
  return (
    <Page
      title={t('case.list')}
      says={t('case.listSays')}
      extra={
        <>
          <SavedViews of="/case-views" search={filters.search} names={NAMES} onOpen={filters.set} />
          <ExportCases filters={withoutPage(asked)} label={t('case.export')} />
        </>
      }
    >
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={VIEWS.map((key) => ({ key, label: t(`case.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key === 'open' ? undefined : key, status: undefined })}
      />
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('case.search')} />
        <ChoiceFilter
          filters={filters}
          name="type"
          label={t('case.type')}
          options={TYPES.map((value) => ({ value, label: word('caseType', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="status"
          label={t('case.status')}
          options={STATUSES.map((value) => ({ value, label: word('status.case', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="owner"
          label={t('case.owner')}
          options={['me', 'none'].map((value) => ({ value, label: word('caseOwner', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="overdue"
          label={t('case.due')}
          options={[{ value: 'true', label: t('case.overdue') }]}
        />
      </FilterBar>
      {selected.length > 0 && <CaseBulk ids={selected} onDone={() => setSelected([])} />}
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1160}
        onOpen={(row) => void navigate({ to: '/after-sales/$id', params: { id: row.id } as never })}
        empty={<EmptyState title={t('case.none')} onSearchAll={seeksPart && (() => filters.set({ view: 'all' }))} />}
        selection={{ keys: selected, onChange: setSelected }}
      />
    </Page>
  );
}
