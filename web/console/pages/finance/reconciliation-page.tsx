import { DownloadOutlined, ReloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Descriptions, type TableColumnsType, Tabs } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { BillLine, DifferenceRow, Reconciliation } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { type Filters, useFilters } from '../../../ui/use-filters.ts';
import { useDifferenceColumns } from './difference-columns.tsx';
import { DifferenceDrawer } from './difference-drawer.tsx';
import { ExportButton } from './export-button.tsx';
import { OUTCOMES } from './words.ts';

function useLineColumns(): TableColumnsType<BillLine> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('recon.lineNo'), width: 90, align: 'right', render: (_, l) => <CountText value={l.line} /> },
    { title: t('recon.subject'), width: 90, render: (_, l) => word('reconSubject', l.kind) },
    {
      title: t('recon.txn'),
      render: (_, l) => <span className="mono wrap">{l.kind === 'refund' ? l.refundTxn || l.txn : l.txn}</span>,
    },
    {
      title: t('recon.reference'),
      render: (_, l) => <span className="mono wrap">{l.kind === 'refund' ? l.refundNo : l.merchantNo}</span>,
    },
    { title: t('payment.amount'), width: 120, align: 'right', render: (_, l) => <MoneyText value={l} /> },
    {
      title: t('recon.fee'),
      width: 100,
      align: 'right',
      render: (_, l) => <MoneyText value={{ amount: l.fee, currency: l.currency }} />,
    },
    { title: t('recon.occurredAt'), width: 120, render: (_, l) => <TimeText at={l.at} /> },
    { title: t('recon.outcome'), width: 120, render: (_, l) => <StatusTag kind="outcome" value={l.outcome} /> },
  ];
}

function Lines({ reconciliationId, filters }: { reconciliationId: string; filters: Filters }) {
  const t = useT();
  const word = useWord();
  const { view: _view, ...search } = filters.search;
  const path = '/reconciliations/{reconciliationId}/lines';
  const query = useQuery(
    oneQuery(path, { path: { reconciliationId }, query: { ...search, limit: filters.limit } as never }),
  );
  return (
    <>
      <FilterBar filters={{ ...filters, search }}>
        <SearchFilter filters={filters} placeholder={t('recon.search')} />
        <ChoiceFilter
          filters={filters}
          name="outcome"
          label={t('recon.outcome')}
          options={OUTCOMES.map((value) => ({ value, label: word('status.outcome', value) }))}
        />
      </FilterBar>
      <DataTable query={query as never} columns={useLineColumns()} rowKey="line" filters={filters} minWidthPx={1080} />
    </>
  );
}

function Differences({ reconciliationId, filters }: { reconciliationId: string; filters: Filters }) {
  const { view: _view, ...search } = filters.search;
  const path = '/reconciliations/{reconciliationId}/differences';
  const query = useQuery(
    oneQuery(path, { path: { reconciliationId }, query: { ...search, limit: filters.limit } as never }),
  );
  const [open, setOpen] = useState<string>();
  return (
    <>
      <DataTable<DifferenceRow>
        query={query as never}
        columns={useDifferenceColumns()}
        rowKey="id"
        filters={filters}
        minWidthPx={1120}
        onOpen={(row) => setOpen(row.id)}
      />
      {open && <DifferenceDrawer differenceId={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Facts({ bill }: { bill: Reconciliation }) {
  const t = useT();
  const word = useWord();
  const money = (amount: number) => <MoneyText value={{ amount, currency: 'CNY' }} />;
  const facts = {
    'recon.billType': word('billType', bill.billType),
    'recon.merchant': bill.merchant && <span className="mono">{bill.merchant}</span>,
    'recon.rows': <CountText value={bill.rows} />,
    'recon.paid': money(bill.paidAmount),
    'recon.refunded': money(bill.refundedAmount),
    'recon.fee': money(bill.feeAmount),
    'recon.matched': <CountText value={bill.matched} />,
    'recon.open': <CountText value={bill.open} />,
    'recon.carried': <CountText value={bill.carried} />,
    'recon.loadedAt': <TimeText at={bill.loadedAt} />,
    'recon.loadedBy': <span className="wrap">{bill.loadedBy}</span>,
  };
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, lg: 4 }}
      items={Object.entries(facts)
        .filter(([, children]) => Boolean(children))
        .map(([key, children]) => ({ key, label: t(key), children }))}
    />
  );
}

/** One bill: what it came to, where it differs, and its lines. */
export default function ReconciliationPage() {
  const t = useT();
  const word = useWord();
  const { id } = useParams({ strict: false }) as { id: string };
  const filters = useFilters(['view', 'outcome', 'q']);
  const query = useQuery(oneQuery('/reconciliations/{reconciliationId}', { path: { reconciliationId: id } }));
  const again = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/reconciliations/{reconciliationId}/look-again', { path: { reconciliationId: id }, idempotencyKey }),
  );
  const bill = query.data;
  if (query.isPending) return <Loading />;
  if (!bill) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const view = filters.search.view === 'lines' ? 'lines' : 'differences';
  const clear = () => filters.set({ outcome: undefined, q: undefined });
  return (
    <Page
      title={`${word('billChannel', bill.channel)} ${bill.billDate}`}
      extra={
        <>
          <Button icon={<DownloadOutlined />} href={`/api/v1/reconciliations/${bill.id}/file`} download>
            {t('recon.original')}
          </Button>
          <ExportButton filters={{ reconciliationId: bill.id }} />
          {bill.may.includes('look_again') && (
            <Button icon={<ReloadOutlined />} loading={again.isPending} onClick={() => again.mutate({})}>
              {t('recon.lookAgain')}
            </Button>
          )}
        </>
      }
    >
      <Panel>
        <Facts bill={bill} />
      </Panel>
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={['differences', 'lines'].map((key) => ({ key, label: t(`recon.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key, outcome: undefined, q: undefined })}
      />
      {view === 'lines' ? (
        <Lines reconciliationId={bill.id} filters={{ ...filters, clear }} />
      ) : (
        <Differences reconciliationId={bill.id} filters={{ ...filters, clear }} />
      )}
    </Page>
  );
}
