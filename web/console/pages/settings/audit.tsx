import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { listQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { AuditEntry, AuditVerdict } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, DaysFilter, FilterBar, SearchFilter } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { ErrorState } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';

const FILTERS = ['q', 'actorKind', 'action', 'subjectId', 'from', 'to'] as const;
const ACTOR_KINDS = ['user', 'key', 'system', 'customer', 'public'];

function useColumns(): TableColumnsType<AuditEntry> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('audit.at'), width: 130, render: (_, entry) => <TimeText at={entry.at} /> },
    {
      title: t('audit.actor'),
      width: 170,
      render: (_, entry) => <span className="wrap">{entry.actor.name || word('actor', entry.actor.kind)}</span>,
    },
    { title: t('audit.action'), width: 220, render: (_, entry) => <span className="mono">{entry.action}</span> },
    {
      title: t('audit.subject'),
      width: 220,
      render: (_, entry) => (
        <span className="wrap">{entry.subject.label ?? `${entry.subject.kind} ${entry.subject.id}`}</span>
      ),
    },
    { title: t('audit.summary'), render: (_, entry) => <span className="clamp2">{entry.summary}</span> },
  ];
}

function EntryDrawer({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const t = useT();
  return (
    <Drawer open size={640} title={entry.action} onClose={onClose}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'at', label: t('audit.at'), children: <TimeText at={entry.at} /> },
          { key: 'actor', label: t('audit.actor'), children: entry.actor.name },
          {
            key: 'subject',
            label: t('audit.subject'),
            children: <span className="mono">{`${entry.subject.kind} ${entry.subject.id}`}</span>,
          },
          { key: 'summary', label: t('audit.summary'), children: <span className="wrap">{entry.summary}</span> },
          { key: 'request', label: t('audit.request'), children: <span className="mono">{entry.requestId}</span> },
          { key: 'seq', label: t('audit.seq'), children: entry.seq },
          { key: 'hash', label: t('audit.hash'), children: <span className="mono">{entry.hash}</span> },
        ]}
      />
      {entry.changes != null && (
        <pre
          className="mono"
          style={{ whiteSpace: 'pre-wrap', padding: 12, background: 'var(--sunken)', borderRadius: 6 }}
        >
          {JSON.stringify(entry.changes, null, 2)}
        </pre>
      )}
    </Drawer>
  );
}

/** What everyone did, unchangeable: the chain of hashes is verified on demand. */
export default function Audit() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(FILTERS);
  const query = useQuery(listQuery<AuditEntry>('/audit', { ...filters.search, limit: filters.limit }));
  const verify = useMutation({ mutationFn: () => client.get<AuditVerdict>('/audit/verify') });
  const columns = useColumns();
  const [open, setOpen] = useState<AuditEntry>();
  const verdict = verify.data;
  return (
    <Page
      title={t('audit.title')}
      extra={
        <Button icon={<SafetyCertificateOutlined />} loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
      }
    >
      {verify.isError && <ErrorState error={verify.error} />}
      {verdict && (
        <Alert
          type={verdict.ok ? 'success' : 'error'}
          showIcon
          closable={{ onClose: verify.reset }}
          title={t(verdict.ok ? 'audit.ok' : 'audit.broken', { checked: verdict.checked, seq: verdict.brokenAt })}
        />
      )}
      <FilterBar filters={filters}>
        <SearchFilter filters={filters} placeholder={t('audit.search')} />
        <ChoiceFilter
          filters={filters}
          name="actorKind"
          label={t('audit.actor')}
          options={ACTOR_KINDS.map((value) => ({ value, label: word('actor', value) }))}
        />
        <DaysFilter filters={filters} from="from" to="to" />
      </FilterBar>
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} onOpen={setOpen} minWidthPx={1000} />
      {open && <EntryDrawer entry={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
