import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { portal, portalOrderQuery, portalToken, type PortalOrder } from '../../api/portal.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { MoneyText, TimeText } from '../../ui/components/text.tsx';
import { negated } from '../../ui/format/money.ts';
import { useT, useWord } from '../../ui/i18n.ts';
import { go } from '../location.ts';
import { ProblemNote } from '../problem-note.tsx';
import { stepStates } from '../steps.ts';

const EXTEND_DAYS = [3, 7] as const;

function Status({ order }: { order: PortalOrder }) {
  const t = useT();
  const word = useWord();
  const steps = stepStates(order.status);
  return (
    <section className="zp-card">
      <div className="zp-status">{word('status.order', order.status)}</div>
      {order.status === 'pending_payment' && order.payBefore && (
        <p className="zp-warn">
          {t('portal.payBefore')} <TimeText at={order.payBefore} relative />
        </p>
      )}
      {order.autoConfirmAt && (order.status === 'shipped' || order.status === 'delivered') && (
        <p className="muted">
          {t('portal.autoConfirm')} <TimeText at={order.autoConfirmAt} />
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

function Parcels({ order }: { order: PortalOrder }) {
  const t = useT();
  const word = useWord();
  return order.parcels.map((parcel, index) => (
    <section key={parcel.id} className="zp-card">
      <h2>{order.parcels.length > 1 ? t('portal.parcelNo', { no: index + 1 }) : t('portal.parcel')}</h2>
      {parcel.carrier && (
        <p className="muted wrap">
          {word('carrier', parcel.carrier)} <span className="mono">{parcel.waybillNo}</span>
        </p>
      )}
      {parcel.track.length === 0 && <p className="muted">{t('portal.noTrack')}</p>}
      <ol className="zp-track">
        {parcel.track
          .toSorted((a, b) => b.at.localeCompare(a.at))
          .map((node) => (
            <li key={`${node.at} ${node.node}`}>
              <strong>{word('track', node.node)}</strong>
              {(node.text || node.place) && <div className="wrap">{node.text || node.place}</div>}
              <div className="muted">
                <TimeText at={node.at} />
              </div>
            </li>
          ))}
      </ol>
    </section>
  ));
}

function Goods({ order }: { order: PortalOrder }) {
  const t = useT();
  const { money } = order;
  return (
    <section className="zp-card">
      <h2 className="wrap">{order.shopName}</h2>
      <ul className="zp-goods">
        {order.lines.map((line) => (
          <li key={line.id}>
            {line.pictureUrl ? (
              <img src={line.pictureUrl} alt="" width={64} height={64} loading="lazy" />
            ) : (
              <span className="zp-nopic" aria-hidden />
            )}
            <div style={{ minWidth: 0 }}>
              <div className="clamp2">{line.title}</div>
              <div className="muted">×{line.quantity}</div>
            </div>
            <MoneyText value={line.payable} />
          </li>
        ))}
      </ul>
      <dl className="zp-sum">
        {(['goods', 'discount', 'freight', 'payable'] as const).map((name) => (
          <div key={name} data-total={name === 'payable'}>
            <dt>{t(`money.${name}`)}</dt>
            <dd>
              <MoneyText value={name === 'discount' ? negated(money.discount) : money[name]} />
            </dd>
          </div>
        ))}
        {money.refunded.amount > 0 && (
          <div>
            <dt>{t('money.refunded')}</dt>
            <dd>
              <MoneyText value={money.refunded} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Facts({ order }: { order: PortalOrder }) {
  const t = useT();
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
          {order.shipTo.name} {order.shipTo.phone}
          <div className="muted">{order.shipTo.region}</div>
        </dd>
      </dl>
    </section>
  );
}

function Actions({ order }: { order: PortalOrder }) {
  const t = useT();
  const [asking, setAsking] = useState<'confirm' | 'extend'>();
  const done = { onSuccess: () => setAsking(undefined) };
  const pay = useSubmit((_: { orderNo: string }, key) => portal.pay(key), {
    onSuccess: ({ payUrl }) => payUrl && window.location.assign(payUrl),
  });
  const confirm = useSubmit((_: { orderNo: string }, key) => portal.confirmReceipt(key), done);
  const extend = useSubmit(({ days }: { days: number }, key) => portal.extendReceipt(days, key), done);
  const may = (action: string) => order.may.includes(action);
  const { orderNo } = order;
  if (!may('pay') && !may('confirm-receipt') && !may('extend-receipt')) return null;
  return (
    <div className="zp-actions">
      <ProblemNote error={pay.error ?? confirm.error ?? extend.error} />
      {asking === 'confirm' && <p>{t('portal.confirmSays')}</p>}
      {asking === 'extend' && <p>{t('portal.extendSays')}</p>}
      <div className="zp-buttons">
        {asking === undefined && may('pay') && (
          <button type="button" className="zp-button" disabled={pay.isPending} onClick={() => pay.mutate({ orderNo })}>
            {t('portal.pay')} <MoneyText value={order.money.payable} />
          </button>
        )}
        {asking === undefined && may('extend-receipt') && (
          <button type="button" className="zp-button zp-second" onClick={() => setAsking('extend')}>
            {t('portal.extend')}
          </button>
        )}
        {asking === undefined && may('confirm-receipt') && (
          <button type="button" className="zp-button" onClick={() => setAsking('confirm')}>
            {t('portal.confirm')}
          </button>
        )}
        {asking !== undefined && (
          <button type="button" className="zp-button zp-second" onClick={() => setAsking(undefined)}>
            {t('ui.cancel')}
          </button>
        )}
        {asking === 'confirm' && (
          <button
            type="button"
            className="zp-button"
            disabled={confirm.isPending}
            onClick={() => confirm.mutate({ orderNo })}
          >
            {t('portal.confirmYes')}
          </button>
        )}
        {asking === 'extend' &&
          EXTEND_DAYS.map((days) => (
            <button
              key={days}
              type="button"
              className="zp-button"
              disabled={extend.isPending}
              onClick={() => extend.mutate({ days })}
            >
              {t('portal.days', { days })}
            </button>
          ))}
      </div>
    </div>
  );
}

/** One order as its customer sees it; it refreshes itself while open. */
export default function OrderPage() {
  const t = useT();
  const queries = useQueryClient();
  const query = useQuery(portalOrderQuery);
  const leave = () => {
    portalToken.clear();
    queries.clear();
    go('/portal/');
  };
  if (query.isPending) return <div className="zp-wait" aria-busy />;
  if (!query.data) {
    return (
      <>
        <ProblemNote error={query.error} />
        <button type="button" className="zp-button" onClick={() => void query.refetch()}>
          {t('ui.retry')}
        </button>
      </>
    );
  }
  const order = query.data;
  return (
    <>
      <Status order={order} />
      <Parcels order={order} />
      <Goods order={order} />
      <Facts order={order} />
      <button type="button" className="zp-link zp-other" onClick={leave}>
        {t('portal.other')}
      </button>
      <Actions order={order} />
    </>
  );
}
