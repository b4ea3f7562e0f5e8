import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Descriptions, Drawer, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { AuditEvent } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

const FILTERS = ['key', 'type', 'from', 'to'] as const;
const MODULES = [
  'orders.',
  'payments.',
  'invoicing.',
  'inventory.',
  'fulfilment.',
  'shipping.',
  'catalog.',
  'identity.',
  'kernel.',
];

/** Who did it: by name, else by kind. */
function useActorName(): (event: AuditEvent) => string {
  const word = useWord();
  return (event) => event.actor.name || word('actor', event.actor.kind);
}

function useColumns(): TableColumnsType<AuditEvent> {
  const t = useT();
  const actorName = useActorName();
  return [
    { title: t('audit.at'), width: 130, render: (_, event) => <TimeText at={event.at} /> },
    { title: t('audit.actor'), width: 170, render: (_, event) => <span className="wrap">{actorName(event)}</span> },
    { title: t('audit.summary'), render: (_, event) => <span className="clamp2">{event.summary}</span> },
    { title: t('audit.type'), width: 260, render: (_, event) => <span className="mono">{event.type}</span> },
    {
      title: t('audit.subject'),
      width: 120,
      render: (_, event) => (
        <span className="mono muted" title={event.key}>
          …{event.key.slice(-8)}
        </span>
      ),
    },
  ];
}

function EventDrawer({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const t = useT();
  const actorName = useActorName();
  const isOrder = event.type.startsWith('orders.order');
  return (
    <Drawer open size={640} title={<span className="wrap">{event.summary}</span>} onClose={onClose}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'at', label: t('audit.at'), children: <TimeText at={event.at} /> },
          { key: 'actor', label: t('audit.actor'), children: <span className="wrap">{actorName(event)}</span> },
          { key: 'type', label: t('audit.type'), children: <span className="mono">{event.type}</span> },
          {
            key: 'subject',
            label: t('audit.subject'),
            children: isOrder ? (
              <Link to="/orders/$id" params={{ id: event.key } as never} className="mono">
                {event.key}
              </Link>
            ) : (
              <span className="mono">{event.key}</span>
            ),
          },
          { key: 'request', label: t('audit.request'), children: <span className="mono">{event.requestId}</span> },
          { key: 'seq', label: t('audit.seq'), children: event.seq },
        ]}
      />
      <pre className="mono zg-json">{JSON.stringify(event.data, null, 2)}</pre>
    </Drawer>
  );
}

/** The verdict on the chain of seals, said in one line. */
function useVerify() {
  const t = useT();
  const word = useWord();
  const verify = useMutation({ mutationFn: () => client.get('/audit/verify') });
  const verdict = verify.data;
  const says = verdict?.breach
    ? t('audit.broken', { seal: verdict.breach.seal, kind: word('breach', verdict.breach.kind) })
    : t('audit.ok', { events: verdict?.events ?? 0, seals: verdict?.seals ?? 0 });
  return {
    button: (
      <Button icon={<SafetyCertificateOutlined />} loading={verify.isPending} onClick={() => verify.mutate()}>
        {t('audit.verify')}
      </Button>
    ),
    answer: verify.isError ? (
      <ErrorState error={verify.error} />
    ) : (
      verdict && (
        <Alert type={verdict.ok ? 'success' : 'error'} showIcon closable={{ onClose: verify.reset }} title={says} />
      )
    ),
  };
}

/** Everything that happened, unchangeable: the chain of seals is verified on demand. */
export default function Audit() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(FILTERS);
  const query = useQuery(listQuery('/audit/events', { ...filters.search, limit: filters.limit }));
  const { button, answer } = useVerify();
  const columns = useColumns();
  const [open, setOpen] = useState<AuditEvent>();
  return (
    <Page title={t('audit.title')} extra={button}>
      {answer}
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} name="key" placeholder={t('audit.search')} />
        <ChoiceFilter
          filters={filters}
          name="type"
          label={t('audit.module')}
          options={MODULES.map((value) => ({ value, label: word('module', value.slice(0, -1)) }))}
        />
        <DaysFilter filters={filters} from="from" to="to" />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="seq" filters={filters} onOpen={setOpen} minWidthPx={1000} />
      {open && <EventDrawer event={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
