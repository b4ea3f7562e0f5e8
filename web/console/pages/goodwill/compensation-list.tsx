import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import { listQuery } from '../../../api/console.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page } from '../../../ui/components/page.tsx';
import { EmptyState } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useFilters } from '../../../ui/use-filters.ts';
import { Given } from './compensation-text.tsx';
import { client } from '../../../api/instance.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { PayeeButton, PayeeText, PayOutButton } from './pay-out-button.tsx';
import { type Compensation, KINDS, STATES } from './words.ts';

function Beyond({ row }: { row: Compensation }) {
  const t = useT();
  return (
    <>
      {row.beyondLimit && <Tag color="warning">{t('goodwill.beyondLimit')}</Tag>}
      {row.beyondBudget && <Tag color="warning">{t('goodwill.beyondBudget')}</Tag>}
    </>
  );
}

function RevokeButton({ row }: { row: Compensation }) {
  const t = useT();
  const revoke = useSubmit((note: string, idempotencyKey) =>
    client.post('/after-sales/compensations/{compensationId}/revoke', {
      path: { compensationId: row.id },
      body: { note },
      idempotencyKey,
    }),
  );
  return (
    <ConfirmButton danger title={t('goodwill.revokeSays')} reason="required" act={(note) => revoke.mutateAsync(note)}>
      {t('goodwill.revoke')}
    </ConfirmButton>
  );
}

/** What may be done with it now. */
function Acts({ row }: { row: Compensation }) {
  const t = useT();
  return (
    <>
      {row.may.includes('set_payee') && row.payee === null && <PayeeButton row={row} />}
      {row.may.includes('pay_out') && <PayOutButton row={row} />}
      {row.may.includes('revoke') && <RevokeButton row={row} />}
      {row.status === 'requested' && (
        <Link to="/approvals">
          <Button size="small" type="link">
            {t('goodwill.toApprovals')}
          </Button>
        </Link>
      )}
    </>
  );
}

function useColumns(): TableColumnsType<Compensation> {
  const t = useT();
  const word = useWord();
  return [
    {
      title: t('goodwill.no'),
      width: 170,
      render: (_, r) => (
        <>
          <div className="mono">{r.no}</div>
          <Link to="/orders/$id" params={{ id: r.orderId } as never} className="mono">
            {r.orderNo}
          </Link>
        </>
      ),
    },
    {
      title: t('goodwill.status'),
      width: 130,
      render: (_, r) => (
        <>
          <StatusTag kind="compensation" value={r.status} />
          <div>
            <Beyond row={r} />
          </div>
        </>
      ),
    },
    {
      title: t('goodwill.what'),
      width: 220,
      render: (_, r) => (
        <>
          <Given row={r} />
          <PayeeText row={r} />
        </>
      ),
    },
    {
      title: t('ui.reason'),
      render: (_, r) => (
        <>
          <div className="row tight">
            {word('caseReason', r.reason)} <Tag>{word('severity', r.severity)}</Tag>
          </div>
          <div className="wrap clamp2">{r.note}</div>
          {r.revoked?.note && <div className="wrap muted">{`${r.revoked.by} · ${r.revoked.note}`}</div>}
        </>
      ),
    },
    {
      title: t('goodwill.by'),
      width: 160,
      render: (_, r) => (
        <>
          <div className="wrap">{r.requestedBy}</div>
          <TimeText at={r.requestedAt} />
          {r.decidedBy && r.decidedBy !== r.requestedBy && <div className="wrap muted">{r.decidedBy}</div>}
        </>
      ),
    },
    { key: 'do', width: 130, align: 'right', render: (_, r) => <Acts row={r} /> },
  ];
}

/** What customers were given for their trouble, and what waits for somebody. */
export default function CompensationList() {
  const t = useT();
  const word = useWord();
  const filters = useFilters(['state', 'kind', 'toPay', 'orderId']);
  const query = useQuery(listQuery('/after-sales/compensations', { ...filters.search, limit: filters.limit } as never));
  const columns = useColumns();
  return (
    <Page
      title={t('goodwill.title')}
      says={t('goodwill.says')}
      extra={
        <Link to="/after-sales/compensation-settings">
          <Button>{t('goodwill.settings')}</Button>
        </Link>
      }
    >
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="state"
          label={t('goodwill.status')}
          options={STATES.map((value) => ({ value, label: word('status.compensation', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('goodwill.kind')}
          options={KINDS.map((value) => ({ value, label: word('compensationKind', value) }))}
        />
        <ChoiceFilter
          filters={filters}
          name="toPay"
          label={t('goodwill.toPay')}
          options={[{ value: 'true', label: t('goodwill.toPay') }]}
        />
      </FilterBar>
      <DataTable
        query={query as never}
        columns={columns}
        rowKey="id"
        filters={filters}
        minWidthPx={1000}
        empty={<EmptyState title={t('goodwill.none')} />}
      />
    </Page>
  );
}
