import { Table } from 'antd';
import { client } from '../../../api/instance.ts';
import type { Order, Parcel, Payment } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { CountText, MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { RefundButton } from './refund-button.tsx';

function Refunds({ payment }: { payment: Payment }) {
  return (
    <ul className="zg-plain">
      {payment.refunds.map((refund) => (
        <li key={refund.id} className="row">
          <TimeText at={refund.createdAt} />
          <MoneyText value={refund.amount} />
          <StatusTag kind="refund" value={refund.status} />
          <span className="wrap muted">{refund.reason}</span>
        </li>
      ))}
    </ul>
  );
}

/** Payments with their refunds under them. */
export function OrderPayments({ order }: { order: Order }) {
  const t = useT();
  const word = useWord();
  const payments = order.payments ?? [];
  const refund = useSubmit((input: { paymentId: string; amount: number; reason: string }, key) =>
    client.post(
      `/payments/${input.paymentId}/refunds`,
      { amount: input.amount, reason: input.reason },
      { idempotencyKey: key },
    ),
  );
  return (
    <Panel title={t('order.payments')} flush>
      <Table<Payment>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={payments}
        scroll={{ x: 640 }}
        locale={{ emptyText: <EmptyState title={t('order.noPayments')} /> }}
        expandable={{
          rowExpandable: (payment) => payment.refunds.length > 0,
          defaultExpandAllRows: true,
          expandedRowRender: (payment) => <Refunds payment={payment} />,
        }}
        columns={[
          { title: t('payment.channel'), render: (_, payment) => word('payChannel', payment.channel) },
          {
            title: t('payment.status'),
            width: 110,
            render: (_, payment) => <StatusTag kind="payment" value={payment.status} />,
          },
          {
            title: t('payment.amount'),
            width: 120,
            align: 'right',
            render: (_, payment) => <MoneyText value={payment.amount} strong />,
          },
          {
            title: t('payment.refunded'),
            width: 120,
            align: 'right',
            render: (_, payment) => <MoneyText value={payment.refunded} />,
          },
          { title: t('payment.paidAt'), width: 120, render: (_, payment) => <TimeText at={payment.paidAt} /> },
          {
            key: 'actions',
            width: 90,
            align: 'right',
            render: (_, payment) =>
              order.may.includes('refund') && payment.status === 'succeeded' ? (
                <RefundButton
                  payment={payment}
                  refund={(amount, reason) => refund.mutateAsync({ paymentId: payment.id, amount, reason })}
                />
              ) : null,
          },
        ]}
      />
    </Panel>
  );
}

function ParcelTrack({ parcel }: { parcel: Parcel }) {
  const t = useT();
  const word = useWord();
  if (parcel.track.length === 0) return <span className="muted">{t('parcel.noTrack')}</span>;
  return (
    <ul className="zg-plain">
      {parcel.track.map((node) => (
        <li key={`${node.at} ${node.node}`} className="row">
          <TimeText at={node.at} />
          <strong>{word('track', node.node)}</strong>
          <span className="wrap muted">{node.text || node.place}</span>
        </li>
      ))}
    </ul>
  );
}

/** Parcels with their track under them. */
export function OrderParcels({ order }: { order: Order }) {
  const t = useT();
  const word = useWord();
  const parcels = order.parcels ?? [];
  return (
    <Panel title={t('order.parcels')} flush>
      <Table<Parcel>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={parcels}
        scroll={{ x: 640 }}
        locale={{ emptyText: <EmptyState title={t('order.noParcels')} /> }}
        expandable={{ defaultExpandAllRows: true, expandedRowRender: (parcel) => <ParcelTrack parcel={parcel} /> }}
        columns={[
          { title: t('parcel.no'), render: (_, parcel) => <span className="mono">{parcel.parcelNo}</span> },
          {
            title: t('parcel.status'),
            width: 110,
            render: (_, parcel) => <StatusTag kind="parcel" value={parcel.status} />,
          },
          {
            title: t('parcel.waybill'),
            render: (_, parcel) => (
              <span className="wrap">
                {parcel.carrier && word('carrier', parcel.carrier)} <span className="mono">{parcel.waybillNo}</span>
              </span>
            ),
          },
          {
            title: t('parcel.pieces'),
            width: 80,
            align: 'right',
            render: (_, parcel) => <CountText value={parcel.lines.reduce((n, line) => n + line.quantity, 0)} />,
          },
          { title: t('parcel.shippedAt'), width: 120, render: (_, parcel) => <TimeText at={parcel.shippedAt} /> },
        ]}
      />
    </Panel>
  );
}
