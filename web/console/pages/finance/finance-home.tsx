import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Table } from 'antd';
import type { ReactNode } from 'react';
import { listQuery, meQuery, oneQuery } from '../../../api/console.ts';
import type { FinanceSummary } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { CountText, MoneyText } from '../../../ui/components/text.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { can } from '../../permissions.ts';
import { ChannelBalances, MoneyByDay } from './money-charts.tsx';
import '../home.css';

const APPROVALS_MAX = 100;

/** What accounts hold or owe, each a link to its postings. */
function Balances({ balances }: { balances: NonNullable<FinanceSummary['balances']> }) {
  return (
    <div className="zg-figures">
      {balances.map((b) => (
        <Link
          key={`${b.account} ${b.currency}`}
          to="/finance/ledger/$code"
          params={{ code: b.account } as never}
          search={{ currency: b.currency } as never}
          className="zg-figure"
        >
          <span className="muted wrap">{b.name}</span>
          <strong style={b.balance < 0 ? { color: 'var(--bad)', fontSize: 20 } : { fontSize: 20 }}>
            <MoneyText value={{ amount: b.balance, currency: b.currency }} />
          </strong>
        </Link>
      ))}
    </div>
  );
}

/** Something that waits: how many, how much, and where they are. */
function Waiting(props: {
  to: string;
  search: Record<string, string>;
  count: number;
  label: string;
  extra?: ReactNode;
}) {
  return (
    <Link to={props.to as never} search={props.search as never} data-none={props.count === 0}>
      <strong>
        <CountText value={props.count} />
      </strong>
      <span className="wrap">{props.label}</span>
      <span className="muted">{props.extra}</span>
    </Link>
  );
}

const SETTLEMENTS = {
  draft: { state: 'draft,rejected' },
  submitted: { state: 'submitted' },
  payable: { state: 'approved,failed' },
  paying: { state: 'paying' },
  failed: { state: 'failed' },
  disputed: { disputed: 'true' },
} as const;

function Settlements({ of, currency }: { of: NonNullable<FinanceSummary['settlements']>; currency: string }) {
  const t = useT();
  return (
    <Panel title={t('finance.settlements')}>
      <div className="zg-todo">
        {(Object.keys(SETTLEMENTS) as (keyof typeof SETTLEMENTS)[]).map((name) => (
          <Waiting
            key={name}
            to="/finance/settlements"
            search={SETTLEMENTS[name]}
            count={of[name].count}
            label={t(`finance.settlement.${name}`)}
            extra={of[name].count > 0 && <MoneyText value={{ amount: of[name].amount, currency }} />}
          />
        ))}
      </div>
      {of.overdue.count > 0 && (
        <p className="wrap" style={{ color: 'var(--bad)', marginBottom: 0 }}>
          {t('finance.overdue', { n: of.overdue.count })}{' '}
          <MoneyText value={{ amount: of.overdue.amount, currency }} strong />
        </p>
      )}
    </Panel>
  );
}

function Refunds({ of, currency }: { of: NonNullable<FinanceSummary['refunds']>; currency: string }) {
  const t = useT();
  const approvals = useQuery(listQuery('/approvals', { view: 'to_decide', state: 'pending', limit: APPROVALS_MAX }));
  const money = (sum: { count: number; amount: number }) =>
    sum.count > 0 && <MoneyText value={{ amount: sum.amount, currency }} />;
  return (
    <Panel title={t('finance.decide')}>
      <div className="zg-todo">
        <Waiting
          to="/refunds"
          search={{ status: 'abnormal' }}
          count={of.abnormal.count}
          label={t('finance.abnormal')}
          extra={money(of.abnormal)}
        />
        <Waiting
          to="/refunds"
          search={{ status: 'processing' }}
          count={of.processing.count}
          label={t('finance.processing')}
          extra={money(of.processing)}
        />
        <Waiting
          to="/approvals"
          search={{ view: 'to_decide' }}
          count={approvals.data?.items.length ?? 0}
          label={t('finance.approvals')}
        />
      </div>
    </Panel>
  );
}

/** What waits, and how the list of invoices is asked for it. */
const INVOICES = {
  dueSoon: { view: 'due_soon' },
  overdue: { view: 'overdue' },
  failed: { view: 'all', state: 'failed' },
  blocked: { view: 'all', state: 'blocked' },
  pendingReview: { view: 'pending_review' },
} as const;

/** Invoices somebody waits for. */
function Invoices() {
  const t = useT();
  const { data } = useQuery(oneQuery('/invoices/summary'));
  if (!data) return null;
  return (
    <Panel title={t('finance.invoices')}>
      <div className="zg-todo">
        {(Object.keys(INVOICES) as (keyof typeof INVOICES)[]).map((name) => (
          <Waiting
            key={name}
            to="/finance/invoices"
            search={INVOICES[name]}
            count={data[name]}
            label={t(`finance.invoice.${name}`)}
          />
        ))}
        <Waiting
          to="/finance/invoice-qualifications"
          search={{}}
          count={data.qualifications}
          label={t('finance.invoice.qualifications')}
        />
      </div>
    </Panel>
  );
}

/** What moved at the bank and nobody has explained. */
function Bank({ currency }: { currency: string }) {
  const t = useT();
  const { data } = useQuery(oneQuery('/bank-lines/sums', { query: { state: 'open' } }));
  if (!data) return null;
  return (
    <Panel title={t('finance.bank')}>
      <div className="zg-todo">
        {(['in', 'out'] as const).map((side) => {
          const sum = data.items.find((i) => i.side === side);
          return (
            <Waiting
              key={side}
              to="/finance/bank"
              search={{ state: 'open', side }}
              count={sum?.lines ?? 0}
              label={t(`bank.open.${side}`)}
              extra={sum && <MoneyText value={{ amount: sum.left, currency }} />}
            />
          );
        })}
      </div>
    </Panel>
  );
}

type Aged = NonNullable<FinanceSummary['differences']>[number];
const AGES = ['today', 'days', 'week', 'older'] as const;

/** Open differences by kind and age: what is old is what matters. */
function Differences({ rows }: { rows: NonNullable<FinanceSummary['differences']> }) {
  const t = useT();
  const word = useWord();
  return (
    <Panel title={t('finance.differences')} flush>
      {rows.length === 0 ? (
        <EmptyState title={t('finance.noDifferences')} />
      ) : (
        <Table<Aged>
          size="small"
          rowKey="kind"
          pagination={false}
          dataSource={rows}
          scroll={{ x: 300 }}
          columns={[
            {
              title: t('recon.kind'),
              render: (_, r) => (
                <Link to="/finance/differences" search={{ kind: r.kind, state: 'unsettled' } as never}>
                  {word('reconKind', r.kind)}
                </Link>
              ),
            },
            ...AGES.map((age) => ({
              title: t(`finance.age.${age}`),
              key: age,
              align: 'right' as const,
              render: (_: unknown, r: Aged) => (
                <Link to="/finance/differences" search={{ kind: r.kind, state: 'unsettled' } as never}>
                  <span style={age === 'older' && r[age] > 0 ? { color: 'var(--bad)', fontWeight: 600 } : {}}>
                    <CountText value={r[age]} />
                  </span>
                </Link>
              ),
            })),
          ]}
        />
      )}
    </Panel>
  );
}

/** Finance's first page: where the money stands, how it moved, and what waits. Only what the person may see is there. */
export default function FinanceHome() {
  const t = useT();
  const me = useQuery(meQuery).data;
  const query = useQuery({ ...oneQuery('/finance/summary'), refetchInterval: 60_000 });
  if (query.isPending) return <Loading heightPx={480} />;
  const f = query.data;
  if (!f) {
    return (
      <Page title={t('finance.title')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const { currency } = f;
  const hasMoved = f.days?.some((d) => d.moneyIn !== 0 || d.refunds !== 0 || d.fees !== 0);
  return (
    <Page title={t('finance.title')} says={t('finance.says')}>
      {f.balances && f.balances.length > 0 && <Balances balances={f.balances} />}
      <div className="zg-two">
        <div className="stack">
          {f.days && f.channels && (
            <>
              <Panel title={t('finance.byDay')}>
                {hasMoved ? (
                  <MoneyByDay days={f.days} channels={f.channels} currency={currency} />
                ) : (
                  <EmptyState title={t('finance.noMoney')} />
                )}
              </Panel>
              {f.channels.length > 0 && (
                <Panel title={t('finance.channelBalances')}>
                  <ChannelBalances days={f.days} channels={f.channels} currency={currency} />
                </Panel>
              )}
            </>
          )}
          {f.differences && <Differences rows={f.differences} />}
        </div>
        <div className="stack">
          {f.settlements && <Settlements of={f.settlements} currency={currency} />}
          {f.refunds && <Refunds of={f.refunds} currency={currency} />}
          {can(me, 'invoicing.invoice.read') && <Invoices />}
          {can(me, 'payments.bank.read') && <Bank currency={currency} />}
        </div>
      </div>
    </Page>
  );
}
