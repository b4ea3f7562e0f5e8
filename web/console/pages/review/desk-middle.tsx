import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions } from 'antd';
import { meQuery } from '../../../api/console.ts';
import type { Review } from '../../../api/types.ts';
import { MaskedText, useReveal } from '../../../ui/components/masked-text.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { MemberTag } from '../customers/member-tag.tsx';
import { OrderLines, OrderMoney } from '../orders/order-lines.tsx';
import type { Decision } from './use-desk.ts';

function Where({ review }: { review: Review }) {
  const t = useT();
  const word = useWord();
  const { order } = review;
  const { shown, button, dialog } = useReveal('order', order.id);
  const maySee = can(useQuery(meQuery).data, 'compliance.personal_data.reveal');
  const { shipTo } = order;
  return (
    <>
      <Descriptions
        column={2}
        size="small"
        style={{ padding: '12px 16px 0' }}
        items={[
          {
            key: 'who',
            label: t('shipTo.name'),
            children: (
              <span className="row tight">
                <MaskedText masked={shipTo.name} clear={shown['name']} />
                <MaskedText masked={shipTo.phone} clear={shown['phone']} />
                {maySee && button}
              </span>
            ),
          },
          {
            key: 'level',
            label: t('review.level'),
            children: order.customer.member ? <MemberTag level={order.customer.member} /> : order.customer.level,
          },
          {
            key: 'where',
            label: t('shipTo.address'),
            span: 2,
            children: (
              <span className="wrap">
                {[shipTo.province, shipTo.city, shipTo.district].filter(Boolean).join(' ')}{' '}
                <MaskedText masked={shipTo.address} clear={shown['address']} />
              </span>
            ),
          },
          { key: 'placed', label: t('order.placedAt'), children: <TimeText at={order.placedAt} /> },
          { key: 'payment', label: t('order.payment'), children: word('paymentTerm', order.payment) },
          {
            key: 'remark',
            label: t('order.remark'),
            span: 2,
            children: <span className="wrap">{order.remark ?? '–'}</span>,
          },
          ...review.identity.map((check, i) => ({
            key: `identity${i}`,
            label: t('review.identity'),
            span: 2,
            children: (
              <span className="wrap">
                {word('identityMethod', check.method)} · {check.by} · <TimeText at={check.at} /> {check.note}
              </span>
            ),
          })),
        ]}
      />
      {dialog}
    </>
  );
}

/** The order under review, and the decisions with their keys. */
export function DeskOrder(props: {
  review: Review;
  onDecide: (decision: Decision) => void;
  onIdentity: () => void;
  onBlacklist: (() => void) | undefined;
}) {
  const { review, onDecide, onIdentity, onBlacklist } = props;
  const t = useT();
  const locale = useLocale();
  const { order, limit, approval } = review;
  const needsProof = order.holds.includes('identity');
  const overLimit = order.total.amount > limit.amount;
  return (
    <Panel
      title={
        <span className="row tight">
          <Link to="/orders/$id" params={{ id: order.id } as never} className="mono">
            {order.orderNo}
          </Link>
          <StatusTag kind="order" value={order.status} />
        </span>
      }
      extra={
        onBlacklist && (
          <Button size="small" onClick={onBlacklist}>
            {t('blacklist.add')}
          </Button>
        )
      }
      flush
    >
      <Where review={review} />
      <OrderLines order={order} />
      <OrderMoney order={order} />
      <div className="zg-decide">
        {overLimit && (
          <p className="muted wrap" style={{ marginTop: 0 }}>
            {t('review.overLimit', { limit: formatMoney(limit, locale) })}
          </p>
        )}
        <div className="row">
          <Button type="primary" disabled={needsProof || approval !== null} onClick={() => onDecide('approve')}>
            {t(overLimit ? 'review.do.askSecond' : 'review.do.approve')}
            <kbd>A</kbd>
          </Button>
          <Button danger onClick={() => onDecide('reject')}>
            {t('review.do.reject')}
            <kbd>R</kbd>
          </Button>
          <Button onClick={() => onDecide('ask')}>
            {t('review.do.ask')}
            <kbd>Q</kbd>
          </Button>
          {needsProof ? (
            <Button type="primary" ghost onClick={onIdentity}>
              {t('review.do.verify')}
              <kbd>I</kbd>
            </Button>
          ) : (
            <Button onClick={() => onDecide('require_id')}>
              {t('review.do.require_id')}
              <kbd>I</kbd>
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
