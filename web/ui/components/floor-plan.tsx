import { Button, Segmented } from 'antd';
import { memo, type PointerEvent, useId, useMemo, useRef, useState } from 'react';
import {
  type BinColumn,
  type ColourBy,
  columnAt,
  FILL_STEPS,
  type Floor,
  type FloorBin,
  type FloorRoute,
  namesApart,
  onPaper,
  type Plan,
  planOf,
} from '../floor/plan.ts';
import { arrowsOf, lanesOf, markersOf, pathOf } from '../floor/route-drawing.ts';
import { useView, type View } from '../floor/use-view.ts';
import { formatMetres } from '../format/length.ts';
import { type Translate, useLocale, useT } from '../i18n.ts';
import './floor-plan.css';

export type FloorPlanProps = {
  floor: Floor;
  bins: readonly FloorBin[];
  route?: FloorRoute | undefined;
  heightPx?: number | undefined;
  /** A click on bins: those one above the other at that place. */
  onPick?: ((column: BinColumn) => void) | undefined;
  /** Code of a bin to mark. */
  marked?: string | undefined;
};

const LANE_PX = 3.5;
const LANE_MM_MAX = 350;
const MARKER_PX = 10;
const HOUSE = 'M-9 18v-9l9-9l9 9v9z'; // its ridge is the place
const CLICK_PX_MAX = 5; // a hand that moves further drags the picture
const NAMES_EVERY_PX = 26; // aisle names nearer to each other than this cannot be read

const colourClass = (colourBy: ColourBy, colour: number): string =>
  `zg-floor-bins ${colourBy === 'zone' ? 'zg-floor-c' : 'zg-floor-f'}${colour}`;

/** What does not change with zoom: drawn once, however many bins there are. */
const Ground = memo(function Ground({ plan, colourBy }: { plan: Plan; colourBy: ColourBy }) {
  return (
    <>
      <path className="zg-floor-ways" d={plan.ways} />
      {plan.groups.map((g) => (
        <path key={g.name} className={colourClass(colourBy, g.colour)} d={g.path} />
      ))}
    </>
  );
});

function Names({ plan, scale }: { plan: Plan; scale: number }) {
  return (
    <g className="zg-floor-names" aria-hidden>
      {namesApart(plan.names, NAMES_EVERY_PX * scale).map((n) => (
        <text key={`${n.text} ${n.x}`} x={n.x} y={n.y - 10 * scale} fontSize={12 * scale} textAnchor="middle">
          {n.text}
        </text>
      ))}
    </g>
  );
}

/** Whatever is picked out, so that it is found again among thousands. */
function Mark({ plan, code }: { plan: Plan; code: string }) {
  const column = plan.columns.find((c) => c.bins.some((b) => b.code === code));
  if (!column) return null;
  return <rect className="zg-floor-mark" x={column.x} y={column.y} width={column.w} height={column.h} aria-hidden />;
}

/** Where the round begins and ends: a house, so that it is not taken for a stop. */
function Depot({ plan, scale }: { plan: Plan; scale: number }) {
  const { x, y } = plan.depot;
  return <path className="zg-floor-depot" d={HOUSE} transform={`translate(${x} ${y}) scale(${scale})`} aria-hidden />;
}

type RouteProps = { route: FloorRoute; scale: number; chosen: number; onChoose: (stop: number) => void };

function RouteLines({ route, scale, chosen, onChoose }: RouteProps) {
  const lanes = lanesOf(route.line, Math.min(LANE_PX * scale, LANE_MM_MAX));
  const arrows = arrowsOf(lanes, 34 * scale, 170 * scale);
  const radius = MARKER_PX * scale;
  return (
    <g aria-hidden>
      <path className="zg-floor-halo" d={pathOf(lanes)} />
      <path className="zg-floor-route" d={pathOf(lanes)} />
      {arrows.map((a) => (
        <path
          key={`${a.x} ${a.y} ${a.turn}`}
          className="zg-floor-arrow"
          d="M-4 -4.5L5 0L-4 4.5z"
          transform={`translate(${a.x} ${a.y}) rotate(${a.turn}) scale(${scale})`}
        />
      ))}
      {markersOf(route.stops, radius).map((m) => {
        const wide = Math.max(radius, (m.text.length * 3.6 + 5) * scale);
        return (
          <g
            key={m.stops[0]}
            className="zg-floor-marker"
            data-chosen={m.stops.includes(chosen) || undefined}
            onClick={() => onChoose(m.stops[0] ?? -1)}
          >
            <rect x={m.x - wide} y={m.y - radius} width={2 * wide} height={2 * radius} rx={radius} />
            <text x={m.x} y={m.y + 4 * scale} fontSize={11 * scale} textAnchor="middle">
              {m.text}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Tools({ view, colourBy, onColour }: { view: View; colourBy: ColourBy; onColour: (by: ColourBy) => void }) {
  const t = useT();
  return (
    <div className="row between zg-floor-tools">
      <span className="row tight">
        <Button onClick={() => view.zoomBy(1.4)} aria-label={t('floor.zoomIn')} title={t('floor.zoomIn')}>
          +
        </Button>
        <Button onClick={() => view.zoomBy(1 / 1.4)} aria-label={t('floor.zoomOut')} title={t('floor.zoomOut')}>
          −
        </Button>
        <Button onClick={view.showAll}>{t('floor.showAll')}</Button>
        <Button onClick={() => window.print()}>{t('floor.print')}</Button>
      </span>
      <Segmented<ColourBy>
        aria-label={t('floor.colour')}
        value={colourBy}
        onChange={onColour}
        options={[
          { value: 'zone', label: t('floor.byZone') },
          { value: 'fill', label: t('floor.byFill') },
        ]}
      />
    </div>
  );
}

const groupName = (t: Translate, colourBy: ColourBy, name: string): string => {
  if (colourBy === 'zone') return name === '' ? t('floor.noZone') : name;
  const step = 100 / FILL_STEPS;
  return `${Number(name) * step}–${(Number(name) + 1) * step} %`;
};

function Legend({ plan, colourBy, column }: { plan: Plan; colourBy: ColourBy; column: BinColumn | undefined }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="zg-floor-legend">
      <ul className="row" aria-label={t('floor.legend')}>
        <li className="row tight">
          <svg width="14" height="14" viewBox="-10 -1 20 20" aria-hidden>
            <path className="zg-floor-depot" d={HOUSE} />
          </svg>
          {t('floor.depot')}
        </li>
        {plan.groups.map((g) => (
          <li key={g.name} className="row tight">
            <svg width="14" height="14" aria-hidden>
              <rect className={colourClass(colourBy, g.colour)} x="1" y="1" width="12" height="12" />
            </svg>
            {groupName(t, colourBy, g.name)} <span className="muted">{g.count.toLocaleString(locale)}</span>
          </li>
        ))}
      </ul>
      <div className="muted zg-floor-hint wrap">
        {column ? column.bins.map((b) => b.code).join(' · ') : t('floor.keys')}
      </div>
    </div>
  );
}

/** What the route saves against the two rules of thumb; nothing where it saves nothing. */
function Saved({ route }: { route: FloorRoute }) {
  const t = useT();
  const locale = useLocale();
  const rows = route.compared
    ? ([
        ['floor.sShape', route.compared.sShapeMm],
        ['floor.largestGap', route.compared.largestGapMm],
      ] as const)
    : [];
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <dl className="zg-floor-lengths">
      <div>
        <dt>{t('floor.length')}</dt>
        <dd>
          <strong>{formatMetres(route.lengthMm, locale)}</strong>
        </dd>
      </div>
      {rows.map(([key, mm]) => (
        <div key={key} className="muted">
          <dt>{key === 'floor.sShape' ? t('floor.sShape') : t('floor.largestGap')}</dt>
          <dd>
            {formatMetres(mm, locale)}
            {mm > route.lengthMm && ` (${t('floor.saves', { percent: percent.format(1 - route.lengthMm / mm) })})`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function StopList({ route, chosen, onChoose }: Omit<RouteProps, 'scale'>) {
  const t = useT();
  return (
    <section className="zg-floor-stops" aria-label={t('floor.stops')}>
      <h3>{t('floor.stops')}</h3>
      <Saved route={route} />
      <ol>
        {route.stops.map((stop, i) => (
          <li key={stop.id}>
            <button type="button" aria-pressed={i === chosen} onClick={() => onChoose(i)}>
              <span className="zg-floor-no">{i + 1}</span>
              <span className="wrap">
                <span className="mono">{stop.label}</span>
                {stop.detail && <span className="muted"> {stop.detail}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Which bins the pointer is over, and which were clicked rather than dragged past. */
function usePointer(plan: Plan, view: View, onPick: FloorPlanProps['onPick']) {
  const { shown } = view;
  const [column, setColumn] = useState<BinColumn>();
  const pressed = useRef({ x: 0, y: 0 });
  const under = (event: PointerEvent<SVGSVGElement>): BinColumn | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = shown.x + ((event.clientX - box.left) / box.width) * shown.w;
    const y = shown.y + ((event.clientY - box.top) / box.height) * shown.h;
    return columnAt(plan, x, y);
  };
  const press = (event: PointerEvent<SVGSVGElement>): void => {
    pressed.current = { x: event.clientX, y: event.clientY };
    view.onPointerDown(event);
  };
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    view.onPointerMove(event);
    setColumn(under(event));
  };
  const release = (event: PointerEvent<SVGSVGElement>): void => {
    view.onPointerUp(event);
    const moved = Math.hypot(event.clientX - pressed.current.x, event.clientY - pressed.current.y);
    const here = moved < CLICK_PX_MAX ? under(event) : undefined;
    if (here) onPick?.(here);
  };
  return { column, press, point, release, leave: () => setColumn(undefined) };
}

/** A warehouse from above: aisles, bins, and the route through them with its stops, as a picture and as a list. */
export function FloorPlan({ floor, bins, route, heightPx = 520, onPick, marked }: FloorPlanProps) {
  const t = useT();
  const locale = useLocale();
  const id = useId();
  const svg = useRef<SVGSVGElement>(null);
  const [colourBy, setColourBy] = useState<ColourBy>('zone');
  const [chosen, setChosen] = useState(-1);
  const plan = useMemo(() => planOf(floor, bins, colourBy), [floor, bins, colourBy]);
  const view = useView(svg, plan.bounds, { w: 1_000, h: heightPx });
  const { shown, scale } = view;
  const choose = (stop: number): void => {
    setChosen(stop);
    const at = route?.stops[stop];
    if (at) view.look(onPaper(at).x, onPaper(at).y);
  };
  const { column, press, point, release, leave } = usePointer(plan, view, onPick);
  const says = route
    ? t('floor.describeRoute', { stops: route.stops.length, length: formatMetres(route.lengthMm, locale) })
    : t('floor.describe', { aisles: floor.names.length, bins: bins.length.toLocaleString(locale) });
  return (
    <div className="zg-floor" data-route={route ? true : undefined}>
      <div className="zg-floor-left">
        <Tools view={view} colourBy={colourBy} onColour={setColourBy} />
        {/* The picture takes the focus for its keys; what it shows is also in the list and the legend. */}
        <div
          className="zg-floor-frame"
          role="group"
          aria-label={t('floor.title')}
          tabIndex={0}
          onKeyDown={view.onKeyDown}
        >
          <svg
            ref={svg}
            role="img"
            aria-labelledby={`${id}-title ${id}-says`}
            viewBox={`${shown.x} ${shown.y} ${shown.w} ${shown.h}`}
            style={{ height: heightPx }}
            data-picks={onPick ? true : undefined}
            onPointerDown={press}
            onPointerMove={point}
            onPointerUp={release}
            onPointerLeave={leave}
          >
            <title id={`${id}-title`}>{t('floor.title')}</title>
            <desc id={`${id}-says`}>{says}</desc>
            <Ground plan={plan} colourBy={colourBy} />
            {marked !== undefined && <Mark plan={plan} code={marked} />}
            <Names plan={plan} scale={scale} />
            <Depot plan={plan} scale={scale} />
            {route && <RouteLines route={route} scale={scale} chosen={chosen} onChoose={setChosen} />}
          </svg>
        </div>
        <Legend plan={plan} colourBy={colourBy} column={column} />
      </div>
      {route && <StopList route={route} chosen={chosen} onChoose={choose} />}
    </div>
  );
}
