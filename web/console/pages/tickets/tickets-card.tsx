import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listQuery, meQuery } from '../../../api/console.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { NextClock } from './clock-badge.tsx';
import { NewTicketButton } from './new-ticket.tsx';

function Card({ about, mayCreate }: { about: { orderId: string } | { customerId: string }; mayCreate: boolean }) {
  const t = useT();
  const rows = useQuery(listQuery('/tickets', { ...about, limit: 10 })).data?.items ?? [];
  return (
    <Panel title={t('ticket.list')} extra={mayCreate && <NewTicketButton {...about} small />}>
      <div className="stack">
        {rows.map((r) => (
          <div key={r.id} className="stack tight">
            <span className="row tight">
              <Link to="/tickets/$id" params={{ id: r.id } as never} className="mono">
                {r.no}
              </Link>
              <StatusTag kind="ticket" value={r.state} />
              <NextClock clocks={r.clocks} />
            </span>
            <span className="clamp2">{r.subject}</span>
          </div>
        ))}
        {rows.length === 0 && <span className="muted">{t('ticket.none')}</span>}
      </div>
    </Panel>
  );
}

/** The tickets about an order or of a customer, and where one opens another. */
export function TicketsCard({ about }: { about: { orderId: string } | { customerId: string } }) {
  const { data: me } = useQuery(meQuery);
  if (!can(me, 'support.ticket.read')) return null;
  return <Card about={about} mayCreate={can(me, 'support.ticket.create')} />;
}
