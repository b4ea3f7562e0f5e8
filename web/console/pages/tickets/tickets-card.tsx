import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listQuery, meQuery } from '../../../api/console.ts';
import { Panel } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { useT } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { NextClock } from './clock-badge.tsx';
import { NewTicketButton } from './new-ticket.tsx';

/** What tickets are about; of a case also how a new one begins. */
export type About = { orderId: string } | { customerId: string } | { caseId: string };

function Card({ about, category, mayCreate }: { about: About; category?: string | undefined; mayCreate: boolean }) {
  const t = useT();
  const rows = useQuery(listQuery('/tickets', { ...about, limit: 10 })).data?.items ?? [];
  return (
    <Panel
      title={t('ticket.list')}
      extra={mayCreate && <NewTicketButton {...about} {...(category ? { category } : {})} small />}
    >
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

/** The tickets about an order, of a customer or about a case, and where one opens another. */
export function TicketsCard({ about, category }: { about: About; category?: string }) {
  const { data: me } = useQuery(meQuery);
  if (!can(me, 'support.ticket.read')) return null;
  return <Card about={about} category={category} mayCreate={can(me, 'support.ticket.create')} />;
}
