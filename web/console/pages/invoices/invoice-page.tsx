import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Collapse, Descriptions, Table } from 'antd';
import type { ReactNode } from 'react';
import { oneQuery } from '../../../api/console.ts';
import type { Invoice } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { Clock, Who } from './clock.tsx';
import { InvoiceActions } from './invoice-actions.tsx';
import { QualificationButton } from './qualification-dialog.tsx';
import './invoices.css';

const BASIS_POINTS = 100;
const OPEN: readonly string[] = ['waiting_payment', 'pending_review', 'blocked', 'ready', 'issuing', 'failed'];

const To = ({ invoice }: { invoice: { id: string; no: string } }) => (
  <Link to="/finance/invoices/$id" params={{ id: invoice.id } as never} className="mono">
    {invoice.no}
  </Link>
);

function FactList({ facts }: { facts: Record<string, ReactNode> }) {
  const t = useT();
  return (
    <Descriptions
      column={1}
      size="small"
      items={Object.entries(facts)
        .filter(([, children]) => Boolean(children))
        .map(([key, children]) => ({ key, label: t(key), children }))}
    />
  );
}

function Facts({ invoice: i }: { invoice: Invoice }) {
  const t = useT();
  const word = useWord();
  const mono = (text: string | null | undefined) => text && <span className="mono wrap">{text}</span>;
  return (
    <Panel title={t('invoice.facts')}>
      <FactList
        facts={{
          'invoice.order': (
            <Link to="/orders/$id" params={{ id: i.orderId } as never} className="mono">
              {i.orderNo}
            </Link>
          ),
          'invoice.type': `${word('invoiceColor', i.color)} · ${word('invoiceType', i.type)} · ${word('invoiceMedium', i.medium)}`,
          'invoice.amount': <MoneyText value={i.amount} strong />,
          'invoice.tax': i.tax && <MoneyText value={i.tax} />,
          'invoice.reversed': i.reversed.amount > 0 && <MoneyText value={i.reversed} />,
          'invoice.redReason': i.reason && word('redReason', i.reason),
          'invoice.number': mono(i.number),
          'invoice.dueAt': i.dueAt && (
            <span className="row tight">
              <TimeText at={i.dueAt} /> {i.status !== 'issued' && <Clock invoice={{ ...i, issuedAt: null }} />}
            </span>
          ),
          'invoice.missedAt': i.missedAt && (
            <span className="zg-inv-late">
              <TimeText at={i.missedAt} />
            </span>
          ),
          'invoice.issuedAt': i.issuedAt && <TimeText at={i.issuedAt} />,
          'invoice.paidAt': i.paidAt && <TimeText at={i.paidAt} />,
          'invoice.appliedBy': <Who name={i.appliedBy} />,
          'invoice.provider': i.provider && word('invoiceProvider', i.provider),
          'invoice.serial': mono(i.serial),
          'invoice.blue': i.blue && <To invoice={i.blue} />,
          'invoice.replaces': i.replaces && <To invoice={i.replaces} />,
          'invoice.note': i.note && <span className="wrap">{i.note}</span>,
        }}
      />
    </Panel>
  );
}

function Buyer({ invoice: i }: { invoice: Invoice }) {
  const t = useT();
  const b = i.buyer;
  return (
    <Panel title={t('invoice.buyer')}>
      <FactList
        facts={{
          'invoice.titleName': <span className="wrap">{b.name}</span>,
          'invoice.taxId': b.taxId && <span className="mono">{b.taxId}</span>,
          'invoice.buyer.address': b.address && <span className="wrap">{b.address}</span>,
          'invoice.buyer.phone': b.phone,
          'invoice.buyer.bank': b.bank,
          'invoice.buyer.account': b.account && <span className="mono">{b.account}</span>,
          'invoice.email': b.email,
          'invoice.mailTo': b.mail && (
            <span className="wrap">
              {b.mail.name} {b.mail.phone} {b.mail.address}
            </span>
          ),
        }}
      />
    </Panel>
  );
}

function Paper({ invoice: { paper } }: { invoice: Invoice }) {
  const t = useT();
  if (!paper) return null;
  return (
    <Panel title={t('invoice.paper')}>
      <FactList
        facts={{
          'invoice.prints': String(paper.prints),
          'invoice.printedAt': paper.printedAt && <TimeText at={paper.printedAt} />,
          'invoice.waybillNo': paper.waybillNo && (
            <span className="wrap">
              {paper.carrier} <span className="mono">{paper.waybillNo}</span>
            </span>
          ),
          'invoice.mailedAt': paper.mailedAt && <TimeText at={paper.mailedAt} />,
          'invoice.receivedAt': paper.receivedAt && <TimeText at={paper.receivedAt} />,
        }}
      />
    </Panel>
  );
}

function Lines({ invoice }: { invoice: Invoice }) {
  const t = useT();
  const word = useWord();
  if (invoice.lines.length === 0) return null;
  const rate = (l: Invoice['lines'][number]): string =>
    l.policy === '03' || l.policy === '04' ? word('taxPolicy', l.policy) : `${l.rateBp / BASIS_POINTS}%`;
  return (
    <Panel title={t('invoice.lines')} flush>
      <Table
        size="middle"
        rowKey="lineNo"
        pagination={false}
        scroll={{ x: 720 }}
        dataSource={invoice.lines}
        columns={[
          {
            title: t('invoice.goods'),
            render: (_, l) => (
              <>
                <div className="clamp2">
                  *{l.shortName}*{l.title}
                </div>
                <div className="mono muted">{l.code}</div>
              </>
            ),
          },
          { title: t('invoice.quantity'), width: 80, align: 'right', render: (_, l) => `${l.quantity} ${l.unit}` },
          { title: t('invoice.rate'), width: 80, align: 'right', render: (_, l) => rate(l) },
          { title: t('invoice.tax'), width: 110, align: 'right', render: (_, l) => <MoneyText value={l.tax} /> },
          { title: t('invoice.amount'), width: 120, align: 'right', render: (_, l) => <MoneyText value={l.amount} /> },
          {
            title: t('invoice.reversed'),
            width: 120,
            align: 'right',
            render: (_, l) => (l.reversed.amount > 0 ? <MoneyText value={l.reversed} /> : '–'),
          },
        ]}
      />
    </Panel>
  );
}

function Reds({ invoice }: { invoice: Invoice }) {
  const t = useT();
  const word = useWord();
  if (invoice.reds.length === 0) return null;
  return (
    <Panel title={t('invoice.reds')}>
      <div className="zg-inv-cards">
        {invoice.reds.map((r) => (
          <div key={r.id} className="row tight">
            <To invoice={r} />
            <StatusTag kind="invoice" value={r.status} />
            <MoneyText value={{ ...r.amount, amount: -r.amount.amount }} />
            <span className="muted">{r.reason && word('redReason', r.reason)}</span>
            <span className="mono muted">{r.number}</span>
          </div>
        ))}
      </div>
    </Panel>
  );
}

function Exchanges({ invoiceId }: { invoiceId: string }) {
  const t = useT();
  const word = useWord();
  const query = useQuery(oneQuery('/invoices/{invoiceId}/exchanges', { path: { invoiceId } }));
  const shown = (value: unknown): string => JSON.stringify(value, null, 2);
  return (
    <Panel title={t('invoice.exchanges')}>
      {query.isPending && <Loading heightPx={80} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && <EmptyState title={t('invoice.noExchanges')} />}
      {query.data && query.data.items.length > 0 && (
        <Collapse
          size="small"
          items={query.data.items.map((e) => ({
            key: e.id,
            label: (
              <span className="row tight">
                <TimeText at={e.at} />
                <span>{word('exchange', e.direction)}</span>
                <span className="mono wrap">{e.method}</span>
                <span className="muted wrap">{e.outcome}</span>
                <span className="muted">{t('invoice.ms', { ms: e.tookMs })}</span>
              </span>
            ),
            children: (
              <>
                <strong>{t('invoice.sent')}</strong>
                <pre className="zg-inv-said">{shown(e.sent)}</pre>
                <strong>{t('invoice.answered')}</strong>
                <pre className="zg-inv-said">{shown(e.answered)}</pre>
              </>
            ),
          }))}
        />
      )}
    </Panel>
  );
}

function Notes({ invoice: i }: { invoice: Invoice }) {
  const t = useT();
  const word = useWord();
  const goods = i.missing.map((m) => `${m.title}（${m.sku}）`).join('、');
  return (
    <>
      {i.attention && OPEN.concat('confirming').includes(i.status) && (
        <Alert
          type={i.status === 'failed' ? 'error' : 'warning'}
          showIcon
          title={word('invoiceAttention', i.attention)}
          description={
            <span className="wrap">
              {i.missing.length > 0 ? t('invoice.missingCodes', { goods }) : i.failure}
              {i.missing.length > 0 && (
                <>
                  {' '}
                  <Link to="/finance/tax-codes">{t('nav.taxCodes')}</Link>
                </>
              )}
            </span>
          }
        />
      )}
      {i.status === 'pending_review' && (
        <Alert
          type="info"
          showIcon
          title={t(i.paused ? 'invoice.waitsForDocuments' : 'invoice.waitsForReview')}
          action={<QualificationButton invoice={i} />}
        />
      )}
      {i.status === 'rejected' && i.failure && <Alert type="error" showIcon title={i.failure} />}
      {i.confirmation && i.status === 'confirming' && (
        <Alert
          type="info"
          showIcon
          title={`${t('invoice.confirmation')} · ${word('confirmation', i.confirmation.state)} ${i.confirmation.number ?? ''}`}
          description={i.confirmation.dueAt && <TimeText at={i.confirmation.dueAt} relative />}
        />
      )}
    </>
  );
}

/** One invoice or red letter: what it says, what waits, what was said to the provider, and what may be done. */
export default function InvoicePage() {
  const t = useT();
  const word = useWord();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({
    ...oneQuery('/invoices/{invoiceId}', { path: { invoiceId: id } }),
    refetchInterval: ({ state }) => (state.data && ['ready', 'issuing'].includes(state.data.status) ? 2_000 : false),
  });
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('invoice.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const invoice = query.data;
  return (
    <Page
      title={
        <span className="row">
          {invoice.color === 'red' && <span className="zg-inv-late">{t('invoice.red')}</span>}
          <span className="mono">{invoice.no}</span>
          <StatusTag kind="invoice" value={invoice.status} />
        </span>
      }
      extra={<InvoiceActions invoice={invoice} />}
    >
      <Notes invoice={invoice} />
      <div className="zg-two">
        <div className="stack">
          <Lines invoice={invoice} />
          <Reds invoice={invoice} />
          <Exchanges invoiceId={invoice.id} />
          <Panel title={t('invoice.history')}>
            <Timeline
              entries={invoice.moves
                .map((m, i) => ({
                  key: String(i),
                  at: m.at,
                  text: `${word('invoiceMove', m.event)}${m.note ? ` · ${m.note}` : ''}`,
                  by: m.by === 'customer' || m.by === 'system' ? word('actor', m.by) : m.by,
                  tone: /fail|reject|overdue/.test(m.event)
                    ? ('bad' as const)
                    : m.event === 'issued'
                      ? ('good' as const)
                      : ('plain' as const),
                }))
                .toReversed()}
            />
          </Panel>
        </div>
        <div className="stack">
          <Facts invoice={invoice} />
          <Buyer invoice={invoice} />
          <Paper invoice={invoice} />
        </div>
      </div>
    </Page>
  );
}
