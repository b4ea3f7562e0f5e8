import { useQuery } from '@tanstack/react-query';
import { portalPass } from '../../api/portal.ts';
import type { Order, PortalParcel } from '../../api/types.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { negated } from '../../ui/format/money.ts';
import { useT, useWord } from '../../ui/i18n.ts';
import { useMine } from '../mine.tsx';
import { Failed, Heading, Wait } from '../page.tsx';
import { useLeave } from '../session.ts';
import { stepStates } from '../steps.ts';
import { AfterSalesCard } from './after-sales-card.tsx';
import { ClaimsCard } from './claims-card.tsx';
import { InvoiceCard } from './invoice-card.tsx';
import { Actions } from './order-actions.tsx';
import { PresaleCard } from './presale.tsx';
import { ProtectionCard } from './protection-card.tsx';
import { TicketsCard } from './tickets/tickets-card.tsx';

function Status({ order }: { order: Order }) {
  const t = useT();
  const word = useWord();
  const steps = stepStates(order.status);
  return (
    <section className="zp-card">
      <div className="zp-status">
        <Heading
          title={word('status.order', order.status)}
          back={
            portalPass.get()?.orderId === undefined ? { to: '/portal/orders', label: t('portal.myOrders') } : undefined
          }
        />
      </div>
      {order.status === 'pending_payment' && order.payBefore && !order.presale && (
        <p className="zp-warn">
          {t('portal.payBefore')} <TimeText at={order.payBefore} relative />
        </p>
      )}
      {order.receiptDueAt && (order.status === 'shipped' || order.status === 'delivered') && (
        <p className="muted">
          {t('portal.autoConfirm')} <TimeText at={order.receiptDueAt} />
        </p>
      )}
      {steps && (
        <ol className="zp-steps">
          {steps.map(({ step, state }) => (
            <li key={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span>{word('portal.step', step)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Track({ parcel }: { parcel: PortalParcel }) {
  const t = useT();
  const word = useWord();
  if (parcel.track.length === 0) return <p className="muted">{t('portal.noTrack')}</p>;
  return (
    <ol className="zp-track">
      {parcel.track
        .toSorted((a, b) => b.at.localeCompare(a.at))
        .map((node) => (
          <li key={`${node.at} ${node.node}`}>
            <strong>{word('track', node.node)}</strong>
            {(node.text || node.place) && (
              <div className="wrap">{[node.place, node.text].filter(Boolean).join(' · ')}</div>
            )}
            <div className="muted">
              <TimeText at={node.at} />
            </div>
          </li>
        ))}
    </ol>
  );
}

function Parcels() {
  const t = useT();
  const word = useWord();
  const parcels = useQuery(useMine().parcels).data?.items ?? [];
  return parcels.map((parcel, index) => (
    <section key={parcel.id} className="zp-card">
      <h2>{parcels.length > 1 ? t('portal.parcelNo', { no: index + 1 }) : t('portal.parcel')}</h2>
      {parcel.carrier && (
        <p className="muted wrap">
          {word('carrier', parcel.carrier)} <span className="mono">{parcel.waybillNo}</span>
        </p>
      )}
      {parcels.length > 1 && (
        <p className="muted">{parcel.lines.map((line) => `${line.title} ×${line.quantity}`).join(' · ')}</p>
      )}
      <Track parcel={parcel} />
    </section>
  ));
}

function Goods({ order }: { order: Order }) {
  const t = useT();
  const sums = [
    ['goods', order.goods],
    ['discount', negated(order.discount)],
    ['freight', order.freight],
    ['payable', order.total],
  ] as const;
  return (
    <section className="zp-card">
      <h2>{t('portal.goods')}</h2>
      <ul className="zp-goods">
        {order.lines.map((line) => (
          <li key={line.id}>
            <div style={{ minWidth: 0 }}>
              <div className="clamp2">{line.title}</div>
              <div className="muted">×{line.quantity}</div>
            </div>
            <MoneyText value={line.payable} />
          </li>
        ))}
      </ul>
      <dl className="zp-sum">
        {sums.map(([name, value]) => (
          <div key={name} data-total={name === 'payable'}>
            <dt>{t(`money.${name}`)}</dt>
            <dd>
              <MoneyText value={value} />
            </dd>
          </div>
        ))}
        {order.refunded.amount > 0 && (
          <div>
            <dt>{t('money.refunded')}</dt>
            <dd>
              <MoneyText value={order.refunded} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Facts({ order }: { order: Order }) {
  const t = useT();
  const { shipTo } = order;
  return (
    <section className="zp-card">
      <h2>{t('portal.facts')}</h2>
      <dl className="zp-facts">
        <dt>{t('portal.orderNo')}</dt>
        <dd className="mono">{order.orderNo}</dd>
        <dt>{t('portal.placedAt')}</dt>
        <dd>
          <TimeText at={order.placedAt} />
        </dd>
        <dt>{t('portal.to')}</dt>
        <dd className="wrap">
          {shipTo.name} {shipTo.phone}
          <div className="muted">
            {[shipTo.province, shipTo.city, shipTo.district].filter(Boolean).join(' ')} {shipTo.address}
          </div>
        </dd>
      </dl>
    </section>
  );
}

/** What happened, in the customer's words, newest first. */
function History() {
  const t = useT();
  const items = useQuery(useMine().timeline).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="zp-card">
      <h2>{t('portal.history')}</h2>
      <ol className="zp-track">
        {items.toReversed().map((item, index) => (
          <li key={`${item.at} ${item.type} ${items.length - index}`}>
            <div className="wrap">{item.summary}</div>
            <div className="muted">
              <TimeText at={item.at} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One order as its customer sees it; it refreshes itself while open. */
export default function OrderPage() {
  const t = useT();
  const leave = useLeave();
  const query = useQuery(useMine().order);
  if (query.isPending) return <Wait />;
  if (!query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const order = query.data;
  return (
    <>
      <Status order={order} />
      <PresaleCard order={order} />
      <Parcels />
      <Goods order={order} />
      <AfterSalesCard />
      <ProtectionCard />
      <TicketsCard />
      <Facts order={order} />
      <History />
      <InvoiceCard />
      <ClaimsCard order={order} />
      <button type="button" className="zp-link zp-other" onClick={leave}>
        {t(portalPass.get()?.orderId === undefined ? 'portal.signOut' : 'portal.other')}
      </button>
      <Actions order={order} />
    </>
  );
}
