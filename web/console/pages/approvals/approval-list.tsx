import { useQuery } from '@tanstack/react-query';
import { Tabs, type TableColumnsType } from 'antd';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Approval } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { can } from '../../permissions.ts';

const VIEWS = ['to_decide', 'mine', 'all'] as const;

/** Facts of a request in words: numbers and codes, each by its name. */
function Facts({ facts }: { facts: Approval['facts'] }) {
  const word = useWord();
  return (
    <span className="row tight">
      {Object.entries(facts).map(([name, value]) => (
        <span key={name} className="wrap">
          <span className="muted">{word('fact', name)}</span>{' '}
          {typeof value === 'number' ? value.toLocaleString() : String(value)}
        </span>
      ))}
    </span>
  );
}

function ApprovalActions({ approval }: { approval: Approval }) {
  const t = useT();
  const path = { approvalId: approval.id };
  const approve = useSubmit((note: string, idempotencyKey) =>
    client.post('/approvals/{approvalId}/approve', { path, body: note ? { note } : {}, idempotencyKey }),
  );
  const reject = useSubmit((note: string, idempotencyKey) =>
    client.post('/approvals/{approvalId}/reject', { path, body: { note }, idempotencyKey }),
  );
  const withdraw = useSubmit((_: Record<never, never>, idempotencyKey) =>
    client.post('/approvals/{approvalId}/withdraw', { path, body: {}, idempotencyKey }),
  );
  return (
    <span className="row tight" style={{ justifyContent: 'flex-end' }}>
      {approval.may.includes('approve') && (
        <ConfirmButton
          size="small"
          type="primary"
          title={t('approval.approve')}
          says={t('approval.approveSays')}
          reason="optional"
          reasonLabel={t('approval.note')}
          act={(note) => approve.mutateAsync(note)}
        >
          {t('approval.approve')}
        </ConfirmButton>
      )}
      {approval.may.includes('reject') && (
        <ConfirmButton
          size="small"
          danger
          title={t('approval.reject')}
          reason="required"
          reasonLabel={t('approval.note')}
          act={(note) => reject.mutateAsync(note)}
        >
          {t('approval.reject')}
        </ConfirmButton>
      )}
      {approval.may.includes('withdraw') && (
        <ConfirmButton size="small" title={t('approval.withdraw')} act={() => withdraw.mutateAsync({})}>
          {t('approval.withdraw')}
        </ConfirmButton>
      )}
    </span>
  );
}

function useColumns(): TableColumnsType<Approval> {
  const t = useT();
  const word = useWord();
  return [
    { title: t('approval.kind'), width: 160, render: (_, row) => word('approvalKind', row.kind) },
    { title: t('approval.facts'), render: (_, row) => <Facts facts={row.facts} /> },
    { title: t('approval.state'), width: 100, render: (_, row) => <StatusTag kind="approval" value={row.state} /> },
    {
      title: t('approval.requestedBy'),
      width: 150,
      render: (_, row) => (
        <>
          <div className="wrap">{row.requestedByName}</div>
          <TimeText at={row.requestedAt} />
        </>
      ),
    },
    {
      title: t('approval.decided'),
      width: 200,
      render: (_, row) =>
        row.decidedAt ? (
          <>
            <div className="wrap">{row.decidedByName}</div>
            <div className="clamp2 muted">{row.note}</div>
          </>
        ) : (
          <span className="muted">
            {t('approval.expires')} <TimeText at={row.expiresAt} relative />
          </span>
        ),
    },
    { key: 'actions', width: 190, align: 'right', render: (_, row) => <ApprovalActions approval={row} /> },
  ];
}

/** What waits for this person's decision, and what became of their own requests. */
export default function ApprovalList() {
  const t = useT();
  const filters = useFilters(['view']);
  const seesAll = can(useQuery(meQuery).data, 'approvals.request.read');
  const view = VIEWS.find((name) => name === filters.search.view) ?? 'to_decide';
  const query = useQuery(listQuery('/approvals', { ...filters.search, view, limit: filters.limit }));
  const columns = useColumns();
  return (
    <Page title={t('approval.list')} says={t('approval.says')}>
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={VIEWS.filter((name) => name !== 'all' || seesAll).map((key) => ({
          key,
          label: t(`approval.view.${key}`),
        }))}
        onChange={(key) => filters.set({ view: key })}
      />
      <DataTable query={query} columns={columns} rowKey="id" filters={filters} minWidthPx={960} />
    </Page>
  );
}
