import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, type TableColumnsType, Tabs } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery, shopsQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { InvoiceRow } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState, useErrorTitle } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { Clock } from './clock.tsx';
import { MEDIA, STATUSES, TYPES, type View, VIEWS } from './words.ts';
import './invoices.css';

const isView = (text: string | undefined): text is View => VIEWS.includes(text as View);

function useColumns(): TableColumnsType<InvoiceRow> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('invoice.one'),
      width: 210,
      render: (_, r) => (
        <>
          <div className="mono">{r.no}</div>
          <div className={r.color === 'red' ? 'zg-inv-late' : 'muted'}>
            {r.color === 'red' && `${t('invoice.red')} · `}
            {word('invoiceType', r.type)} · {word('invoiceMedium', r.medium)}
          </div>
          {r.number && <div className="mono muted">{r.number}</div>}
        </>
      ),
    },
    {
      title: t('invoice.title'),
      render: (_, r) => (
        <>
          <div className="clamp2">{r.title.name}</div>
          {r.title.taxId && <div className="mono muted nowrap">{r.title.taxId}</div>}
        </>
      ),
    },
    {
      title: t('invoice.order'),
      width: 170,
      render: (_, r) => (
        <>
          <div className="mono">{r.orderNo}</div>
          <div className="muted">{r.shop}</div>
        </>
      ),
    },
    {
      title: t('invoice.amount'),
      width: 130,
      align: 'right',
      render: (_, r) => (
        <>
          <MoneyText value={r.amount} strong />
          {r.reversed.amount > 0 && (
            <div className="muted">
              {t('invoice.reversed')} <MoneyText value={r.reversed} />
            </div>
          )}
        </>
      ),
    },
    {
      title: t('invoice.status'),
      width: 140,
      render: (_, r) => (
        <>
          <StatusTag kind="invoice" value={r.status} />
          {r.attention && <div className="zg-inv-late wrap">{word('invoiceAttention', r.attention)}</div>}
        </>
      ),
    },
    { title: t('invoice.dueOrIssued'), width: 130, render: (_, r) => <Clock invoice={r} /> },
    { title: t('invoice.appliedAt'), width: 120, render: (_, r) => <TimeText at={r.appliedAt} /> },
  ];
}

/** What waits for somebody; each number leads to its rows. */
function Counts({ view, onView }: { view: View; onView: (view: View) => void }) {
  const t = useT();
  const { data } = useQuery({ ...oneQuery('/invoices/summary'), refetchInterval: 30_000 });
  if (!data) return null;
  const tiles: [View, number][] = [
    ['due_soon', data.dueSoon],
    ['overdue', data.overdue],
    ['pending_review', data.pendingReview],
    ['attention', data.attention],
    ['to_print', data.toPrint + data.toMail],
  ];
  return (
    <div className="zg-inv-counts">
      {tiles.map(([name, n]) => (
        <Button
          key={name}
          type={view === name ? 'primary' : 'default'}
          danger={n > 0 && (name === 'overdue' || name === 'attention')}
          onClick={() => onView(name)}
        >
          {t(`invoice.view.${name}`)} <strong>{n}</strong>
        </Button>
      ))}
    </div>
  );
}

function ExportInvoices({ filters }: { filters: Record<string, string | undefined> }) {
  const t = useT();
  const { message } = App.useApp();
  const title = useErrorTitle();
  const navigate = useNavigate();
  const start = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/exports', {
        body: { kind: 'invoices', format: 'xlsx', filters: filters as never },
        idempotencyKey,
      }),
    { onSuccess: () => void navigate({ to: '/exports' }), onError: (error) => void message.error(title(error)) },
  );
  return (
    <Button icon={<DownloadOutlined />} loading={start.isPending} onClick={() => start.mutate({})}>
      {t('invoice.export')}
    </Button>
  );
}

function Filter({ filters }: { filters: ReturnType<typeof useFilters> }) {
  const t = useT();
  const word = useWord();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  return (
    <FilterBar filters={filters}>
      <SearchFilter filters={filters} placeholder={t('invoice.search')} />
      <ChoiceFilter
        filters={filters}
        name="state"
        label={t('invoice.status')}
        options={STATUSES.map((value) => ({ value, label: word('status.invoice', value) }))}
      />
      <ChoiceFilter
        filters={filters}
        name="type"
        label={t('invoice.type')}
        options={TYPES.map((value) => ({ value, label: word('invoiceType', value) }))}
      />
      <ChoiceFilter
        filters={filters}
        name="medium"
        label={t('invoice.medium')}
        options={MEDIA.map((value) => ({ value, label: word('invoiceMedium', value) }))}
      />
      <ChoiceFilter
        filters={filters}
        name="color"
        label={t('invoice.color')}
        options={['blue', 'red'].map((value) => ({ value, label: word('invoiceColor', value) }))}
      />
      <ChoiceFilter
        filters={filters}
        name="shop"
        label={t('invoice.shop')}
        options={shops.map((s) => ({ value: s.code, label: s.name }))}
      />
      <DaysFilter filters={filters} from="from" to="to" />
    </FilterBar>
  );
}

/** Invoices and red letters: what is open by when it is due, everything else newest first. */
export default function InvoiceList() {
  const t = useT();
  const navigate = useNavigate();
  const filters = useFilters(['view', 'q', 'state', 'type', 'medium', 'color', 'shop', 'from', 'to']);
  const { view: named, ...search } = filters.search;
  const view = isView(named) ? named : 'open';
  const asked = search.state || view === 'all' ? search : { ...search, state: view };
  const query = useQuery(listQuery('/invoices', { ...asked, limit: filters.limit } as never));
  const mayApply = can(useQuery(meQuery).data, 'invoicing.invoice.apply');
  const [many, setMany] = useState(false);
  const columns = useColumns();
  const { cursor: _cursor, limit: _limit, ...exported } = asked as Record<string, string | undefined>;
  return (
    <Page
      title={t('invoice.list')}
      says={t('invoice.listSays')}
      extra={
        <>
          <ExportInvoices filters={exported} />
          {mayApply && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setMany(true)}>
              {t('invoice.many')}
            </Button>
          )}
        </>
      }
    >
      <Counts view={view} onView={(next) => filters.set({ view: next, state: undefined })} />
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={VIEWS.map((key) => ({ key, label: t(`invoice.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key === 'open' ? undefined : key, state: undefined })}
      />
      <Filter filters={filters} />
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1080}
        onOpen={(row) => void navigate({ to: '/finance/invoices/$id', params: { id: row.id } as never })}
        empty={<EmptyState title={t('invoice.none')} />}
      />
      {many && <BulkDialog onClose={() => setMany(false)} />}
    </Page>
  );
}
