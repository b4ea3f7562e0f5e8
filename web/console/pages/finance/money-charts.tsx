import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FinanceSummary } from '../../../api/types.ts';
import { formatMoney } from '../../../ui/format/money.ts';
import { dayStart } from '../../../ui/format/time.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { axisOf, marksOf } from './day-figures.ts';
import '../day-chart.css';
import './money-charts.css';

const WIDTH = 960;
const HEIGHT = 260;
const LEFT = 76;
const TOP = 12;
const BOTTOM = 26;
const STEPS = 4;

type Days = NonNullable<FinanceSummary['days']>;
type Channels = NonNullable<FinanceSummary['channels']>;
const SERIES = ['moneyIn', 'refunds', 'fees'] as const;

type Scale = { axis: ReturnType<typeof axisOf>; y: (value: number) => number; step: number };
function scaleOf(values: readonly number[], days: number): Scale {
  const axis = axisOf(values, STEPS);
  const full = HEIGHT - TOP - BOTTOM;
  return {
    axis,
    y: (value) => TOP + full * (1 - (value - axis.low) / (axis.high - axis.low)),
    step: (WIDTH - LEFT) / Math.max(days, 1),
  };
}

/** Amounts on an axis are short: 1.2万, 12K. */
function Grid({ scale }: { scale: Scale }) {
  const locale = useLocale();
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  return marksOf(scale.axis).map((mark) => (
    <g key={mark}>
      <line className="zg-chart-grid" x1={LEFT} x2={WIDTH} y1={scale.y(mark)} y2={scale.y(mark)} />
      <text className="zg-chart-label" x={LEFT - 8} y={scale.y(mark) + 4} textAnchor="end">
        {short.format(mark / 100)}
      </text>
    </g>
  ));
}

function DayLabels({ days, step }: { days: readonly string[]; step: number }) {
  return days.map((day, i) =>
    i % 5 === days.length % 5 ? (
      <text key={day} className="zg-chart-label" x={LEFT + step * (i + 0.5)} y={HEIGHT - 6} textAnchor="middle">
        {day.slice(5)}
      </text>
    ) : null,
  );
}

/** The rows behind a day's figure: an account of the books on that day. */
function useDayLink(currency: string) {
  return (account: string, day: string) => ({
    to: '/finance/ledger/$code' as never,
    params: { code: account } as never,
    search: {
      currency,
      from: dayStart(day),
      to: dayStart(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)),
    } as never,
  });
}

/** One day in words, every number a link. */
function DayDetail(props: { days: Days; channels: Channels; at: number; currency: string }) {
  const { days, channels, at, currency } = props;
  const t = useT();
  const locale = useLocale();
  const link = useDayLink(currency);
  const day = days[at];
  if (!day) return null;
  const money = (amount: number) => formatMoney({ amount, currency }, locale);
  return (
    <figcaption className="row zg-day-detail">
      <strong>{day.day}</strong>
      {channels.map((c) => (
        <Link key={c.channel} {...link(`clearing.${c.channel}`, day.day)}>
          {c.name} {money(c.moneyIn[at] ?? 0)}
        </Link>
      ))}
      <Link {...link('refunds_in_transit', day.day)}>
        {t('finance.refunds')} {money(day.refunds)}
      </Link>
      <Link {...link('channel_fees', day.day)}>
        {t('finance.fees')} {money(day.fees)}
      </Link>
    </figcaption>
  );
}

function Legend({ names }: { names: readonly { key: string; label: string }[] }) {
  return (
    <ul className="row zg-legend" aria-hidden>
      {names.map(({ key, label }, i) => (
        <li key={key} data-series={i}>
          {label}
        </li>
      ))}
    </ul>
  );
}

/** Money in, refunds and fees day by day. A day pressed, or reached by the arrow keys, is told in words below. */
export function MoneyByDay(props: { days: Days; channels: Channels; currency: string }) {
  const { days, channels, currency } = props;
  const t = useT();
  const [at, setAt] = useState(days.length - 1);
  const scale = scaleOf(
    days.flatMap((d) => SERIES.map((s) => d[s])),
    days.length,
  );
  const width = (scale.step * 0.8) / SERIES.length;
  const move = (by: number) => setAt((was) => Math.min(Math.max(was + by, 0), days.length - 1));
  return (
    <figure
      className="zg-chart zg-money"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys choose the day
      tabIndex={0}
      aria-label={t('finance.byDay')}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') move(-1);
        if (event.key === 'ArrowRight') move(1);
      }}
    >
      <Legend names={SERIES.map((key) => ({ key, label: t(`finance.${key}`) }))} />
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <Grid scale={scale} />
        {days.map((day, i) => (
          <g key={day.day} onClick={() => setAt(i)} data-chosen={i === at}>
            <rect
              x={LEFT + scale.step * i}
              y={TOP}
              width={scale.step}
              height={HEIGHT - TOP - BOTTOM}
              className="zg-chart-ground"
            />
            {SERIES.map((name, n) => {
              const [from, to] = [scale.y(Math.max(day[name], 0)), scale.y(Math.min(day[name], 0))];
              return (
                <rect
                  key={name}
                  data-series={n}
                  x={LEFT + scale.step * (i + 0.1) + width * n}
                  y={from}
                  width={width}
                  height={Math.max(to - from, 0)}
                  rx={1}
                />
              );
            })}
          </g>
        ))}
        <DayLabels days={days.map((d) => d.day)} step={scale.step} />
      </svg>
      <DayDetail days={days} channels={channels} at={at} currency={currency} />
    </figure>
  );
}

/** What each channel held for us at the end of each day. */
export function ChannelBalances(props: { days: Days; channels: Channels; currency: string }) {
  const { days, channels, currency } = props;
  const locale = useLocale();
  const scale = scaleOf(
    channels.flatMap((c) => c.balances),
    days.length,
  );
  const path = (balances: readonly number[]) =>
    balances.map((b, i) => `${i === 0 ? 'M' : 'L'}${LEFT + scale.step * (i + 0.5)} ${scale.y(b)}`).join(' ');
  return (
    <figure className="zg-chart zg-money">
      <Legend names={channels.map((c) => ({ key: c.channel, label: c.name }))} />
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <Grid scale={scale} />
        {channels.map((c, n) => (
          <path key={c.channel} d={path(c.balances)} data-series={n} className="zg-chart-line" />
        ))}
        <DayLabels days={days.map((d) => d.day)} step={scale.step} />
      </svg>
      <figcaption className="row zg-day-detail">
        {channels.map((c) => (
          <Link
            key={c.channel}
            to="/finance/ledger/$code"
            params={{ code: `clearing.${c.channel}` } as never}
            search={{ currency } as never}
          >
            {c.name} {formatMoney({ amount: c.balances.at(-1) ?? 0, currency }, locale)}
          </Link>
        ))}
      </figcaption>
    </figure>
  );
}
