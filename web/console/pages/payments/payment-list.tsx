import { useQuery } from '@tanstack/react-query';
import { Drawer, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import type { Payment } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { StoryLink } from '../finance/story-link.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { Refunds } from '../orders/order-payments.tsx';
import { RefundButton } from '../orders/refund-button.tsx';
import { SubjectLink } from './subject-link.tsx';

const STATUSES = ['pending', 'succeeded', 'failed', 'closed'] as const;

function useColumns(): TableColumnsType<Payment> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('payment.no'), width: 180, render: (_, row) => <span className="mono">{row.paymentNo}</span> },
    {
      title: t('order.no'),
      width: 150,
      render: (_, row) => <SubjectLink kind={row.subjectKind} id={row.subjectId} no={row.orderNo} />,
    },
    { title: t('payment.channel'), width: 100, render: (_, row) => word('payChannel', row.channel) },
    { title: t('payment.status'), width: 100, render: (_, row) => <StatusTag kind="payment" value={row.status} /> },
    {
      title: t('payment.amount'),
      width: 120,
      align: 'right',
      render: (_, { amount, currency }) => <MoneyText value={{ amount, currency }} strong />,
    },
    {
      title: t('payment.refunded'),
      width: 120,
      align: 'right',
      render: (_, { refundedAmount, currency }) => <MoneyText value={{ amount: refundedAmount, currency }} />,
    },
    { title: t('payment.createdAt'), width: 112, render: (_, row) => <TimeText at={row.createdAt} /> },
    { title: t('payment.paidAt'), width: 112, render: (_, row) => <TimeText at={row.settledAt} /> },
  ];
}

/** What the channel said about a payment, message by message. */
function Records({ payment }: { payment: Payment }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(oneQuery('/payments/{paymentId}/records', { path: { paymentId: payment.id } }));
  if (query.isPending) return <Loading heightPx={80} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return <EmptyState title={t('payment.noRecords')} />;
  return (
    <ul className="zg-plain">
      {query.data.items.map((record) => (
        <li key={`${record.at} ${record.verdict}`} className="row">
          <TimeText at={record.at} />
          <span>{word('recordSource', record.source)}</span>
          <span className="muted">{word('verdict', record.verdict)}</span>
        </li>
      ))}
    </ul>
  );
}

function PaymentDrawer({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useT();
  return (
    <Drawer
      open
      size={640}
      onClose={onClose}
      title={<StoryLink number={payment.paymentNo} />}
      extra={payment.may.includes('refund') && <RefundButton payment={payment} />}
    >
      <div className="stack wide">
        <Panel title={t('payment.refunds')}>
          <Refunds payment={payment} />
        </Panel>
        <Panel title={t('payment.records')}>
          <Records payment={payment} />
        </Panel>
      </div>
    </Drawer>
  );
}

/** Every payment, newest first, with what its channel said and what was given back. */
export default function PaymentList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['status']);
  const query = useQuery(listQuery('/payments', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  const [openId, setOpen] = useState<string>();
  const open = query.data?.items.find((payment) => payment.id === openId);
  return (
    <Page title={t('payment.list')}>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="status"
          label={t('payment.status')}
          options={STATUSES.map((value) => ({ value, label: word('status.payment', value) }))}
        />
      </FilterBar>
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={980}
        onOpen={(payment) => setOpen(payment.id)}
      />
      {open && <PaymentDrawer payment={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
