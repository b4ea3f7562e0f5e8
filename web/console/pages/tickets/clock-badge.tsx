import { Tag } from 'antd';
import { useEffect, useState } from 'react';
import type { TicketClock } from '../../../api/types.ts';
import { fullTime } from '../../../ui/format/time.ts';
import { useLocale, useT, useWord } from '../../../ui/i18n.ts';
import './tickets.css';

const TICK_MS = 30_000;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** The present, half a minute fresh: what is left of a clock changes without a request. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** `2 h 5 min`: the two largest parts of a stretch of time. */
export function useSpan(): (seconds: number) => string {
  const t = useT();
  return (seconds) => {
    const s = Math.abs(seconds);
    if (s >= DAY_S) return t('ticket.span.days', { d: Math.floor(s / DAY_S), h: Math.floor((s % DAY_S) / HOUR_S) });
    if (s >= HOUR_S)
      return t('ticket.span.hours', { h: Math.floor(s / HOUR_S), m: Math.floor((s % HOUR_S) / MINUTE_S) });
    return t('ticket.span.minutes', { m: Math.max(0, Math.floor(s / MINUTE_S)) });
  };
}

const COLOURS: Record<TicketClock['state'], string> = {
  running: 'processing',
  warned: 'warning',
  paused: 'default',
  met: 'success',
  breached: 'error',
  cancelled: 'default',
};

/** A promise: what it is of, and what is left of it. */
export function ClockBadge({ clock, short }: { clock: TicketClock; short?: boolean }) {
  const t = useT();
  const word = useWord();
  const locale = useLocale();
  const span = useSpan();
  const now = useNow();
  const left = clock.dueAt === null ? 0 : (Date.parse(clock.dueAt) - now) / 1000;
  const isRunning =
    clock.state === 'running' || clock.state === 'warned' || (clock.state === 'breached' && !clock.metAt);
  const says = !isRunning
    ? word('ticketClock', clock.state)
    : left < 0
      ? t('ticket.late', { span: span(left) })
      : t('ticket.left', { span: span(left) });
  return (
    <Tag
      color={COLOURS[clock.state]}
      variant="filled"
      className="zg-clock"
      title={clock.dueAt ? fullTime(clock.dueAt, locale) : undefined}
    >
      {!short && <span>{word('ticketMetric', clock.metric)}</span>}
      <strong>{says}</strong>
    </Tag>
  );
}

const order = (c: TicketClock): number => (c.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(c.dueAt));
const isOpen = (c: TicketClock): boolean =>
  c.state === 'running' || c.state === 'warned' || (c.state === 'breached' && c.metAt === null);

/** Of a ticket's clocks the one to mind: what is due first of those that run, else nothing. */
export function NextClock({ clocks }: { clocks: readonly TicketClock[] }) {
  const word = useWord();
  const next = clocks.filter(isOpen).toSorted((a, b) => order(a) - order(b))[0];
  if (next)
    return (
      <div className="stack tight">
        <span className="muted">{word('ticketMetric', next.metric)}</span>
        <ClockBadge clock={next} short />
      </div>
    );
  const paused = clocks.find((c) => c.state === 'paused');
  return paused ? <ClockBadge clock={paused} short /> : <span className="muted">–</span>;
}
