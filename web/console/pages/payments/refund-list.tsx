import { useQuery } from '@tanstack/react-query';
import { type TableColumnsType } from 'antd';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Refund } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

const STATUSES = ['requested', 'processing', 'succeeded', 'failed', 'abnormal'] as const;

/** What may be done with a refund the channel will not pay. */
function RefundActions({ refund }: { refund: Refund }) {
  const t = useT();
  const path = { refundId: refund.id };
  const retry = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/refunds/{refundId}/retry', { path, idempotencyKey }),
  );
  const resolve = useSubmit((outcome: 'paid_by_hand' | 'abandoned', idempotencyKey) =>
    client.post('/refunds/{refundId}/resolve', { path, body: { outcome }, idempotencyKey }),
  );
  return (
    <span className="row tight" style={{ justifyContent: 'flex-end' }}>
      {refund.may.includes('retry') && (
        <ConfirmButton size="small" type="link" title={t('refund.retry')} act={() => retry.mutateAsync({})}>
          {t('refund.retry')}
        </ConfirmButton>
      )}
      {refund.may.includes('pay_by_hand') && (
        <ConfirmButton
          size="small"
          type="link"
          title={t('refund.byHand')}
          says={t('refund.byHandSays')}
          act={() => resolve.mutateAsync('paid_by_hand')}
        >
          {t('refund.byHand')}
        </ConfirmButton>
      )}
      {refund.may.includes('abandon') && (
        <ConfirmButton
          size="small"
          type="link"
          danger
          title={t('refund.abandon')}
          says={t('refund.abandonSays')}
          act={() => resolve.mutateAsync('abandoned')}
        >
          {t('refund.abandon')}
        </ConfirmButton>
      )}
    </span>
  );
}

function useColumns(): TableColumnsType<Refund> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('refund.no'), width: 190, render: (_, row) => <span className="mono">{row.refundNo}</span> },
    { title: t('refund.kind'), width: 140, render: (_, row) => word('refundKind', row.kind) },
    { title: t('refund.status'), width: 110, render: (_, row) => <StatusTag kind="refund" value={row.status} /> },
    {
      title: t('payment.amount'),
      width: 120,
      align: 'right',
      render: (_, { amount, currency }) => <MoneyText value={{ amount, currency }} strong />,
    },
    {
      title: t('ui.reason'),
      render: (_, row) => <span className="clamp2">{row.failure ? `${row.reason} · ${row.failure}` : row.reason}</span>,
    },
    { title: t('refund.createdAt'), width: 120, render: (_, row) => <TimeText at={row.createdAt} /> },
    { title: t('refund.settledAt'), width: 120, render: (_, row) => <TimeText at={row.settledAt} /> },
    { key: 'actions', width: 210, align: 'right', render: (_, row) => <RefundActions refund={row} /> },
  ];
}

/** Money on its way back, and what a channel would not pay. */
export default function RefundList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['status']);
  const query = useQuery(listQuery('/refunds', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  return (
    <Page title={t('refund.list')}>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="status"
          label={t('refund.status')}
          options={STATUSES.map((value) => ({ value, label: word('status.refund', value) }))}
        />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} minWidthPx={1000} />
    </Page>
  );
}
