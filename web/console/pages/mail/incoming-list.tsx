import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Tabs, Tag, type TableColumnsType } from 'antd';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { IncomingMail } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import './mail.css';

function Decide({ mail }: { mail: IncomingMail }) {
  const t = useT();
  const path = { incomingId: mail.id };
  const open = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/mail/incoming/{incomingId}/open-ticket', { path, idempotencyKey }),
  );
  const drop = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/mail/incoming/{incomingId}/drop', { path, idempotencyKey }),
  );
  const error = open.error ?? drop.error;
  return (
    <div className="stack tight">
      <span className="row tight">
        {mail.ticketId && (
          <Link to="/tickets/$id" params={{ id: mail.ticketId } as never}>
            {t('mail.toTicket')}
          </Link>
        )}
        {mail.may.includes('open_ticket') && (
          <Button size="small" loading={open.isPending} onClick={() => open.mutate({})}>
            {t('mail.openTicket')}
          </Button>
        )}
        {mail.may.includes('drop') && (
          <Button size="small" type="text" loading={drop.isPending} onClick={() => drop.mutate({})}>
            {t('mail.drop')}
          </Button>
        )}
      </span>
      {error && <ErrorState error={error} />}
    </div>
  );
}

function useColumns(): TableColumnsType<IncomingMail> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('mail.came'), width: 130, render: (_, r) => <TimeText at={r.cameAt} /> },
    {
      title: t('mail.from'),
      width: 220,
      render: (_, r) => (
        <span className="wrap">{r.from ? `${r.from.name} ${r.from.address}` : t('mail.noSender')}</span>
      ),
    },
    {
      title: t('mail.subject'),
      render: (_, r) => (
        <div className="stack tight">
          <span className="wrap">{r.subject || '–'}</span>
          {r.text && <span className="muted clamp2">{r.text}</span>}
        </div>
      ),
    },
    {
      title: t('mail.what'),
      width: 220,
      render: (_, r) => (
        <div className="stack tight">
          <span>
            <Tag>{word('mailWhat', r.what)}</Tag>
          </span>
          {r.why && <span className="muted wrap">{r.why.says}</span>}
        </div>
      ),
    },
    { title: '', width: 200, render: (_, r) => <Decide mail={r} /> },
  ];
}

/** Mail that came in: what waits for a decision, and all of it. */
export default function IncomingList() {
  const t = useT();
  const filters = useFilters(['view']);
  const { view, ...search } = filters.search;
  const isAll = view === 'all';
  const query = useQuery(
    listQuery('/mail/incoming', { ...search, limit: filters.limit, ...(isAll ? {} : { open: 'true' }) } as never),
  );
  return (
    <Page title={t('mail.incoming')} says={t('mail.incomingSays')}>
      <Tabs
        activeKey={isAll ? 'all' : 'held'}
        items={['held', 'all'].map((key) => ({ key, label: t(`mail.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key === 'all' ? 'all' : undefined })}
      />
      <DataTable
        query={query}
        columns={useColumns()}
        rowKey="id"
        filters={filters}
        empty={<EmptyState title={t(isAll ? 'mail.noMail' : 'mail.nothingHeld')} />}
      />
    </Page>
  );
}
