import { useState } from 'react';
import { EmptyState } from '../../../ui/components/states.tsx';
import { useLocale, useT } from '../../../ui/i18n.ts';
import { niceTop } from '../day-hours.ts';
import { aheadPoints, dayPlus, pastPoints, type Point, type Step } from './demand-points.ts';
import '../day-chart.css';
import './demand-chart.css';

const WIDTH = 960;
const HEIGHT = 260;
const LEFT = 48;
const TOP = 12;
const BOTTOM = 28;
const GRID_LINES = 4;
const LABELS = 8;
const FULL = HEIGHT - TOP - BOTTOM;

type Props = {
  past: { from: string; units: readonly number[] };
  /** Undefined: nothing is forecast. */
  ahead: { days: readonly number[]; dayError: number | null; from: string; servicePercent: number } | undefined;
  step: Step;
};

const shortDay = (day: string): string => day.slice(5).replace('-', '/');

function Grid({ top }: { top: number }) {
  const locale = useLocale();
  return Array.from({ length: GRID_LINES + 1 }, (_, i) => (top / GRID_LINES) * i).map((units) => {
    const y = TOP + FULL * (1 - units / top);
    return (
      <g key={units}>
        <line className="zg-chart-grid" x1={LEFT} x2={WIDTH} y1={y} y2={y} />
        <text className="zg-chart-label" x={LEFT - 8} y={y + 4} textAnchor="end">
          {units.toLocaleString(locale)}
        </text>
      </g>
    );
  });
}

type Scale = { x: (i: number) => number; y: (units: number) => number; width: number };

function Expected({ points, first, scale }: { points: readonly Point[]; first: number; scale: Scale }) {
  const middle = (i: number): number => scale.x(first + i) + scale.width / 2;
  const line = points.map((p, i) => `${i === 0 ? 'M' : 'L'} ${middle(i)} ${scale.y(p.units)}`).join(' ');
  const upper = points.map((p, i) => `${i === 0 ? 'M' : 'L'} ${middle(i)} ${scale.y(p.high ?? p.units)}`);
  const lower = points.map((p, i) => `L ${middle(i)} ${scale.y(p.low ?? p.units)}`).toReversed();
  return (
    <>
      <path className="zg-demand-band" d={[...upper, ...lower, 'Z'].join(' ')} />
      <path className="zg-demand-line" d={line} />
      {points.map((p, i) => (
        <circle key={p.from} className="zg-demand-dot" cx={middle(i)} cy={scale.y(p.units)} r={2.5} />
      ))}
    </>
  );
}

/** The same figures for those who do not see the plot. */
function AsTable({ past, ahead }: { past: readonly Point[]; ahead: readonly Point[] }) {
  const t = useT();
  return (
    <table className="sr">
      <caption>{t('plan.chart')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('plan.from')}</th>
          <th scope="col">{t('plan.asked')}</th>
          <th scope="col">{t('plan.expected')}</th>
        </tr>
      </thead>
      <tbody>
        {[...past, ...ahead].map((p) => (
          <tr key={p.from}>
            <th scope="row">{p.from}</th>
            <td>{p.high === undefined ? p.units : ''}</td>
            <td>{p.high === undefined ? '' : Math.round(p.units)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type CaptionProps = { point: Point | undefined; step: Step; service: number | undefined; hasBand: boolean };
function Caption({ point, step, service, hasBand }: CaptionProps) {
  const t = useT();
  const locale = useLocale();
  const about = (n: number) => n.toLocaleString(locale, { maximumFractionDigits: n < 100 ? 1 : 0 });
  if (point) {
    const days = step === 'day' ? point.from : `${point.from} – ${dayPlus(point.from, 6)}`;
    const says =
      point.high === undefined
        ? t('plan.pointPast', { units: point.units.toLocaleString(locale) })
        : t('plan.pointAhead', { units: about(point.units), low: about(point.low ?? 0), high: about(point.high) });
    return (
      <>
        <strong>{days}</strong> {says}
      </>
    );
  }
  return (
    <span className="row muted" style={{ gap: 16 }}>
      <span>
        <span className="zg-demand-key" data-kind="past" />
        {t('plan.asked')}
      </span>
      {service !== undefined && (
        <>
          <span>
            <span className="zg-demand-key" data-kind="line" />
            {t('plan.expected')}
          </span>
          {hasBand && (
            <span>
              <span className="zg-demand-key" data-kind="band" />
              {t('plan.band', { percent: service })}
            </span>
          )}
        </>
      )}
    </span>
  );
}

/** What was asked of a SKU in a warehouse, and what is expected with the band in which it should lie. */
export function DemandChart({ past: history, ahead: forecast, step }: Props) {
  const t = useT();
  const [pointed, setPointed] = useState<Point>();
  const past = pastPoints(history, step);
  const ahead = forecast ? aheadPoints(forecast, forecast.from, step) : [];
  const points = [...past, ...ahead];
  if (past.length === 0 || points.length === 0) return <EmptyState title={t('plan.noDemand')} />;
  const top = niceTop(Math.max(...points.map((p) => p.high ?? p.units)), GRID_LINES);
  const width = (WIDTH - LEFT) / points.length;
  const scale: Scale = { width, x: (i) => LEFT + width * i, y: (units) => TOP + FULL * (1 - units / top) };
  const labelled = Math.ceil(points.length / LABELS);
  return (
    <figure className="zg-chart">
      <figcaption aria-hidden>
        <Caption point={pointed} step={step} service={forecast?.servicePercent} hasBand={forecast?.dayError != null} />
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <Grid top={top} />
        {past.map((p, i) => (
          <rect
            key={p.from}
            className="zg-demand-past"
            x={scale.x(i) + width * 0.15}
            width={width * 0.7}
            y={scale.y(p.units)}
            height={TOP + FULL - scale.y(p.units)}
            rx={1.5}
          />
        ))}
        {ahead.length > 0 && (
          <>
            <line
              className="zg-demand-now"
              x1={scale.x(past.length)}
              x2={scale.x(past.length)}
              y1={TOP}
              y2={TOP + FULL}
            />
            <Expected points={ahead} first={past.length} scale={scale} />
          </>
        )}
        {points.map((p, i) => (
          <g key={p.from}>
            <rect
              className="zg-demand-hover"
              x={scale.x(i)}
              y={TOP}
              width={width}
              height={FULL}
              onMouseEnter={() => setPointed(p)}
              onMouseLeave={() => setPointed(undefined)}
            />
            {i % labelled === 0 && (
              <text className="zg-chart-label" x={scale.x(i) + width / 2} y={HEIGHT - 8} textAnchor="middle">
                {shortDay(p.from)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <AsTable past={past} ahead={ahead} />
    </figure>
  );
}
