import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Descriptions } from 'antd';
import { listQuery, oneQuery } from '../../../api/console.ts';
import type { Statement } from '../../../api/types.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { ChoiceFilter, FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { type Filters, useFilters } from '../../../ui/use-filters.ts';
import { StatementActions } from './statement-actions.tsx';
import { useItemColumns } from './statement-columns.tsx';
import { ITEM_KINDS } from './words.ts';
import './settlements.css';

/** Kind by kind what adds up to what is paid; each opens its rows. */
function Sums({ statement: s, filters }: { statement: Statement; filters: Filters }) {
  const t = useT();
  const word = useWord();
  const money = (amount: number) => <MoneyText value={{ amount, currency: s.currency }} strong />;
  const rows = ITEM_KINDS.flatMap((kind) => s.byKind.filter((k) => k.kind === kind));
  return (
    <table className="zg-settle-sums">
      <tbody>
        {rows.map((row) => (
          <tr key={row.kind}>
            <td>
              <Button type="link" onClick={() => filters.set({ kind: row.kind, cursor: undefined })}>
                {word('itemKind', row.kind)}
              </Button>
            </td>
            <td>{t('settle.lines', { n: row.items })}</td>
            <td>{money(row.amount)}</td>
          </tr>
        ))}
        <tr>
          <td>
            <strong>{t('settle.payable')}</strong>
          </td>
          <td>
            <Button type="link" onClick={() => filters.clear()}>
              {t('settle.lines', { n: s.items })}
            </Button>
          </td>
          <td>{money(s.payable)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Facts({ statement: s }: { statement: Statement }) {
  const t = useT();
  const word = useWord();
  const facts = {
    'settle.party': (
      <Link to="/finance/parties/$id" params={{ id: s.partyId } as never} className="wrap">
        {s.party}
      </Link>
    ),
    'settle.kind': word('partyKind', s.kind),
    'settle.period': s.from === s.to ? s.from : `${s.from} – ${s.to}`,
    'settle.dueOn': s.dueOn,
    'settle.agreement': `V${s.agreement}`,
    'settle.account': <span className="wrap">{s.account ?? t(s.own ? 'settle.own' : 'settle.noAccount')}</span>,
    'settle.submittedBy': s.submittedBy,
    'settle.approvedBy': s.approvedBy,
    'settle.hash': s.hash && <span className="mono wrap">{s.hash.slice(0, 16)}…</span>,
  };
  return (
    <Descriptions
      size="small"
      column={1}
      items={Object.entries(facts)
        .filter(([, children]) => Boolean(children))
        .map(([key, children]) => ({ key, label: t(key), children }))}
    />
  );
}

function History({ statement: s }: { statement: Statement }) {
  const word = useWord();
  return (
    <ul className="zg-settle-history">
      {s.moves.toReversed().map((m) => (
        <li key={`${m.at} ${m.event}`}>
          <TimeText at={m.at} /> <strong>{word('statementEvent', m.event)}</strong>{' '}
          <span className="muted">{word('actor', m.by)}</span>
          {m.note && <div className="wrap">{m.note}</div>}
        </li>
      ))}
    </ul>
  );
}

function Payouts({ statement: s }: { statement: Statement }) {
  if (s.payouts.length === 0) return null;
  return (
    <ul className="zg-settle-history">
      {s.payouts.map((p) => (
        <li key={p.id}>
          <Link to="/finance/payouts/$id" params={{ id: p.batchId } as never} className="mono">
            {p.no}
          </Link>{' '}
          <StatusTag kind="payout" value={p.state} /> <MoneyText value={{ amount: p.amount, currency: s.currency }} />
          <div className="muted wrap">{p.reference ?? p.reason}</div>
        </li>
      ))}
    </ul>
  );
}

function Lines({ statementId, filters }: { statementId: string; filters: Filters }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(
    listQuery('/settlements/items', { ...filters.search, statementId, limit: filters.limit } as never),
  );
  return (
    <>
      <FilterBar filters={filters}>
        <ChoiceFilter
          filters={filters}
          name="kind"
          label={t('settle.itemKind')}
          options={ITEM_KINDS.map((value) => ({ value, label: word('itemKind', value) }))}
        />
      </FilterBar>
      <DataTable query={query as never} columns={useItemColumns()} rowKey="id" filters={filters} minWidthPx={980} />
    </>
  );
}

/** One statement: what it adds up to, what was done with it, and every line. */
export default function StatementPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const filters = useFilters(['kind']);
  const query = useQuery(oneQuery('/settlements/statements/{statementId}', { path: { statementId: id } }));
  if (query.isPending) return <Loading />;
  const s = query.data;
  if (!s) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Page
      title={
        <span className="row">
          {t('settle.statement')} <span className="mono">{s.no}</span>
          <StatusTag kind="statement" value={s.state} />
        </span>
      }
      extra={<StatementActions statement={s} />}
    >
      {s.dispute && <Alert type="warning" showIcon title={t('settle.inDispute')} description={s.dispute} />}
      <div className="zg-two">
        <div className="stack">
          <Panel title={t('settle.sums')}>
            <Sums statement={s} filters={filters} />
          </Panel>
          <Panel title={t('settle.history')}>
            <History statement={s} />
          </Panel>
        </div>
        <Panel title={t('settle.facts')}>
          <Facts statement={s} />
          <Payouts statement={s} />
        </Panel>
      </div>
      <Lines statementId={s.id} filters={filters} />
    </Page>
  );
}
