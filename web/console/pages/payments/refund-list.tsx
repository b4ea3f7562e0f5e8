import { PaperClipOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Refund } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { MaskedText, useReveal } from '../../../ui/components/masked-text.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { StoryLink } from '../finance/story-link.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { PayoutDialog } from './payout-dialog.tsx';
import { SubjectLink } from './subject-link.tsx';

const STATUSES = ['abnormal', 'awaiting_approval', 'requested', 'processing', 'succeeded', 'failed'] as const;

/** What may be done with a refund that needs a person. */
function RefundActions({ refund }: { refund: Refund }) {
  const t = useT();
  const [paying, setPaying] = useState(false);
  const path = { refundId: refund.id };
  const take = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/refunds/{refundId}/take', { path, idempotencyKey }),
  );
  const retry = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/refunds/{refundId}/retry', { path, idempotencyKey }),
  );
  const abandon = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/refunds/{refundId}/resolve', { path, body: { outcome: 'abandoned' }, idempotencyKey }),
  );
  const may = (action: string) => refund.may.includes(action);
  return (
    <span className="row">
      {may('take') && (
        <Button loading={take.isPending} onClick={() => take.mutate({})}>
          {t('refund.take')}
        </Button>
      )}
      {may('retry') && (
        <ConfirmButton title={t('refund.retry')} says={t('refund.retrySays')} act={() => retry.mutateAsync({})}>
          {t('refund.retry')}
        </ConfirmButton>
      )}
      {may('pay_by_hand') && <Button onClick={() => setPaying(true)}>{t('refund.byHand')}</Button>}
      {may('abandon') && (
        <ConfirmButton
          danger
          title={t('refund.abandon')}
          says={t('refund.abandonSays')}
          act={() => abandon.mutateAsync({})}
        >
          {t('refund.abandon')}
        </ConfirmButton>
      )}
      {take.isError && <ErrorState error={take.error} />}
      {paying && <PayoutDialog refund={refund} onClose={() => setPaying(false)} />}
    </span>
  );
}

/** To whom and by which transfer a refund was paid by hand, and who says so. */
function PayoutPanel({ refund, payout }: { refund: Refund; payout: NonNullable<Refund['payout']> }) {
  const t = useT();
  const word = useWord();
  const { shown, button, dialog } = useReveal('refund_payee', refund.id);
  const clear = shown['account'] && [shown['name'], shown['bank'], shown['account']].filter(Boolean).join(' · ');
  return (
    <Panel title={t('refund.payout')} extra={<StatusTag kind="payout" value={payout.state} />}>
      <Descriptions
        column={1}
        size="small"
        items={[
          {
            key: 'payee',
            label: t('refund.payee'),
            children: (
              <span className="row tight">
                <MaskedText masked={payout.payee} clear={clear || undefined} /> {button}
              </span>
            ),
          },
          {
            key: 'reference',
            label: t('refund.bankReference'),
            children: <span className="mono wrap">{payout.bankReference}</span>,
          },
          { key: 'note', label: t('refund.note'), children: <span className="wrap">{payout.note || '–'}</span> },
          {
            key: 'files',
            label: t('recon.evidence'),
            children: payout.fileIds.map((id, i) => (
              <a key={id} href={`/api/v1/files/${id}`}>
                <PaperClipOutlined /> {t('recon.file', { n: i + 1 })}
              </a>
            )),
          },
          {
            key: 'proposed',
            label: word('payoutBy', 'proposed'),
            children: (
              <>
                {payout.proposedBy.name} <TimeText at={payout.proposedAt} />
              </>
            ),
          },
          ...(payout.confirmedBy
            ? [
                {
                  key: 'confirmed',
                  label: word('payoutBy', 'confirmed'),
                  children: (
                    <>
                      {payout.confirmedBy.name} <TimeText at={payout.decidedAt} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {dialog}
    </Panel>
  );
}

function RefundDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(oneQuery('/refunds/{refundId}', { path: { refundId: id } }));
  const refund = query.data;
  return (
    <Drawer open size={640} onClose={onClose} title={refund && <StoryLink number={refund.refundNo} />}>
      {query.isPending && <Loading />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {refund && (
        <div className="stack wide">
          {refund.failure && refund.status === 'abnormal' && <Alert type="error" showIcon title={refund.failure} />}
          {refund.status === 'awaiting_approval' && <Alert type="warning" showIcon title={t('refund.awaits')} />}
          {refund.payout?.state === 'proposed' && <Alert type="warning" showIcon title={t('refund.payoutAwaits')} />}
          {refund.may.length > 0 && <RefundActions refund={refund} />}
          <Descriptions
            column={1}
            size="small"
            items={[
              {
                key: 'amount',
                label: t('payment.amount'),
                children: <MoneyText value={{ amount: refund.amount, currency: refund.currency }} strong />,
              },
              { key: 'status', label: t('refund.status'), children: <StatusTag kind="refund" value={refund.status} /> },
              {
                key: 'order',
                label: t('order.no'),
                children: <SubjectLink kind={refund.subjectKind} id={refund.orderId} no={refund.orderNo} />,
              },
              {
                key: 'payment',
                label: t('payment.no'),
                children: `${word('payChannel', refund.channel)} · ${refund.paymentNo}`,
              },
              { key: 'kind', label: t('refund.kind'), children: word('refundKind', refund.kind) },
              { key: 'reason', label: t('ui.reason'), children: <span className="wrap">{refund.reason}</span> },
              { key: 'by', label: t('refund.requestedBy'), children: word('actor', refund.requestedBy.name) },
              { key: 'owner', label: t('refund.owner'), children: refund.owner?.name ?? '–' },
              { key: 'attempts', label: t('refund.attempts'), children: String(refund.attempts) },
              { key: 'created', label: t('refund.createdAt'), children: <TimeText at={refund.createdAt} /> },
              { key: 'settled', label: t('refund.settledAt'), children: <TimeText at={refund.settledAt} /> },
            ]}
          />
          {refund.payout && <PayoutPanel refund={refund} payout={refund.payout} />}
        </div>
      )}
    </Drawer>
  );
}

function useColumns(): TableColumnsType<Refund> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('refund.no'), width: 186, render: (_, row) => <span className="mono">{row.refundNo}</span> },
    {
      title: t('order.no'),
      width: 150,
      render: (_, row) => <SubjectLink kind={row.subjectKind} id={row.orderId} no={row.orderNo} />,
    },
    { title: t('payment.channel'), width: 96, render: (_, row) => word('payChannel', row.channel) },
    {
      title: t('refund.status'),
      width: 120,
      render: (_, row) => (
        <>
          <StatusTag kind="refund" value={row.status} />
          {row.paidByHand && <div className="muted">{t('refund.wasByHand')}</div>}
          {row.payout?.state === 'proposed' && <div className="muted">{t('refund.payoutWaits')}</div>}
        </>
      ),
    },
    {
      title: t('payment.amount'),
      width: 110,
      align: 'right',
      render: (_, { amount, currency }) => <MoneyText value={{ amount, currency }} strong />,
    },
    {
      title: t('ui.reason'),
      render: (_, row) => (
        <span className="clamp2">
          {word('refundKind', row.kind)} · {row.failure ? `${row.reason} · ${row.failure}` : row.reason}
        </span>
      ),
    },
    {
      title: t('refund.owner'),
      width: 110,
      render: (_, row) => <span className="wrap">{row.owner?.name ?? '–'}</span>,
    },
    { title: t('refund.createdAt'), width: 110, render: (_, row) => <TimeText at={row.createdAt} /> },
    { title: t('refund.settledAt'), width: 110, render: (_, row) => <TimeText at={row.settledAt} /> },
  ];
}

/** Money on its way back, what waits for a second person, and what a channel would not pay. */
export default function RefundList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['status']);
  const query = useQuery(listQuery('/refunds', { ...filters.search, limit: filters.limit }));
  const columns = useColumns();
  const [openId, setOpen] = useState<string>();
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
      <DataTable
        query={query}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1080}
        onOpen={(row) => setOpen(row.id)}
      />
      {openId && <RefundDrawer id={openId} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
