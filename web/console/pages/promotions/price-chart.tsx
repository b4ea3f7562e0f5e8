import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { oneQuery } from '../../../api/console.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { MoneyText, TimeText } from '../../../ui/components/text.tsx';
import { formatMoney } from '../../../ui/format/money.ts';
import { shortTime } from '../../../ui/format/time.ts';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { stepsOf, type PricePeriod, type Step } from './price-steps.ts';
import '../day-chart.css';
import './price-chart.css';

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 64;
const TOP = 12;
const BOTTOM = 26;
const BOX = { width: WIDTH - LEFT - 8, height: HEIGHT - TOP - BOTTOM };

function Steps({ steps, onPoint }: { steps: readonly Step[]; onPoint: (period: PricePeriod | undefined) => void }) {
  const line = steps.map((s) => `L ${LEFT + s.x0} ${TOP + s.y} H ${LEFT + s.x1}`).join(' ');
  const list = steps.map((s) => `L ${LEFT + s.x0} ${TOP + s.listY} H ${LEFT + s.x1}`).join(' ');
  return (
    <>
      <path className="zg-price-list" d={list.replace(/^L/, 'M')} />
      <path className="zg-price-line" d={line.replace(/^L/, 'M')} />
      {steps.map((s) => (
        <rect
          key={s.period.from}
          className="zg-price-hover"
          x={LEFT + s.x0}
          y={TOP}
          width={Math.max(s.x1 - s.x0, 2)}
          height={BOX.height}
          onMouseEnter={() => onPoint(s.period)}
          onMouseLeave={() => onPoint(undefined)}
        />
      ))}
    </>
  );
}

function AsTable({ periods, currency }: { periods: readonly PricePeriod[]; currency: string }) {
  const t = useT();
  return (
    <table className="zg-price-table">
      <thead>
        <tr>
          <th scope="col">{t('price.from')}</th>
          <th scope="col">{t('price.to')}</th>
          <th scope="col">{t('price.seen')}</th>
          <th scope="col">{t('price.offer')}</th>
        </tr>
      </thead>
      <tbody>
        {periods.map((p) => (
          <tr key={p.from}>
            <td>
              <TimeText at={p.from} />
            </td>
            <td>
              <TimeText at={p.to} />
            </td>
            <td>
              <MoneyText value={{ amount: p.amount, currency }} />
            </td>
            <td className="wrap">{p.title ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What one unit of a SKU has cost in the customer's eyes, as steps over time, and the list price behind it. */
export default function PriceChart({ sku }: { sku: string }) {
  const t = useT();
  const locale = useLocale();
  const query = useQuery(oneQuery('/price-history', { query: { sku } }));
  const [pointed, setPointed] = useState<PricePeriod>();
  if (query.isPending) return <Loading heightPx={HEIGHT} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { currency } = query.data;
  const periods = query.data.items.map((i) => ({
    from: i.from,
    to: i.to,
    amount: i.price.amount,
    list: i.listPrice.amount,
    title: i.title,
  }));
  if (periods.length === 0) return <EmptyState />;
  const { steps, top } = stepsOf(periods, BOX, query.dataUpdatedAt);
  const money = (amount: number) => formatMoney({ amount, currency }, locale);
  const shown = pointed ?? periods[0];
  const first = periods.at(-1);
  return (
    <figure className="zg-chart">
      <figcaption aria-hidden>
        {shown && (
          <>
            <strong>{money(shown.amount)}</strong>{' '}
            <span className="muted">
              {shortTime(shown.from)} – {shown.to ? shortTime(shown.to) : t('price.now')}
              {shown.title ? ` · ${shown.title}` : ''}
            </span>
          </>
        )}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              className="zg-chart-grid"
              x1={LEFT}
              x2={WIDTH}
              y1={TOP + BOX.height * share}
              y2={TOP + BOX.height * share}
            />
            <text className="zg-chart-label" x={LEFT - 8} y={TOP + BOX.height * share + 4} textAnchor="end">
              {money(Math.round(top * (1 - share)))}
            </text>
          </g>
        ))}
        <Steps steps={steps} onPoint={setPointed} />
        <text className="zg-chart-label" x={LEFT} y={HEIGHT - 6}>
          {first ? shortTime(first.from) : ''}
        </text>
        <text className="zg-chart-label" x={WIDTH - 8} y={HEIGHT - 6} textAnchor="end">
          {t('price.now')}
        </text>
      </svg>
      <AsTable periods={periods.slice(0, 12)} currency={currency} />
    </figure>
  );
}
