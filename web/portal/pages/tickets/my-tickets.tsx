import { useInfiniteQuery } from '@tanstack/react-query';
import { portalPass } from '../../../api/portal.ts';
import { myTicketsQuery, type MyTicketSummary } from '../../../api/portal-tickets.ts';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { Link } from '../../link.tsx';
import { MainNav } from '../../main-nav.tsx';
import { Failed, Heading, Nothing, Wait } from '../../page.tsx';

/** One ticket in a list: what it is about, where it stands, and whether something waits for the customer. */
export function TicketRow({ ticket, isOfOrder }: { ticket: MyTicketSummary; isOfOrder?: boolean }) {
  const t = useT();
  const word = useWord();
  return (
    <Link to={`/portal/tickets/${ticket.id}`} className="zp-row">
      <span style={{ minWidth: 0 }}>
        <strong className="clamp2">{ticket.subject}</strong>
        <span className="muted">
          {ticket.categoryName} · <TimeText at={ticket.openedAt} />
        </span>
        {ticket.orderNo && !isOfOrder && (
          <span className="muted wrap">
            {' '}
            · {t('portal.orderNo')} <span className="mono">{ticket.orderNo}</span>
          </span>
        )}
      </span>
      <span className="zp-row-end">
        {ticket.toSign > 0 ? (
          <em className="zp-tag">{t('portal.ticket.toSign')}</em>
        ) : (
          <span>{word('portal.ticketState', ticket.state)}</span>
        )}
        <span aria-hidden> ›</span>
      </span>
    </Link>
  );
}

/** Everything the customer has come with, the newest first. */
export default function MyTickets() {
  const t = useT();
  const query = useInfiniteQuery(myTicketsQuery);
  const tickets = query.data?.pages.flatMap((page) => page.items) ?? [];
  const orderId = portalPass.get()?.orderId;
  return (
    <>
      <Heading
        title={t('portal.myTickets')}
        back={orderId === undefined ? undefined : { to: '/portal/order', label: t('portal.toOrder') }}
      />
      {orderId === undefined && <MainNav current="tickets" />}
      <Link to="/portal/tickets/new" className="zp-button zp-go">
        {t('portal.ticket.new')}
      </Link>
      {query.isPending && <Wait />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && tickets.length === 0 && <Nothing>{t('portal.noTickets')}</Nothing>}
      {tickets.length > 0 && (
        <section className="zp-card">
          <ul className="zp-list">
            {tickets.map((ticket) => (
              <li key={ticket.id}>
                <TicketRow ticket={ticket} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {query.hasNextPage && (
        <button
          type="button"
          className="zp-button zp-second"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t(query.isFetchingNextPage ? 'ui.loading' : 'portal.ticket.more')}
        </button>
      )}
    </>
  );
}
