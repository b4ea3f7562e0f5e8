import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Descriptions, Form, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { listQuery, meQuery } from '../../../api/console.ts';
import { client } from '../../../api/instance.ts';
import type { Ticket, TicketClock } from '../../../api/types.ts';
import { useSubmit } from '../../../api/use-submit.ts';
import { Page, Panel } from '../../../ui/components/page.tsx';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { StatusTag } from '../../../ui/components/status-tag.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { useT, useWord } from '../../../ui/i18n.ts';
import { useHotkeys } from '../../../ui/use-hotkeys.ts';
import { TicketMail } from '../mail/ticket-mail.tsx';
import { CalculationButton } from './calculation.tsx';
import { ClockBadge } from './clock-badge.tsx';
import { ComplaintPanel } from './complaint-panel.tsx';
import { Conversation } from './conversation.tsx';
import { FormButton } from '../../form-button.tsx';
import { ticketQuery } from './queries.ts';
import { METRICS } from './words.ts';
import { TicketActions } from './ticket-actions.tsx';
import './tickets.css';

const To = ({ ticket }: { ticket: { id: string; no: string; state: string } }) => (
  <span className="row tight">
    <Link to="/tickets/$id" params={{ id: ticket.id } as never} className="mono">
      {ticket.no}
    </Link>
    <StatusTag kind="ticket" value={ticket.state} />
  </span>
);

const inOrder = (a: TicketClock, b: TicketClock): number =>
  METRICS.indexOf(a.metric) - METRICS.indexOf(b.metric) || a.cycle - b.cycle;

function Clocks({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const word = useWord();
  return (
    <Panel title={t('ticket.clocks')} extra={<CalculationButton ticket={ticket} />}>
      <div className="stack tight">
        {ticket.clocks.toSorted(inOrder).map((c) => (
          <div key={`${c.metric}/${c.cycle}`}>
            <ClockBadge clock={c} />
          </div>
        ))}
        {ticket.verdict !== 'open' && <div className="muted">{word('ticketVerdict', ticket.verdict)}</div>}
      </div>
    </Panel>
  );
}

function Facts({ ticket: x }: { ticket: Ticket }) {
  const t = useT();
  const word = useWord();
  const row = (key: string, children: React.ReactNode) => ({ key, label: t(`ticket.${key}`), children });
  return (
    <Panel title={t('ticket.facts')}>
      <Descriptions
        column={1}
        size="small"
        items={[
          row('category', x.categoryName),
          row('severity', word('ticketSeverity', x.severity)),
          row('priority', word('ticketPriority', x.priority)),
          row('channel', word('ticketChannel', x.channel)),
          row('team', x.team?.name ?? '–'),
          row('assignee', x.assignee?.name ?? t('ticket.nobody')),
          row('openedAt', <TimeText at={x.openedAt} />),
          ...(x.escalation > 0 ? [row('escalation', String(x.escalation))] : []),
          ...(x.tags.length > 0
            ? [
                row(
                  'tags',
                  <span className="row tight">
                    {x.tags.map((tag) => (
                      <Tag key={tag}>{tag}</Tag>
                    ))}
                  </span>,
                ),
              ]
            : []),
          ...(x.cc.length > 0 ? [row('cc', <span className="wrap">{x.cc.join(', ')}</span>)] : []),
        ]}
      />
    </Panel>
  );
}

/** Who it is about, with what else they came with. */
function CustomerPanel({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const { customer } = ticket;
  const others = useQuery({
    ...listQuery('/tickets', { customerId: customer?.id ?? '', limit: 6 }),
    enabled: customer !== null,
  });
  const rows = (others.data?.items ?? []).filter((r) => r.id !== ticket.id);
  return (
    <Panel title={t('ticket.customer')}>
      {customer ? (
        <div className="stack tight">
          <Link to="/customers/$id" params={{ id: customer.id } as never}>
            {customer.name || customer.phone || t('ticket.customer')}
          </Link>
          <span className="muted">{customer.phone}</span>
          {rows.length > 0 && <span className="muted">{t('ticket.others')}</span>}
          {rows.map((r) => (
            <div key={r.id} className="stack tight">
              <To ticket={r} />
              <span className="clamp2 muted">{r.subject}</span>
            </div>
          ))}
        </div>
      ) : (
        <span className="muted">{t('ticket.noCustomer')}</span>
      )}
    </Panel>
  );
}

const LINKS = [
  'order',
  'ticket',
  'after_sale',
  'parcel',
  'shipment',
  'exception',
  'claim',
  'invoice',
  'payment',
] as const;
const PAGES: Partial<Record<string, string>> = {
  order: '/orders/$id',
  after_sale: '/after-sales/$id',
  ticket: '/tickets/$id',
  claim: '/claims/$id',
  invoice: '/finance/invoices/$id',
};

function LinkButton({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const word = useWord();
  const path = { ticketId: ticket.id };
  return (
    <FormButton<{ kind: (typeof LINKS)[number]; ref: string; label?: string }>
      label={t('ticket.addLink')}
      initial={{ kind: 'order' }}
      fields={
        <>
          <Form.Item name="kind" label={t('ticket.linkKind')}>
            <Select options={LINKS.map((value) => ({ value, label: word('ticketLink', value) }))} />
          </Form.Item>
          <Form.Item name="ref" label={t('ticket.linkRef')} rules={[{ required: true, message: t('ui.required') }]}>
            <Input maxLength={60} className="mono" />
          </Form.Item>
          <Form.Item name="label" label={t('ticket.linkLabel')}>
            <Input maxLength={100} />
          </Form.Item>
        </>
      }
      send={({ label, ...values }, idempotencyKey) =>
        client.post('/tickets/{ticketId}/links', {
          path,
          body: { ...values, ...(label ? { label } : {}) },
          idempotencyKey,
        })
      }
    />
  );
}

/** Of a link to an after-sales case what it is and how it stands. */
function CaseNow({ of }: { of: Ticket['cases'][number] | undefined }) {
  const word = useWord();
  if (!of) return null;
  return (
    <>
      <span>{word('caseType', of.type)}</span>
      <StatusTag kind="case" value={of.status} />
    </>
  );
}

function Links({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const word = useWord();
  const path = { ticketId: ticket.id };
  const drop = useSubmit((l: Ticket['links'][number]) =>
    client.delete('/tickets/{ticketId}/links/{linkKind}/{refId}', { path: { ...path, linkKind: l.kind, refId: l.id } }),
  );
  return (
    <Panel title={t('ticket.links')} extra={ticket.may.includes('edit') && <LinkButton ticket={ticket} />}>
      <div className="zg-links">
        {ticket.follows && (
          <span className="row tight">
            {t('ticket.follows')} <To ticket={ticket.follows} />
          </span>
        )}
        {ticket.merged.map((m) => (
          <span key={m.id} className="row tight">
            {t('ticket.mergedIn')} <To ticket={m} />
          </span>
        ))}
        {ticket.links.map((l) => (
          <span key={`${l.kind}${l.id}`} className="row tight">
            <span className="muted">{word('ticketLink', l.kind)}</span>
            {PAGES[l.kind] ? (
              <Link to={PAGES[l.kind] as never} params={{ id: l.id } as never} className="mono wrap">
                {l.label}
              </Link>
            ) : (
              <span className="mono wrap">{l.label}</span>
            )}
            <CaseNow of={ticket.cases.find((c) => c.id === l.id)} />
            {ticket.may.includes('edit') && (
              <Button
                size="small"
                type="text"
                aria-label={t('ticket.unlink', { label: l.label })}
                onClick={() => drop.mutate(l)}
              >
                ×
              </Button>
            )}
          </span>
        ))}
        {ticket.links.length === 0 && !ticket.follows && ticket.merged.length === 0 && <span className="muted">–</span>}
      </div>
    </Panel>
  );
}

function Watchers({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const word = useWord();
  const { data: me } = useQuery(meQuery);
  const watching = ticket.watchers.some((w) => w.id === me?.user?.id);
  const watch = useSubmit(() =>
    client.put('/tickets/{ticketId}/watchers', {
      path: { ticketId: ticket.id },
      body: { userId: 'me', role: watching ? null : 'watcher' },
    }),
  );
  return (
    <Panel
      title={t('ticket.watchers')}
      extra={
        ticket.may.includes('edit') && (
          <Button size="small" loading={watch.isPending} onClick={() => watch.mutate({})}>
            {t(watching ? 'ticket.unwatch' : 'ticket.watch')}
          </Button>
        )
      }
    >
      {ticket.watchers.map((w) => (
        <div key={w.id}>
          {w.name} <span className="muted">{word('ticketWatcher', w.role)}</span>
        </div>
      ))}
      {ticket.watchers.length === 0 && <span className="muted">–</span>}
    </Panel>
  );
}

function History({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const word = useWord();
  return (
    <Panel title={t('ticket.history')}>
      <Timeline
        entries={ticket.moves
          .map((m, i) => ({
            key: String(i),
            at: m.at,
            text: [
              word('ticketMove', m.event),
              typeof m.facts['metric'] === 'string' ? word('ticketMetric', m.facts['metric']) : '',
              typeof m.facts['rung'] === 'string' ? word('ticketRung', m.facts['rung']) : '',
              [m.facts['intoNo'], m.facts['fromNo'], m.facts['newNo'], m.facts['no']].find(
                (x) => typeof x === 'string',
              ) ?? '',
            ]
              .filter(Boolean)
              .join(' · '),
            by: m.by === 'customer' || m.by === 'system' ? word('actor', m.by) : m.by,
            tone: /missed|escalated/.test(m.event)
              ? ('bad' as const)
              : /resolve|signed/.test(m.event)
                ? ('good' as const)
                : ('plain' as const),
          }))
          .toReversed()}
      />
    </Panel>
  );
}

/** One ticket: the conversation and where one answers, what is promised, whom it is about, and what may be done. */
export default function TicketPage() {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(ticketQuery(id));
  const [chosen, setChosen] = useState<string[]>();
  useHotkeys({ r: () => document.getElementById('ticket-reply')?.focus() });
  if (query.isPending) return <Loading heightPx={480} />;
  if (!query.data) {
    return (
      <Page title={t('ticket.one')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const ticket = query.data;
  return (
    <Page
      title={
        <span className="row">
          <span className="wrap">{ticket.subject}</span>
          <StatusTag kind="ticket" value={ticket.state} />
        </span>
      }
      says={<span className="mono">{ticket.no}</span>}
      extra={<TicketActions ticket={ticket} chosen={chosen} onChoose={setChosen} />}
    >
      {ticket.mergedInto && (
        <Alert type="info" showIcon title={t('ticket.goesOnIn')} description={<To ticket={ticket.mergedInto} />} />
      )}
      <div className="zg-two">
        <div className="stack">
          <Conversation ticket={ticket} chosen={chosen} onChoose={setChosen} />
          <TicketMail ticketId={ticket.id} />
          <ComplaintPanel ticket={ticket} />
          <History ticket={ticket} />
        </div>
        <div className="stack">
          <Clocks ticket={ticket} />
          <CustomerPanel ticket={ticket} />
          <Facts ticket={ticket} />
          <Links ticket={ticket} />
          <Watchers ticket={ticket} />
        </div>
      </div>
    </Page>
  );
}
