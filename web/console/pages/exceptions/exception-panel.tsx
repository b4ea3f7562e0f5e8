import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions } from 'antd';
import { type ReactNode, useState } from 'react';
import { oneQuery, orderQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Exception } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { MemberTag } from '../customers/member-tag.tsx';
import { Holds } from '../orders/order-columns.tsx';
import { OrderLines, OrderMoney } from '../orders/order-lines.tsx';
import { AnswerButtons } from './answer-buttons.tsx';
import { ContactPanel } from './contact-panel.tsx';
import { OfferDialog } from './offer-dialog.tsx';

type Fact = { key: string; label: string; children: ReactNode };

/** What is missing, what was offered for it and what the customer chose. */
function useShortage(exception: Exception): Fact[] {
  const t = useT();
  const word = useWord();
  const { offer, answer, compensatedPoints: points } = exception;
  if (exception.kind !== 'shortage') return [];
  return [
    {
      key: 'missing',
      label: t('exception.missing'),
      children: (
        <span className="wrap">
          {exception.title} <span className="mono">{exception.sku}</span> ×{exception.missing}
        </span>
      ),
    },
    { key: 'worth', label: t('exception.worth'), children: <MoneyText value={exception.worth} /> },
    { key: 'expected', label: t('exception.expected'), children: <TimeText at={exception.expectedAt} /> },
    {
      key: 'offer',
      label: t('exception.offer'),
      children: offer ? (
        <>
          {word('offerState', offer.state)} · <TimeText at={offer.expiresAt} />
        </>
      ) : (
        '–'
      ),
    },
    {
      key: 'answer',
      label: t('exception.answer'),
      children: answer ? (
        <>
          {word('exceptionChoice', answer.kind)} {answer.sku && <span className="mono">{answer.sku}</span>}
          {exception.promisedAt && <TimeText at={exception.promisedAt} />}{' '}
          <span className="muted">{word('actor', exception.answeredBy ?? '')}</span>
        </>
      ) : (
        '–'
      ),
    },
    {
      key: 'points',
      label: t('exception.compensated'),
      children: points === null ? '–' : t('exception.points', { points }),
    },
  ];
}

function Facts({ exception }: { exception: Exception }) {
  const t = useT();
  const shortage = useShortage(exception);
  const items: Fact[] = [
    {
      key: 'customer',
      label: t('order.customer'),
      children: (
        <span className="row tight">
          <Link to="/customers/$id" params={{ id: exception.customer.id } as never}>
            {exception.customer.name} {exception.customer.phone}
          </Link>
          {exception.customer.member && <MemberTag level={exception.customer.member} />}
        </span>
      ),
    },
    { key: 'due', label: t('exception.due'), children: <TimeText at={exception.dueAt} /> },
    { key: 'opened', label: t('exception.opened'), children: <TimeText at={exception.openedAt} /> },
    { key: 'owner', label: t('exception.owner'), children: exception.owner?.name ?? t('exception.nobody') },
    ...shortage,
    ...(exception.note
      ? [{ key: 'note', label: t('exception.note'), children: <span className="wrap">{exception.note}</span> }]
      : []),
  ];
  return <Descriptions size="small" column={{ xs: 1, sm: 1, md: 2 }} items={items} />;
}

/** The order the exception is of, beside it. */
function OrderBeside({ orderId }: { orderId: string }) {
  const t = useT();
  const query = useQuery(orderQuery(orderId));
  if (query.isPending) return <Loading heightPx={160} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const order = query.data;
  return (
    <Panel
      flush
      title={
        <span className="row tight">
          {t('order.one')} <span className="mono">{order.orderNo}</span>
          <StatusTag kind="order" value={order.status} />
          <Holds holds={order.holds} />
        </span>
      }
      extra={
        <Link to="/orders/$id" params={{ id: order.id } as never}>
          {t('exception.openOrder')}
        </Link>
      }
    >
      <OrderLines order={order} />
      <OrderMoney order={order} />
    </Panel>
  );
}

function Actions({ exception, onOffer }: { exception: Exception; onOffer: () => void }) {
  const t = useT();
  const path = { exceptionId: exception.id };
  const take = useSubmit((ownerId: string, idempotencyKey) =>
    client.post('/exceptions/{exceptionId}/assign', { path, body: { ownerId }, idempotencyKey }),
  );
  const close = useSubmit((note: string, idempotencyKey) =>
    client.post('/exceptions/{exceptionId}/resolve', { path, body: { note }, idempotencyKey }),
  );
  const may = (action: Exception['may'][number]) => exception.may.includes(action);
  useHotkeys({
    ...(may('assign') ? { t: () => take.mutate('me') } : {}),
    ...(may('offer') ? { o: onOffer } : {}),
  });
  return (
    <span className="row">
      {may('offer') && (
        <Button type="primary" onClick={onOffer}>
          {t('exception.makeOffer')} <kbd>O</kbd>
        </Button>
      )}
      {may('answer') && <AnswerButtons exception={exception} />}
      {may('assign') && (
        <Button loading={take.isPending} onClick={() => take.mutate('me')}>
          {t('exception.take')} <kbd>T</kbd>
        </Button>
      )}
      {may('close') && (
        <ConfirmButton
          title={t('exception.close')}
          says={t('exception.closeSays')}
          reason="required"
          act={(note) => close.mutateAsync(note)}
        >
          {t('exception.close')}
        </ConfirmButton>
      )}
    </span>
  );
}

/** One exception: what is the matter, what can be done, the call to make, the order beside it. */
export function ExceptionPanel({ id }: { id: string }) {
  const word = useWord();
  const [offering, setOffering] = useState(false);
  const query = useQuery(oneQuery('/exceptions/{exceptionId}', { path: { exceptionId: id } }));
  if (query.isPending) return <Loading heightPx={320} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const exception = query.data;
  return (
    <div className="stack">
      <Panel
        title={
          <span className="row tight">
            {word('exceptionKind', exception.kind)} <span className="mono">{exception.no}</span>
            <StatusTag kind="exception" value={exception.state} />
          </span>
        }
      >
        <div className="stack">
          <Facts exception={exception} />
          <Actions exception={exception} onOffer={() => setOffering(true)} />
        </div>
      </Panel>
      <ContactPanel exception={exception} />
      <OrderBeside orderId={exception.orderId} />
      {offering && <OfferDialog exception={exception} onClose={() => setOffering(false)} />}
    </div>
  );
}
