import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Descriptions, Tag } from 'antd';
import { carriersQuery, meQuery, orderQuery, shopsQuery, timelineQuery } from '../../../api/console.ts';
import type { Order, TimelineItem } from '../../../api/types.ts';
import { MaskedText, useReveal } from '../../../ui/components/masked-text.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { isPast } from '../../../ui/format/time.ts';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { SnapshotButton } from '../claims/order-snapshot.tsx';
import { OrderGoodwill } from '../goodwill/order-goodwill.tsx';
import { OrderCases } from '../after-sales/order-cases.tsx';
import { OrderInvoices } from '../invoices/order-invoices.tsx';
import { MemberTag } from '../customers/member-tag.tsx';
import { ChangeNotes, OrderFunds } from './change/family.tsx';
import { OrderVersions } from './change/versions.tsx';
import { OrderAllocation } from './order-allocation.tsx';
import { OrderActions } from './order-actions.tsx';
import { ArchivedNote } from './order-archived.tsx';
import { Holds } from './order-columns.tsx';
import { OrderLines, OrderMoney } from './order-lines.tsx';
import { OrderParcels } from './order-parcels.tsx';
import { OrderPresale, PresaleState } from './order-presale.tsx';
import { OrderPayments } from './order-payments.tsx';
import { OrderPriority } from './order-priority.tsx';

/** What the order waits for, and until when. */
function openClocks(order: Order): [kind: string, dueAt: string][] {
  const clocks: [string, string | null, boolean][] = [
    [
      order.presale?.depositPaid ? 'orders.balance' : 'orders.payment',
      order.payBefore,
      order.status === 'pending_payment',
    ],
    ['orders.confirmation', order.confirmBefore, order.status === 'paid' && order.confirmedAt === null],
    ['orders.ship', order.promisedShipAt, order.status === 'paid'],
    ['orders.receipt', order.receiptDueAt, order.status === 'shipped' || order.status === 'delivered'],
  ];
  return clocks.flatMap(([kind, dueAt, runs]) => (runs && dueAt !== null ? [[kind, dueAt]] : []));
}

function Deadlines({ order }: { order: Order }) {
  const word = useWord();
  return openClocks(order).map(([kind, dueAt]) => (
    <Tag key={kind} color={isPast(dueAt) ? 'error' : 'default'}>
      {word('deadline', kind)} <TimeText at={dueAt} relative />
    </Tag>
  ));
}

function ShipTo({ order }: { order: Order }) {
  const t = useT();
  const { shown, button, dialog } = useReveal('order', order.id);
  const { shipTo } = order;
  const region = [shipTo.province, shipTo.city, shipTo.district].filter(Boolean).join(' ');
  const maySee = can(useQuery(meQuery).data, 'compliance.personal_data.reveal');
  return (
    <Panel title={t('order.shipTo')} extra={maySee && button}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'name', label: t('shipTo.name'), children: <MaskedText masked={shipTo.name} clear={shown['name']} /> },
          {
            key: 'phone',
            label: t('shipTo.phone'),
            children: <MaskedText masked={shipTo.phone} clear={shown['phone']} />,
          },
          { key: 'region', label: t('shipTo.region'), children: <span className="wrap">{region}</span> },
          {
            key: 'address',
            label: t('shipTo.address'),
            children: <MaskedText masked={shipTo.address} clear={shown['address']} />,
          },
        ]}
      />
      {dialog}
    </Panel>
  );
}

const RISK_COLOR = { low: 'success', medium: 'warning', high: 'error' } as const;

/** What the customer was told when the order was confirmed. */
function Expected({ expected }: { expected: NonNullable<Order['expected']> }) {
  const word = useWord();
  const carriers = useQuery(carriersQuery).data?.items ?? [];
  const carrier = carriers.find(({ code }) => code === expected.carrier)?.name ?? expected.carrier;
  return (
    <span className="row">
      <TimeText at={expected.shipsAt} />
      {carrier !== null && <span>{carrier}</span>}
      <Tag color={RISK_COLOR[expected.risk]}>{word('risk', expected.risk)}</Tag>
    </span>
  );
}

function Facts({ order }: { order: Order }) {
  const t = useT();
  const word = useWord();
  const shops = useQuery(shopsQuery).data?.items ?? [];
  const shop = shops.find(({ code }) => code === order.shop)?.name ?? order.shop;
  return (
    <Panel title={t('order.facts')}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'shop', label: t('order.shop'), children: <span className="wrap">{shop}</span> },
          { key: 'channel', label: t('order.channel'), children: word('channel', order.channel) },
          {
            key: 'external',
            label: t('order.externalNo'),
            children: <span className="mono">{order.externalNo ?? '–'}</span>,
          },
          { key: 'payment', label: t('order.payment'), children: word('paymentTerm', order.payment) },
          { key: 'placed', label: t('order.placedAt'), children: <TimeText at={order.placedAt} /> },
          { key: 'paid', label: t('order.paidAt'), children: <TimeText at={order.paidAt} /> },
          { key: 'promised', label: t('order.promisedShipAt'), children: <TimeText at={order.promisedShipAt} /> },
          ...(order.expected
            ? [{ key: 'expected', label: t('order.expected'), children: <Expected expected={order.expected} /> }]
            : []),
          { key: 'remark', label: t('order.remark'), children: <span className="wrap">{order.remark ?? '–'}</span> },
        ]}
      />
    </Panel>
  );
}

/** The way to the desk, for what is dealt with there. */
function ToException({ order }: { order: Order }) {
  const t = useT();
  const may = can(useQuery(meQuery).data, 'orders.exception.read');
  if (!may || !order.holds.some((hold) => hold === 'shortage' || hold === 'address')) return null;
  return (
    <Link to="/exceptions" search={{ q: order.orderNo } as never}>
      {t('order.toException')}
    </Link>
  );
}

/** Who did it: by name, else by kind (the system, the customer, a channel). */
function actorName(actor: TimelineItem['actor'], word: ReturnType<typeof useWord>): string {
  return actor.kind === 'user' || actor.kind === 'key' ? actor.name : word('actor', actor.kind);
}

function OrderTimeline({ id }: { id: string }) {
  const t = useT();
  const word = useWord();
  const timeline = useQuery(timelineQuery(id));
  const tone = (type: string) =>
    /cancel|fail|breach|refus|reject|exception/.test(type)
      ? 'bad'
      : /paid|deliver|complet|approve/.test(type)
        ? 'good'
        : 'plain';
  return (
    <Panel title={t('order.timeline')}>
      {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isPending && <Loading heightPx={120} />}
      {timeline.data && (
        <Timeline
          entries={timeline.data.items
            .map((item, index) => ({
              key: `${item.at} ${item.type} ${index}`,
              at: item.at,
              text: item.summary,
              by: actorName(item.actor, word),
              tone: tone(item.type) as 'good' | 'bad' | 'plain',
            }))
            .toSorted((a, b) => b.at.localeCompare(a.at))}
        />
      )}
    </Panel>
  );
}

/** One order: what was bought, what it costs, where it is, what happened, and what may be done now. */
export default function OrderPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(orderQuery(id));
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('order.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const order = query.data;
  const title = (
    <span className="row">
      <span className="mono">{order.orderNo}</span>
      <StatusTag kind="order" value={order.status} />
      {order.presale && <PresaleState state={order.presale.state} />}
      <Holds holds={order.holds} />
      {order.customer.member && (
        <Link to="/customers/$id" params={{ id: order.customer.id } as never}>
          <MemberTag level={order.customer.member} />
        </Link>
      )}
      {!order.superseded && <Deadlines order={order} />}
      {!order.superseded && !order.archived && <OrderPriority order={order} />}
    </span>
  );
  return (
    <Page
      title={title}
      extra={
        <>
          {!order.archived && <SnapshotButton order={order} />}
          <OrderActions order={order} />
        </>
      }
    >
      <ArchivedNote order={order} />
      <ChangeNotes order={order} />
      {order.holds.length > 0 && (
        <Alert type="warning" showIcon title={t('order.heldSays')} action={<ToException order={order} />} />
      )}
      <div className="zg-two">
        <div className="stack">
          <Panel title={t('order.linesTitle', { lines: order.lines.length })} flush>
            <OrderLines order={order} />
            <OrderMoney order={order} />
          </Panel>
          <OrderPresale order={order} />
          <OrderPayments order={order} />
          <OrderGoodwill order={order} />
          <OrderCases order={order} />
          <OrderInvoices order={order} />
          <OrderFunds order={order} />
          <OrderParcels order={order} />
        </div>
        <div className="stack">
          <ShipTo order={order} />
          <Facts order={order} />
          <OrderAllocation order={order} />
          {!order.archived && <OrderVersions order={order} />}
          <OrderTimeline id={order.id} />
        </div>
      </div>
    </Page>
  );
}
