import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Descriptions, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { listQuery, oneQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Party } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { ConfirmButton } from '../../../ui/components/confirm-button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { type Filters, useFilters } from '../../../ui/use-filters.ts';
import { ExportButton } from '../finance/export-button.tsx';
import { AccountDialog, AgreementDialog } from './party-dialogs.tsx';
import { AdjustDialog } from './statement-actions.tsx';
import { useItemColumns, useStatementColumns } from './statement-columns.tsx';
import { useTermsText } from './terms-form.tsx';
import './settlements.css';

function Agreements({ party }: { party: Party }) {
  const t = useT();
  const text = useTermsText();
  const word = useWord();
  return (
    <ul className="zg-settle-history">
      {party.agreements.map((a) => (
        <li key={a.id}>
          <strong>V{a.no}</strong> <TimeText at={a.effectiveFrom} />{' '}
          {a.inForce && <Tag color="success">{t('settle.inForce')}</Tag>}{' '}
          <span className="muted">{word('actor', a.createdBy)}</span>
          <div className="wrap">{text(a.terms, party.currency).join(' · ')}</div>
          {a.note && <div className="muted wrap">{a.note}</div>}
        </li>
      ))}
    </ul>
  );
}

function Accounts({ party }: { party: Party }) {
  const t = useT();
  const decide = useSubmit(
    ({ approvalId, what, note }: { approvalId: string; what: string; note: string }, idempotencyKey) => {
      const request = { path: { approvalId }, body: { note }, idempotencyKey };
      return what === 'approve'
        ? client.post('/approvals/{approvalId}/approve', request)
        : client.post('/approvals/{approvalId}/reject', request);
    },
  );
  if (party.accounts.length === 0) return <EmptyState title={t(party.own ? 'settle.own' : 'settle.noAccount')} />;
  return (
    <ul className="zg-settle-history">
      {party.accounts.map((a) => (
        <li key={a.id}>
          <span className="row tight">
            <StatusTag kind="payeeAccount" value={a.state} />
            <span className="wrap">{a.masked}</span>
          </span>
          <div className="muted">
            {a.proposedBy} <TimeText at={a.proposedAt} /> {a.decidedBy && `→ ${a.decidedBy}`}
          </div>
          {a.may.length > 0 && (
            <span className="row tight">
              {a.may.map((what) => (
                <ConfirmButton
                  key={what}
                  size="small"
                  type={what === 'approve' ? 'primary' : 'default'}
                  title={t(`settle.account.${what}`)}
                  says={a.masked}
                  reason={what === 'approve' ? 'optional' : 'required'}
                  act={(note) => decide.mutateAsync({ approvalId: a.approvalId ?? '', what, note })}
                >
                  {t(`settle.account.${what}`)}
                </ConfirmButton>
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Facts({ party: p }: { party: Party }) {
  const t = useT();
  const word = useWord();
  const money = (amount: number) => <MoneyText value={{ amount, currency: p.currency }} strong />;
  const facts = {
    'settle.kind': word('partyKind', p.kind),
    'settle.settledThrough': p.settledThrough,
    'settle.balance': money(p.balance),
    'settle.openAmount': (
      <Link to="." search={{ view: 'open' } as never}>
        {money(p.open.amount)}
      </Link>
    ),
    ...(p.kind === 'shop' ? {} : { 'settle.code': <span className="mono">{p.reference}</span> }),
  };
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, lg: 4 }}
      items={Object.entries(facts).map(([key, children]) => ({ key, label: t(key), children }))}
    />
  );
}

function Statements({ partyId, filters }: { partyId: string; filters: Filters }) {
  const navigate = useNavigate();
  const { view: _view, ...search } = filters.search;
  const query = useQuery(listQuery('/settlements/statements', { ...search, partyId, limit: filters.limit } as never));
  return (
    <DataTable
      query={query as never}
      columns={useStatementColumns({ party: false })}
      rowKey="id"
      filters={filters}
      minWidthPx={1160}
      onOpen={({ id }) => void navigate({ to: '/finance/settlements/$id', params: { id } as never })}
    />
  );
}

function Items({ partyId, filters, open }: { partyId: string; filters: Filters; open: boolean }) {
  const { view: _view, ...search } = filters.search;
  const query = useQuery(
    listQuery('/settlements/items', {
      ...search,
      partyId,
      limit: filters.limit,
      ...(open ? { open: 'true' } : {}),
    } as never),
  );
  return <DataTable query={query as never} columns={useItemColumns()} rowKey="id" filters={filters} minWidthPx={980} />;
}

const DIALOGS = ['agree', 'account', 'adjust'] as const;
type Dialog = (typeof DIALOGS)[number];

function Actions({ party, onDialog }: { party: Party; onDialog: (dialog: Dialog) => void }) {
  const t = useT();
  const navigate = useNavigate();
  const build = useSubmit(
    (_: Record<never, never>, idempotencyKey) =>
      client.post('/settlements/parties/{partyId}/build', { path: { partyId: party.id }, body: {}, idempotencyKey }),
    { onSuccess: ({ id }) => void navigate({ to: '/finance/settlements/$id', params: { id } } as never) },
  );
  return (
    <>
      <ExportButton kind="settlement" label={t('settle.exportLines')} filters={{ partyId: party.id }} />
      {DIALOGS.map(
        (what) =>
          party.may.includes(what) && (
            <Button key={what} onClick={() => onDialog(what)}>
              {t(`settle.do.${what === 'agree' ? 'agreement' : what}`)}
            </Button>
          ),
      )}
      {party.may.includes('build') && (
        <ConfirmButton title={t('settle.do.build')} says={t('settle.do.buildSays')} act={() => build.mutateAsync({})}>
          {t('settle.do.build')}
        </ConfirmButton>
      )}
    </>
  );
}

const VIEWS = ['statements', 'open', 'items'] as const;

/** Whom is settled with: what was agreed, where money goes, and everything that was or is to be settled. */
export default function PartyPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const filters = useFilters(['view']);
  const query = useQuery(oneQuery('/settlements/parties/{partyId}', { path: { partyId: id } }));
  const [dialog, setDialog] = useState<Dialog>();
  if (query.isPending) return <Loading />;
  const party = query.data;
  if (!party) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const view = VIEWS.find((v) => v === filters.search.view) ?? 'statements';
  return (
    <Page title={party.name} extra={<Actions party={party} onDialog={setDialog} />}>
      <Panel>
        <Facts party={party} />
      </Panel>
      <div className="zg-two">
        <div className="stack">
          <Panel title={t('settle.agreements')}>
            <Agreements party={party} />
          </Panel>
        </div>
        <Panel title={t('settle.account')}>
          <Accounts party={party} />
        </Panel>
      </div>
      <Tabs
        activeKey={view}
        tabBarGutter={24}
        style={{ marginBottom: -16 }}
        items={VIEWS.map((key) => ({ key, label: t(`settle.view.${key}`) }))}
        onChange={(key) => filters.set({ view: key, cursor: undefined })}
      />
      {view === 'statements' ? (
        <Statements partyId={party.id} filters={filters} />
      ) : (
        <Items partyId={party.id} filters={filters} open={view === 'open'} />
      )}
      {dialog === 'agree' && <AgreementDialog party={party} onClose={() => setDialog(undefined)} />}
      {dialog === 'account' && <AccountDialog partyId={party.id} onClose={() => setDialog(undefined)} />}
      {dialog === 'adjust' && <AdjustDialog partyId={party.id} onClose={() => setDialog(undefined)} />}
    </Page>
  );
}
