import { useQuery } from '@tanstack/react-query';
import { Button, Collapse, Drawer } from 'antd';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import type { Ticket, TicketCalculation } from '../../../api/types.ts';
import { ErrorState, Loading } from '../../../ui/components/states.tsx';
import { TimeText } from '../../../ui/components/text.tsx';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import { ClockBadge, useSpan } from './clock-badge.tsx';
import './tickets.css';

type Calculated = TicketCalculation['clocks'][number];

function Steps({ clock }: { clock: Calculated }) {
  const t = useT();
  const word = useWord();
  const span = useSpan();
  return (
    <>
      <p className="muted">
        {t('ticket.sums', {
          gone: span(clock.elapsedSeconds),
          target: span(clock.targetSeconds),
          left: span(clock.remainingSeconds),
        })}
      </p>
      <ol className="zg-steps">
        {clock.steps.map((s) => (
          <li key={`${s.from}${s.kind}`} data-kind={s.kind}>
            <div>
              <TimeText at={s.from} /> – <TimeText at={s.to} />
              <div className="muted">
                {word('ticketStep', s.kind)}
                {s.kind === 'counted' && ` · ${word('ticketCalendar', s.calendar)}`}
              </div>
              {s.openings.map((o) => (
                <div key={o.from} className="muted">
                  · <TimeText at={o.from} /> – <TimeText at={o.to} />
                </div>
              ))}
            </div>
            <span>+{span(s.seconds)}</span>
            <strong>{span(s.sum)}</strong>
          </li>
        ))}
      </ol>
      {clock.dueAt && (
        <p>
          {t('ticket.dueAt')} <TimeText at={clock.dueAt} />
          {clock.missedAt && (
            <span className="zg-late">
              {' '}
              · {t('ticket.missedAt')} <TimeText at={clock.missedAt} />
            </span>
          )}
          {clock.metAt && (
            <>
              {' '}
              · {t('ticket.metAt')} <TimeText at={clock.metAt} />
            </>
          )}
        </p>
      )}
    </>
  );
}

function Content({ ticketId }: { ticketId: string }) {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const query = useQuery(oneQuery('/tickets/{ticketId}/clocks', { path: { ticketId } }));
  if (query.isPending) return <Loading heightPx={200} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { policy, timeZone, pauseIn, reopen, clocks } = query.data;
  return (
    <div className="stack">
      <p>
        {t('ticket.policySays', {
          policy,
          zone: timeZone,
          pauses: pauseIn.map((state) => word('status.ticket', state)).join(locale === 'en' ? ', ' : '、') || '–',
          reopen: word('ticketReopen', reopen),
        })}
      </p>
      <Collapse
        size="small"
        defaultActiveKey={clocks.map((c) => `${c.metric}/${c.cycle}`)}
        items={clocks.map((c) => ({
          key: `${c.metric}/${c.cycle}`,
          label: <ClockBadge clock={c} />,
          children: <Steps clock={c} />,
        }))}
      />
    </div>
  );
}

/** Why it is due then: every stretch of time of every clock, what it counted for, and the sum. */
export function CalculationButton({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('ticket.calculation')}
      </Button>
      <Drawer
        open={open}
        size={560}
        title={t('ticket.calculationOf', { no: ticket.no })}
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        <Content ticketId={ticket.id} />
      </Drawer>
    </>
  );
}
