import { useQuery } from '@tanstack/react-query';
import { ticketsOfOrderQuery } from '../../../api/portal-tickets.ts';
import { useT } from '../../../ui/i18n.ts';
import { Link } from '../../link.tsx';
import { useMine } from '../../mine.tsx';
import { TicketRow } from './my-tickets.tsx';

/** What the customer came with about this order; what waits for their signature stands on top. */
export function TicketsCard() {
  const t = useT();
  const { orderId } = useMine();
  const items = useQuery(ticketsOfOrderQuery(orderId)).data?.items;
  if (!items) return null;
  const waiting = items.filter((ticket) => ticket.toSign > 0);
  return (
    <>
      {waiting.length > 0 && (
        <section className="zp-card zp-urgent" aria-labelledby="order-to-sign">
          <h2 id="order-to-sign">{t('portal.ticket.agreementsWait')}</h2>
          <ul className="zp-list">
            {waiting.map((ticket) => (
              <li key={ticket.id}>
                <TicketRow ticket={ticket} isOfOrder />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="zp-card" aria-labelledby="order-tickets">
        <h2 id="order-tickets">{t('portal.ticket.ofOrder')}</h2>
        <ul className="zp-list">
          {items
            .filter((ticket) => ticket.toSign === 0)
            .map((ticket) => (
              <li key={ticket.id}>
                <TicketRow ticket={ticket} isOfOrder />
              </li>
            ))}
        </ul>
        <Link to={`/portal/tickets/new?order=${orderId}`} className="zp-button zp-second zp-go">
          {t('portal.ticket.askAboutOrder')}
        </Link>
      </section>
    </>
  );
}
