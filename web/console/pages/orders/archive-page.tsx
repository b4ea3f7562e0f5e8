import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, Progress, Select, Table, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { ArchivedOrder, ArchiveOverview, ArchiveRun } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { RestoreButton } from './order-archived.tsx';

const MONTHS_BACK = 36;
const right = { align: 'right', width: 120 } as const;

/** The month so many months after (before, negative) another: both YYYY-MM. */
function monthAfter(month: string, months: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** Bytes in the unit people read. */
function SizeText({ bytes }: { bytes: number }) {
  const locale = useLocale();
  const unit = bytes >= 1_048_576 ? 'megabyte' : 'kilobyte';
  const value = bytes / (unit === 'megabyte' ? 1_048_576 : 1024);
  return (
    <span className="nowrap">
      {value.toLocaleString(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })}
    </span>
  );
}

function useRun() {
  return useSubmit((body: { kind: 'archive' | 'restore'; month: string }, idempotencyKey) =>
    client.post('/orders-archive/runs', { body, idempotencyKey }),
  );
}

/** What would go before a month that can be chosen, and the button that has it go. */
function Waiting({ overview, busy }: { overview: ArchiveOverview; busy: boolean }) {
  const t = useT();
  const [chosen, setChosen] = useState<string>();
  const before = chosen ?? overview.before;
  const preview = useQuery(oneQuery('/orders-archive/preview', { query: { before } }));
  const { refetch } = preview;
  useEffect(() => {
    if (!busy) void refetch(); // a run has ended: less is left
  }, [busy, refetch]);
  const run = useRun();
  const latest = monthAfter(overview.before, overview.archiveAfterMonths - overview.onLineMonths);
  const months = Array.from({ length: MONTHS_BACK }, (_, i) => monthAfter(latest, -i));
  const orders = preview.data?.orders ?? 0;
  return (
    <Panel title={t('archive.waiting')}>
      <div className="stack">
        <div className="row">
          <span className="muted nowrap">{t('archive.before')}</span>
          <Select
            aria-label={t('archive.before')}
            value={before}
            style={{ width: 120 }}
            options={[...new Set([...months, before])].map((value) => ({ value, label: value }))}
            onChange={setChosen}
          />
          <ConfirmButton
            type="primary"
            disabled={busy || orders === 0}
            title={t('archive.start')}
            says={t('archive.startSays', { orders, month: before })}
            act={() => run.mutateAsync({ kind: 'archive', month: before })}
          >
            {t('archive.start')}
          </ConfirmButton>
        </div>
        {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.isPending && <Loading heightPx={120} />}
        {preview.data && (
          <Table
            size="small"
            rowKey="month"
            pagination={preview.data.months.length > 12 ? { pageSize: 12, size: 'small' } : false}
            dataSource={preview.data.months}
            locale={{ emptyText: <EmptyState title={t('archive.nothingWaits')} /> }}
            columns={[
              { title: t('archive.month'), dataIndex: 'month' },
              { title: t('archive.orders'), ...right, width: 84, render: (_, m) => <CountText value={m.orders} /> },
              { title: t('archive.units'), ...right, width: 84, render: (_, m) => <CountText value={m.units} /> },
            ]}
          />
        )}
      </div>
    </Panel>
  );
}

const isActive = (run: ArchiveRun): boolean => run.state === 'queued' || run.state === 'running';

function Runs({ runs }: { runs: readonly ArchiveRun[] }) {
  const t = useT();
  const percent = (run: ArchiveRun): number =>
    run.state === 'done' ? 100 : run.total ? Math.min(Math.floor((run.done / run.total) * 100), 99) : 0;
  const columns: TableColumnsType<ArchiveRun> = [
    { title: t('archive.kind'), width: 90, render: (_, run) => t(`archive.kind.${run.kind}`) },
    { title: t('archive.month'), width: 100, render: (_, run) => run.month ?? '–' },
    {
      title: t('archive.progress'),
      width: 200,
      render: (_, run) => (
        <Progress
          percent={percent(run)}
          size="small"
          status={run.state === 'failed' ? 'exception' : run.state === 'done' ? 'success' : 'active'}
          style={{ margin: 0 }}
        />
      ),
    },
    { title: t('archive.orders'), ...right, width: 90, render: (_, run) => <CountText value={run.done} /> },
    {
      title: t('archive.by'),
      ellipsis: true,
      render: (_, run) => (run.askedBy.id === 'system' ? t('archive.system') : run.askedBy.name),
    },
    { title: t('archive.at'), width: 130, render: (_, run) => <TimeText at={run.endedAt ?? run.askedAt} /> },
  ];
  return (
    <Panel title={t('archive.runs')} flush>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        columns={columns}
        dataSource={[...runs]}
        scroll={{ x: 640 }}
        locale={{ emptyText: <EmptyState title={t('archive.noRuns')} /> }}
      />
    </Panel>
  );
}

function Months({ overview, busy }: { overview: ArchiveOverview; busy: boolean }) {
  const t = useT();
  const run = useRun();
  return (
    <Panel title={t('archive.archived')} flush>
      <Table
        size="small"
        rowKey="month"
        pagination={overview.months.length > 24 ? { pageSize: 24, size: 'small' } : false}
        dataSource={overview.months}
        scroll={{ x: 640 }}
        locale={{ emptyText: <EmptyState title={t('archive.nothingArchived')} /> }}
        columns={[
          { title: t('archive.month'), dataIndex: 'month', width: 100 },
          { title: t('archive.orders'), ...right, render: (_, m) => <CountText value={m.orders} /> },
          { title: t('archive.restored'), ...right, render: (_, m) => <CountText value={m.restored} /> },
          { title: t('archive.files'), ...right, width: 80, render: (_, m) => <CountText value={m.files} /> },
          { title: t('archive.bytes'), ...right, width: 100, render: (_, m) => <SizeText bytes={m.bytes} /> },
          { title: t('archive.lastAt'), width: 130, render: (_, m) => <TimeText at={m.lastAt} /> },
          {
            key: 'actions',
            align: 'right',
            render: (_, m) =>
              m.orders > 0 && (
                <ConfirmButton
                  size="small"
                  disabled={busy}
                  title={t('archive.restoreMonth')}
                  says={t('archive.restoreMonthSays', { orders: m.orders, month: m.month })}
                  act={() => run.mutateAsync({ kind: 'restore', month: m.month })}
                >
                  {t('archive.restoreMonth')}
                </ConfirmButton>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Find() {
  const t = useT();
  const [q, setQ] = useState('');
  const found = useQuery({ ...listQuery('/orders-archive/orders', { q, limit: 50 }), enabled: q !== '' });
  const columns: TableColumnsType<ArchivedOrder> = [
    {
      title: t('order.no'),
      width: 180,
      render: (_, o) => (
        <Link to="/orders/$id" params={{ id: o.id } as never} className="nowrap">
          {o.orderNo}
        </Link>
      ),
    },
    { title: t('order.externalNo'), ellipsis: true, render: (_, o) => o.externalNo ?? '–' },
    { title: t('order.status'), width: 100, render: (_, o) => <StatusTag kind="order" value={o.status} /> },
    { title: t('order.total'), ...right, render: (_, o) => <MoneyText value={o.total} strong /> },
    { title: t('order.placedAt'), width: 130, render: (_, o) => <TimeText at={o.placedAt} /> },
    {
      key: 'actions',
      width: 120,
      align: 'right',
      render: (_, o) => <RestoreButton orderId={o.id} size="small" />,
    },
  ];
  return (
    <Panel
      title={t('archive.find')}
      flush
      extra={
        <Input.Search
          allowClear
          placeholder={t('archive.search')}
          aria-label={t('archive.search')}
          style={{ width: 320 }}
          onSearch={(text) => setQ(text.trim())}
        />
      }
    >
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {q !== '' && !found.isError && (
        <Table
          size="small"
          rowKey="id"
          loading={found.isPending}
          pagination={false}
          columns={columns}
          dataSource={found.data?.items ?? []}
          scroll={{ x: 720 }}
          locale={{ emptyText: <EmptyState title={t('archive.nothingFound')} /> }}
        />
      )}
    </Panel>
  );
}

/** The archive of orders: what is in it, what would go, what it is doing, and the way back. */
export default function ArchivePage() {
  const t = useT();
  const query = useQuery({
    ...oneQuery('/orders-archive'),
    refetchInterval: ({ state }) => (state.data?.runs.some(isActive) ? 1000 : false),
  });
  const overview = query.data;
  const says = overview && t('archive.says', { months: overview.archiveAfterMonths, onLine: overview.onLineMonths });
  const busy = overview?.runs.some(isActive) ?? true;
  return (
    <Page title={t('archive.title')} says={says}>
      {query.isPending && <Loading heightPx={320} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {overview && (
        <>
          <Find />
          <div className="zg-two">
            <div className="stack">
              <Months overview={overview} busy={busy} />
              <Runs runs={overview.runs} />
            </div>
            <div className="stack">
              <Waiting overview={overview} busy={busy} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
