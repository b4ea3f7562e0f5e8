import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Table, type TableColumnsType, Tabs } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import type { Reconciliation, ReconciliationReport } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { ExportButton } from './export-button.tsx';
import { UploadDialog } from './upload-dialog.tsx';
import { CHANNELS } from './words.ts';
import './finance.css';

type Day = ReconciliationReport['days'][number];
const CURRENCY = 'CNY'; // bills of these channels are in yuan

/** What a day's bills of one channel came to; each number leads to its rows. */
function DayCell({ day }: { day: Day | undefined }) {
  const t = useT();
  if (!day) return <span className="muted">–</span>;
  const bills = { view: 'bills', from: day.date, to: day.date, channel: day.channel };
  const work = { billDate: day.date, channel: day.channel };
  return (
    <div>
      <MoneyText value={{ amount: day.paidAmount - day.refundedAmount, currency: CURRENCY }} strong />
      <div className="zg-recon-cell">
        <Link to="/finance/reconciliations" search={bills as never}>
          {t('recon.matchedOf', { matched: day.matched, rows: day.rows })}
        </Link>
        {day.open > 0 && (
          <Link
            to="/finance/differences"
            search={{ ...work, state: 'unsettled' } as never}
            style={{ color: 'var(--bad)' }}
          >
            {t('recon.openCount', { n: day.open })}
          </Link>
        )}
        {day.carried > 0 && (
          <Link to="/finance/differences" search={{ ...work, state: 'carried' } as never}>
            {t('recon.carriedCount', { n: day.carried })}
          </Link>
        )}
      </div>
    </div>
  );
}

function Report() {
  const t = useT();
  const word = useWord();
  const query = useQuery(oneQuery('/reconciliations/report', { query: {} }));
  if (query.isPending) return <Loading />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { days, channels } = query.data;
  if (days.length === 0) return <EmptyState />;
  const dates = [...new Set(days.map((d) => d.date))];
  const columns: TableColumnsType<{ date: string }> = [
    { title: t('recon.billDate'), width: 130, dataIndex: 'date', fixed: 'left' },
    ...channels.map((channel) => ({
      title: word('billChannel', channel),
      key: channel,
      render: (_: unknown, row: { date: string }) => (
        <DayCell day={days.find((d) => d.date === row.date && d.channel === channel)} />
      ),
    })),
  ];
  return (
    <Table
      size="middle"
      rowKey="date"
      pagination={false}
      scroll={{ x: 130 + channels.length * 240 }}
      columns={columns}
      dataSource={dates.map((date) => ({ date }))}
    />
  );
}

function useBillColumns(): TableColumnsType<Reconciliation> {
  const t = useT();
  const word = useWord();
  const money = (amount: number) => <MoneyText value={{ amount, currency: CURRENCY }} />;
  return [
    { title: t('recon.billDate'), width: 120, render: (_, b) => <span className="nowrap">{b.billDate}</span> },
    { title: t('recon.channel'), width: 120, render: (_, b) => word('billChannel', b.channel) },
    { title: t('recon.billType'), width: 140, render: (_, b) => word('billType', b.billType) },
    { title: t('recon.rows'), width: 90, align: 'right', render: (_, b) => <CountText value={b.rows} /> },
    { title: t('recon.paid'), width: 140, align: 'right', render: (_, b) => money(b.paidAmount) },
    { title: t('recon.refunded'), width: 130, align: 'right', render: (_, b) => money(b.refundedAmount) },
    { title: t('recon.matched'), width: 90, align: 'right', render: (_, b) => <CountText value={b.matched} /> },
    {
      title: t('recon.open'),
      width: 90,
      align: 'right',
      render: (_, b) => (
        <span style={b.open > 0 ? { color: 'var(--bad)', fontWeight: 600 } : {}}>
          <CountText value={b.open} />
        </span>
      ),
    },
    { title: t('recon.carried'), width: 90, align: 'right', render: (_, b) => <CountText value={b.carried} /> },
    { title: t('recon.loadedAt'), width: 120, render: (_, b) => <TimeText at={b.loadedAt} /> },
    { title: t('recon.loadedBy'), width: 130, render: (_, b) => <span className="wrap">{b.loadedBy}</span> },
  ];
}

function Bills() {
  const t = useT();
  const word = useWord();
  const navigate = useNavigate();
  const filters = useFilters(['view', 'channel', 'from', 'to']);
  const { view: _view, ...search } = filters.search;
  const query = useQuery(listQuery('/reconciliations', { ...search, limit: filters.limit }));
  const columns = useBillColumns();
  return (
    <>
      <FilterBar
        filters={{
          ...filters,
          search,
          clear: () => filters.set({ channel: undefined, from: undefined, to: undefined }),
        }}
      >
        <ChoiceFilter
          filters={filters}
          name="channel"
          label={t('recon.channel')}
          options={CHANNELS.map((value) => ({ value, label: word('billChannel', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1200}
        onOpen={({ id }) => void navigate({ to: '/finance/reconciliations/$id', params: { id } as never })}
      />
    </>
  );
}

/** Bills of the channels against our books, day by day. */
export default function ReconciliationList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(['view']);
  const mayLoad = can(useQuery(meQuery).data, 'payments.reconciliation.write');
  const [loading, setLoading] = useState(false);
  const view = filters.search.view === 'bills' ? 'bills' : 'report';
  return (
    <Page
      title={t('recon.list')}
      says={t('recon.says')}
      extra={
        <>
          <ExportButton filters={{}} />
          {mayLoad && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setLoading(true)}>
              {t('recon.load')}
            </Button>
          )}
        </>
      }
    >
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={['report', 'bills'].map((key) => ({ key, label: t(`recon.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key })}
      />
      {view === 'bills' ? <Bills /> : <Report />}
      {loading && (
        <UploadDialog
          onClose={() => setLoading(false)}
          onLoaded={(id) => void navigate({ to: '/finance/reconciliations/$id', params: { id } as never })}
        />
      )}
    </Page>
  );
}
