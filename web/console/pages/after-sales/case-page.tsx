import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Table, Tag } from 'antd';
import { oneQuery } from '../../../api/console.ts';
import type { AfterSalesCase } from '../../../api/types.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useCarrierName } from '../orders/order-parcels.tsx';
import { TicketsCard } from '../tickets/tickets-card.tsx';
import { FileThumbs } from '../../file-thumbs.tsx';
import { CaseActions } from './case-actions.tsx';
import { FactList } from './fact-list.tsx';
import { FeePanel } from './fee-panel.tsx';
import './after-sales.css';

function Goods({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  return (
    <Panel title={t('case.goods')} flush>
      <Table
        size="middle"
        rowKey="lineId"
        pagination={false}
        scroll={{ x: 620 }}
        dataSource={of.lines}
        columns={[
          {
            title: t('case.goods'),
            render: (_, l) => (
              <>
                <div className="clamp2">{l.title}</div>
                <div className="mono muted">
                  {l.sku}
                  {l.wanted && l.wanted !== l.sku && ` → ${l.wanted}`}
                </div>
                {l.inspections.map((i, n) => (
                  <div key={n} className="muted wrap">
                    {i.quantity} × {i.grade} · {word('disposition', i.disposition)}
                    {!i.accepted && ` · ${t('case.notAccepted')}`}
                    {i.deduction.amount > 0 && (
                      <>
                        {' · −'}
                        <MoneyText value={i.deduction} />
                      </>
                    )}
                    {i.note && ` · ${i.note}`}
                  </div>
                ))}
              </>
            ),
          },
          { title: t('case.asked'), width: 80, align: 'right', render: (_, l) => l.quantity },
          { title: t('case.unsent'), width: 90, align: 'right', render: (_, l) => l.unsent || '–' },
          { title: t('case.received'), width: 80, align: 'right', render: (_, l) => l.received || '–' },
          { title: t('case.acceptedUnits'), width: 80, align: 'right', render: (_, l) => l.accepted || '–' },
        ]}
      />
    </Panel>
  );
}

function Money({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  const { refund } = of;
  if (refund.breakdown.length === 0 && refund.legs.length === 0 && refund.ahead.amount === 0) return null;
  return (
    <Panel title={t(refund.granted ? 'case.refundGranted' : 'case.refundPreview')}>
      <div className="zg-as-sum">
        {refund.breakdown.map((b, n) => (
          <div key={n}>
            <span className="wrap">{b.text}</span>
            <MoneyText value={b.amount} />
          </div>
        ))}
        <div>
          <strong>{t('case.refund')}</strong>
          <MoneyText value={refund.amount} strong />
        </div>
      </div>
      {refund.ahead.amount > 0 && (
        <p className="muted">
          {t('case.ahead')} <MoneyText value={refund.ahead} />
        </p>
      )}
      {refund.pointsFollow && <p className="muted">{t('case.pointsFollow')}</p>}
      {refund.legs.map((l) => (
        <div key={l.refundId} className="row tight">
          <MoneyText value={l.amount} />
          <Tag>{word('caseLeg', l.state)}</Tag>
          {l.external ? (
            <span className="muted">{t('case.external')}</span>
          ) : (
            <Link to="/refunds" className="muted">
              {t('nav.refunds')}
            </Link>
          )}
        </div>
      ))}
      {of.debts.map((d) => (
        <Alert
          key={d.id}
          type={d.state === 'open' ? 'warning' : 'info'}
          showIcon
          title={
            <span className="row tight">
              {word('caseDebt', d.why)} <MoneyText value={d.amount} /> {word('caseDebtState', d.state)}
            </span>
          }
        />
      ))}
    </Panel>
  );
}

function Policy({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  const { policy } = of;
  return (
    <Panel
      title={t('case.policy')}
      extra={
        <Tag color={policy.decision === 'refused' ? 'error' : policy.decision === 'instant' ? 'success' : 'processing'}>
          {word('caseDecision', policy.decision)}
        </Tag>
      }
    >
      <p className="wrap">{policy.text}</p>
      <FactList
        facts={{
          'case.clause': <span className="mono">{policy.clause}</span>,
          'case.freight': word('caseFreight', policy.freight),
          'case.evidenceWanted': policy.evidence !== 'none' && word('caseEvidence', policy.evidence),
          'case.windowEndsAt': policy.windowEndsAt && <TimeText at={policy.windowEndsAt} />,
          'case.goodwill': of.goodwill && word('caseGoodwill', of.goodwill),
        }}
      />
    </Panel>
  );
}

function Facts({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  return (
    <Panel title={t('case.facts')}>
      <FactList
        facts={{
          'case.order': (
            <Link to="/orders/$id" params={{ id: of.orderId } as never} className="mono">
              {of.orderNo}
            </Link>
          ),
          'case.customer': `${of.customer.name} ${of.customer.phone}`,
          'case.reason': `${word('caseReason', of.reason)}${of.said ? `（${of.said}）` : ''}`,
          'case.description': of.description && <span className="wrap">{of.description}</span>,
          'case.diagnosis': of.diagnosis && <span className="wrap">{of.diagnosis}</span>,
          'case.note': of.note && <span className="wrap">{of.note}</span>,
          'case.owner': of.owner?.name,
          'case.due': of.dueAt && (
            <span className={of.overdue ? 'zg-as-late' : ''}>
              <TimeText at={of.dueAt} relative /> {of.dueKind && word('caseDue', of.dueKind)}
            </span>
          ),
          'case.verdict': of.verdict && (
            <span className="wrap">
              <strong>{t(`case.verdict.${of.verdict.verdict}`)}</strong> {of.verdict.note}
            </span>
          ),
          'case.followUp': of.followUp && (
            <span className="wrap">
              {t(of.followUp.satisfied ? 'case.satisfied' : 'case.unsatisfied')} {of.followUp.note}
            </span>
          ),
        }}
      />
    </Panel>
  );
}

/** What was written down with a step, in words: some of it is codes. */
function useNote(): (event: string, note: string) => string {
  const t = useT();
  const word = useWord();
  const carrierName = useCarrierName();
  return (event, note) => {
    if (event === 'offer') return word('caseType', note);
    if (event === 'answer') return t(`case.answer.${note}`);
    if (event !== 'ship') return note;
    const [carrier = '', ...rest] = note.split(' ');
    return `${carrierName(carrier)} ${rest.join(' ')}`;
  };
}

function Moving({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  const carrierName = useCarrierName();
  const { returning: r, replacement, repair } = of;
  const waybill = (carrier: string | null, no: string) => (
    <span className="wrap">
      {carrier && carrierName(carrier)} <span className="mono">{no}</span>
    </span>
  );
  const moved = r.waybillNo || r.warehouse || replacement || repair?.amount || r.sentBack || r.pickup;
  if (!moved) return null;
  return (
    <Panel title={t('case.moving')}>
      <FactList
        facts={{
          'case.warehouse': r.warehouse?.name,
          'case.pickup': r.pickup && (
            <span className="wrap">
              {carrierName(r.pickup.carrier)} · {word('pickup', r.pickup.state)} · <TimeText at={r.pickup.from} />
            </span>
          ),
          'case.returning': r.waybillNo && waybill(r.carrier, r.waybillNo),
          'case.receivedAt': r.receivedAt && <TimeText at={r.receivedAt} />,
          'case.sentBack': r.sentBack && waybill(r.sentBack.carrier, r.sentBack.waybillNo),
          'case.replacement': replacement && (
            <span className="row tight">
              <Link to="/orders/$id" params={{ id: replacement.orderId } as never} className="mono">
                {replacement.orderNo}
              </Link>
              <StatusTag kind="order" value={replacement.status} />
              {replacement.due.amount > 0 && <MoneyText value={replacement.due} />}
            </span>
          ),
          'case.fee': repair?.amount && !repair.fee && <MoneyText value={repair.amount} />,
          'case.feeReference': repair?.paidBy,
        }}
      />
    </Panel>
  );
}

function Steps({ of }: { of: AfterSalesCase }) {
  const word = useWord();
  return (
    <div className="zg-as-steps">
      {of.steps.map((s) => (
        <div key={s.step} data-reached={s.at !== null}>
          <div>{word('caseStep', s.step)}</div>
          <div className="muted">{s.at === null ? '–' : <TimeText at={s.at} />}</div>
        </div>
      ))}
    </div>
  );
}

function Evidence({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  if (of.evidence.length === 0) return null;
  return (
    <Panel title={t('case.evidence')}>
      <FileThumbs
        files={of.evidence}
        at={(e, isSmall) => `/api/v1/after-sales/${of.id}/evidence/${e.fileId}${isSmall ? '/thumbnail' : ''}`}
        says={(e) => word('casePurpose', e.purpose)}
      />
    </Panel>
  );
}

function Offers({ of }: { of: AfterSalesCase }) {
  const t = useT();
  const word = useWord();
  if (of.offers.length === 0) return null;
  return (
    <Panel title={t('case.offers')}>
      <div className="zg-as-rows">
        {of.offers.map((o) => (
          <div key={o.id} className="row tight">
            <strong>{word('caseType', o.kind)}</strong>
            {o.amount && <MoneyText value={o.amount} />}
            <Tag>{word('caseOffer', o.state)}</Tag>
            <span className="muted wrap">{o.note}</span>
            <TimeText at={o.madeAt} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

/** Where a ticket about a case belongs, unless it is said otherwise. */
const TICKET_CATEGORY: Partial<Record<AfterSalesCase['type'], string>> = {
  return: 'aftersales/return',
  refund: 'aftersales/return',
  exchange: 'aftersales/exchange',
  repair: 'aftersales/repair',
};

/** Whether money is waited for that comes or goes by itself. */
const isMoneyMoving = (of: AfterSalesCase | undefined): boolean =>
  of?.status === 'refunding' || of?.repair?.fee?.status === 'due';

/** One case: goods, policy, money, what was shown and what happened, and what may be done now; all on one screen. */
export default function CasePage() {
  const t = useT();
  const word = useWord();
  const { id } = useParams({ strict: false }) as { id: string };
  const noteOf = useNote();
  const query = useQuery({
    ...oneQuery('/after-sales/{caseId}', { path: { caseId: id } }),
    refetchInterval: ({ state }) => (isMoneyMoving(state.data) ? 3_000 : false),
  });
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('case.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const of = query.data;
  return (
    <Page
      title={
        <span className="row">
          <span className="mono">{of.no}</span>
          <span>{word('caseType', of.type)}</span>
          <StatusTag kind="case" value={of.status} />
          {of.vip && <Tag color="gold">VIP</Tag>}
        </span>
      }
      extra={<CaseActions of={of} />}
    >
      <Steps of={of} />
      <div className="zg-two">
        <div className="stack">
          <Goods of={of} />
          <Money of={of} />
          <FeePanel of={of} />
          <Offers of={of} />
          <Evidence of={of} />
          <Panel title={t('case.history')}>
            <Timeline
              entries={of.history
                .map((m) => ({
                  key: String(m.n),
                  at: m.at,
                  text: `${word('caseEvent', m.event)}${m.note ? ` · ${noteOf(m.event, m.note)}` : ''}`,
                  by: word('actor', m.actor),
                  tone: /reject|overrule|expire|never_came|fail|cancel/.test(m.event)
                    ? ('bad' as const)
                    : /approve|settle|uphold/.test(m.event)
                      ? ('good' as const)
                      : ('plain' as const),
                }))
                .toReversed()}
            />
          </Panel>
        </div>
        <div className="stack">
          <Policy of={of} />
          <Facts of={of} />
          <Moving of={of} />
          <TicketsCard about={{ caseId: of.id }} category={TICKET_CATEGORY[of.type] ?? 'aftersales'} />
        </div>
      </div>
    </Page>
  );
}
