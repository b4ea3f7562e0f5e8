import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import type { Order, Payment } from '../../../api/types.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { StoryLink } from '../finance/story-link.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { type PaidFor, PayDialog } from './pay-dialog.tsx';
import { RefundButton } from './refund-button.tsx';

/** The refunds of one payment, under it. */
export function Refunds({ payment }: { payment: Payment }) {
  const t = useT();
  const word = useWord();
  const { data } = useQuery(oneQuery('/payments/{paymentId}/refunds', { path: { paymentId: payment.id } }));
  if (!data) return <span className="muted">{t('ui.loading')}</span>;
  return (
    <ul className="zg-plain">
      {data.items.map((refund) => (
        <li key={refund.id} className="row">
          <TimeText at={refund.createdAt} />
          <MoneyText value={{ amount: refund.amount, currency: refund.currency }} />
          <StatusTag kind="refund" value={refund.status} />
          <span className="muted">{word('refundKind', refund.kind)}</span>
          <span className="wrap muted">{refund.reason}</span>
        </li>
      ))}
    </ul>
  );
}

const hasRefunds = (payment: Payment): boolean => payment.refundedAmount + payment.refundingAmount > 0;

/** Opens a payment, or shows again what the payer of an open one needs. */
function PayButton({ of, may, pending }: { of: PaidFor; may: boolean; pending: Payment | undefined }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!pending && !may) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t(pending ? 'pay.show' : 'order.openPayment')}
      </Button>
      {open && <PayDialog of={of} pending={pending} onClose={() => setOpen(false)} />}
    </>
  );
}

function PaymentTable({ of, payments }: { of: PaidFor; payments: Payment[] }) {
  const t = useT();
  const word = useWord();
  const may = (payment: Payment) => payment.may.includes('refund');
  return (
    <Table<Payment>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={payments}
      scroll={{ x: 600 }}
      locale={{ emptyText: <EmptyState title={t('order.noPayments')} /> }}
      expandable={{
        rowExpandable: hasRefunds,
        defaultExpandedRowKeys: payments.filter(hasRefunds).map((payment) => payment.id),
        expandedRowRender: (payment) => <Refunds payment={payment} />,
      }}
      columns={[
        {
          title: t('payment.channel'),
          render: (_, payment) => (
            <>
              <div>
                {word('payChannel', payment.channel)}
                {payment.method && ` · ${word('payMethod', payment.method)}`}
              </div>
              <StoryLink number={payment.paymentNo} />
            </>
          ),
        },
        {
          title: t('payment.status'),
          width: 84,
          render: (_, payment) => (
            <span title={payment.failure ?? ''}>
              <StatusTag kind="payment" value={payment.status} />
            </span>
          ),
        },
        {
          title: t('payment.amount'),
          width: 94,
          align: 'right',
          render: (_, { amount, currency }) => <MoneyText value={{ amount, currency }} strong />,
        },
        {
          title: t('payment.refunded'),
          width: 84,
          align: 'right',
          render: (_, { refundedAmount, currency }) => <MoneyText value={{ amount: refundedAmount, currency }} />,
        },
        { title: t('payment.paidAt'), width: 104, render: (_, payment) => <TimeText at={payment.settledAt} /> },
        {
          key: 'actions',
          width: 84,
          align: 'right',
          render: (_, payment) =>
            may(payment) ? (
              <RefundButton payment={payment} />
            ) : (
              payment.status === 'pending' && <PayButton of={of} may={false} pending={payment} />
            ),
        },
      ]}
    />
  );
}

/** Payments with their refunds under them, for those who may see money. */
export function OrderPayments({ order }: { order: Order }) {
  // One made of others lives on their payments, shown beside: nothing need be said of its own while there are none.
  return (
    <PaymentsOf
      of={{ kind: 'order', id: order.id }}
      may={order.may.includes('pay')}
      title="order.payments"
      hideEmpty={order.funds.length > 0}
    />
  );
}

/** The payments of whatever is paid for; with `may` another can be opened. */
export function PaymentsOf({
  of,
  may,
  title,
  hideEmpty = false,
}: {
  of: PaidFor;
  may: boolean;
  title: string;
  hideEmpty?: boolean;
}) {
  const t = useT();
  const maySee = can(useQuery(meQuery).data, 'payments.payment.read');
  const query = useQuery({ ...listQuery('/payments', { subject: of.id, limit: 50 }), enabled: maySee });
  if (!maySee) return null;
  const payments = query.data?.items ?? [];
  if (hideEmpty && payments.length === 0 && !may) return null;
  return (
    <Panel title={t(title)} extra={<PayButton of={of} may={may} pending={undefined} />} flush>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        query.data && <PaymentTable of={of} payments={payments} />
      )}
    </Panel>
  );
}
