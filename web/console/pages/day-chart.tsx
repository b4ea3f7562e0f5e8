import { useState } from 'react';
import type { Dashboard } from '../../api/types.ts';
import { formatMoney } from '../../ui/format/money.ts';
import { useLocale, useT } from '../../ui/i18n.ts';
import { hoursOf, niceTop, type Hour } from './day-hours.ts';
import './day-chart.css';

const WIDTH = 960;
const HEIGHT = 300;
const LEFT = 44;
const TOP = 16;
const BOTTOM = 28;
const GRID_LINES = 4;

type Props = { series: Dashboard['series']; currency: string; timeZone: string };

function Grid({ top }: { top: number }) {
  const locale = useLocale();
  const y = (orders: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - orders / top);
  return Array.from({ length: GRID_LINES + 1 }, (_, i) => (top / GRID_LINES) * i).map((orders) => (
    <g key={orders}>
      <line className="zg-chart-grid" x1={LEFT} x2={WIDTH} y1={y(orders)} y2={y(orders)} />
      <text className="zg-chart-label" x={LEFT - 8} y={y(orders) + 4} textAnchor="end">
        {orders.toLocaleString(locale)}
      </text>
    </g>
  ));
}

function Bar({ hour, top, onPoint }: { hour: Hour; top: number; onPoint: (hour: Hour | undefined) => void }) {
  const step = (WIDTH - LEFT) / 24;
  const full = HEIGHT - TOP - BOTTOM;
  const height = (full * hour.orders) / top;
  const x = LEFT + step * hour.at;
  return (
    <g onMouseEnter={() => onPoint(hour)} onMouseLeave={() => onPoint(undefined)}>
      <rect x={x} y={TOP} width={step} height={full} className="zg-chart-ground" />
      <rect
        x={x + step * 0.18}
        y={TOP + full - height}
        width={step * 0.64}
        height={height}
        rx={2}
        className="zg-chart-bar"
      />
      {hour.at % 3 === 0 && (
        <text className="zg-chart-label" x={x + step / 2} y={HEIGHT - 8} textAnchor="middle">
          {hour.label}
        </text>
      )}
    </g>
  );
}

/** The same figures for those who do not see the bars. */
function AsTable({ hours, amount }: { hours: readonly Hour[]; amount: (hour: Hour) => string }) {
  const t = useT();
  return (
    <table className="sr">
      <caption>{t('home.chart')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('home.hour')}</th>
          <th scope="col">{t('home.orders')}</th>
          <th scope="col">{t('home.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour.at}>
            <th scope="row">{hour.label}</th>
            <td>{hour.orders}</td>
            <td>{amount(hour)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The orders of the day hour by hour, in the organisation's time zone. */
export function DayChart({ series, currency, timeZone }: Props) {
  const t = useT();
  const locale = useLocale();
  const [pointed, setPointed] = useState<Hour>();
  const hours = hoursOf(series, timeZone);
  const top = niceTop(Math.max(...hours.map((hour) => hour.orders)), GRID_LINES);
  const amount = (hour: Hour) => formatMoney({ amount: hour.amount, currency }, locale);
  return (
    <figure className="zg-chart">
      <figcaption aria-hidden>
        {pointed ? (
          <>
            <strong>{pointed.label}</strong> {t('home.chartSays', { orders: pointed.orders, amount: amount(pointed) })}
          </>
        ) : (
          <span className="muted">{t('home.chartUnit')}</span>
        )}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <Grid top={top} />
        {hours.map((hour) => (
          <Bar key={hour.at} hour={hour} top={top} onPoint={setPointed} />
        ))}
      </svg>
      <AsTable hours={hours} amount={amount} />
    </figure>
  );
}
