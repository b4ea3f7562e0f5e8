import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem } from '../../../api/problem.ts';
import { portalPass } from '../../../api/portal.ts';
import { agreementsOfTicketQuery, myTicketQuery, type MyTicket } from '../../../api/portal-tickets.ts';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { Link } from '../../link.tsx';
import { goInstead } from '../../location.ts';
import { Failed, Heading, Wait } from '../../page.tsx';
import { FeedbackCard } from '../feedback-card.tsx';
import { Conversation } from './conversation.tsx';
import { Reply } from './reply.tsx';

/** What was promised, in words: by when, or that it is late. */
function Promises({ ticket }: { ticket: MyTicket }) {
  const t = useT();
  const shown = ticket.promises.filter((p) => p.state !== 'kept');
  if (shown.length === 0) return null;
  return (
    <ul className="zp-promises">
      {shown.map((p) => (
        <li key={p.metric} data-late={p.state === 'late'}>
          {t(`portal.promise.${p.metric}.${p.state}`)}{' '}
          {p.dueAt && p.state !== 'paused' && (
            <strong>
              <TimeText at={p.dueAt} />
            </strong>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How far a complaint has come. */
function Progress({ ticket }: { ticket: MyTicket }) {
  const t = useT();
  if (ticket.steps.length === 0) return null;
  const next = ticket.steps.findIndex((s) => s.at === null);
  return (
    <section className="zp-card" aria-labelledby="ticket-steps">
      <h2 id="ticket-steps">{t('portal.ticket.progress')}</h2>
      <ol className="zp-way">
        {ticket.steps.map((s, i) => (
          <li
            key={s.step}
            data-state={s.at ? 'done' : i === next ? 'now' : 'ahead'}
            aria-current={i === next ? 'step' : undefined}
          >
            <span>{t(`portal.ticketStep.${s.step}`)}</span>
            <span className="muted">{s.at ? <TimeText at={s.at} /> : i === next ? t('portal.case.now') : ''}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The settlement that waits for a signature, or was signed. */
function Agreements({ ticketId }: { ticketId: string }) {
  const t = useT();
  const items = useQuery(agreementsOfTicketQuery(ticketId)).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="zp-card" aria-labelledby="ticket-agreements">
      <h2 id="ticket-agreements">{t('portal.agreement.title')}</h2>
      <ul className="zp-list">
        {items.map((a) => (
          <li key={a.id}>
            <Link to={`/portal/tickets/${ticketId}/agreement/${a.id}`} className="zp-row">
              <span style={{ minWidth: 0 }}>
                <strong className="mono">{a.no}</strong> {a.amount.amount > 0 && <MoneyText value={a.amount} strong />}
                <span className="clamp2 muted">{a.measures}</span>
                {a.state === 'open' && (
                  <span className="muted">
                    {t('portal.agreement.until')} <TimeText at={a.expiresAt} />
                  </span>
                )}
              </span>
              <span className="zp-row-end">
                {a.state === 'open' ? (
                  <em className="zp-tag">{t('portal.ticket.toSign')}</em>
                ) : (
                  t(`portal.agreementState.${a.state}`)
                )}
                <span aria-hidden> ›</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Status({ ticket }: { ticket: MyTicket }) {
  const t = useT();
  const word = useWord();
  const toOrder = portalPass.get()?.orderId === undefined ? `/portal/orders/${ticket.orderId}` : '/portal/order';
  return (
    <section className="zp-card">
      <Heading title={ticket.subject} back={{ to: '/portal/tickets', label: t('portal.myTickets') }} />
      <p>
        <strong>{word('portal.ticketState', ticket.state)}</strong>
        {ticket.closedAt && (
          <span className="muted">
            {' '}
            <TimeText at={ticket.closedAt} />
          </span>
        )}
      </p>
      <p>{t(`portal.ticketStateSays.${ticket.state}`)}</p>
      <Promises ticket={ticket} />
      <dl className="zp-facts">
        <dt>{t('portal.ticket.no')}</dt>
        <dd className="mono">{ticket.no}</dd>
        <dt>{t('portal.ticket.category')}</dt>
        <dd>{ticket.categoryName}</dd>
        {ticket.orderNo && (
          <>
            <dt>{t('portal.orderNo')}</dt>
            <dd>
              <Link to={toOrder} className="zp-inline mono">
                {ticket.orderNo}
              </Link>
            </dd>
          </>
        )}
        {ticket.follows && (
          <>
            <dt>{t('portal.ticket.follows')}</dt>
            <dd>
              <Link to={`/portal/tickets/${ticket.follows.id}`} className="zp-inline mono">
                {ticket.follows.no}
              </Link>
            </dd>
          </>
        )}
        {ticket.merged.length > 0 && (
          <>
            <dt>{t('portal.ticket.merged')}</dt>
            <dd className="mono wrap">{ticket.merged.map((m) => m.no).join(' ')}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** One ticket: where it stands, what was promised, what was said, and writing back. A merged one leads to where it goes on. */
export default function TicketPage({ ticketId }: { ticketId: string }) {
  const t = useT();
  const query = useQuery(myTicketQuery(ticketId));
  const into = query.data?.mergedInto?.id;
  useEffect(() => {
    if (into) goInstead(`/portal/tickets/${into}`);
  }, [into]);
  if (query.isPending || into) return <Wait />;
  if (!query.data) {
    if (query.error instanceof ApiProblem && query.error.status === 404)
      return (
        <section className="zp-card" role="status">
          <Heading title={t('portal.ticket.unknown')} back={{ to: '/portal/tickets', label: t('portal.myTickets') }} />
          <p>{t('portal.ticket.unknownSays')}</p>
        </section>
      );
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  }
  const ticket = query.data;
  return (
    <>
      <Status ticket={ticket} />
      <Agreements ticketId={ticket.id} />
      {ticket.reply !== 'goes_on' && <FeedbackCard of={{ ticketId: ticket.id }} />}
      <Progress ticket={ticket} />
      <Conversation ticketId={ticket.id} />
      <Reply ticket={ticket} />
    </>
  );
}
