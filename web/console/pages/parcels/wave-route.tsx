import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { pickRouteQuery, planQuery } from '../../../api/console.ts';
import type { PickRoute } from '../../../api/types.ts';
import { FloorPlan } from '../../../ui/components/floor-plan.tsx';
import { Panel } from '../../../ui/components/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../../ui/components/states.tsx';
import { useT } from '../../../ui/i18n.ts';
import { floorBins, floorOfPlan } from '../warehouse/plan-view.ts';
import { floorRoute, type RouteStop, unitsAt } from './pick-route.ts';

function Unplaced({ stops }: { stops: readonly RouteStop[] }) {
  const t = useT();
  if (stops.length === 0) return null;
  return (
    <div>
      <h3 className="zg-route-rest">{t('wave.unplaced')}</h3>
      <ul className="zg-plain zg-route-others">
        {stops.map((stop) => (
          <li key={stop.binId} className="wrap">
            <span className="mono">{stop.bin}</span>{' '}
            <span className="muted">{t('wave.pieces', { pieces: unitsAt(stop) })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Drawn({ route }: { route: PickRoute }) {
  const t = useT();
  const plan = useQuery(planQuery(route.warehouse)).data;
  const floor = useMemo(() => plan && floorOfPlan(plan), [plan]);
  const bins = useMemo(() => (plan?.layout ? floorBins(plan.bins, plan.layout) : []), [plan]);
  const walk = useMemo(() => floorRoute(route, (stop) => t('wave.pieces', { pieces: unitsAt(stop) })), [route, t]);
  const rest = route.stops.filter((stop) => stop.xMm === null || stop.yMm === null);
  return (
    <div className="stack">
      {floor && walk && <FloorPlan floor={floor} bins={bins} route={walk} heightPx={460} />}
      {walk && <div className="muted">{t(`wave.method.${route.method}`)}</div>}
      <Unplaced stops={rest} />
    </div>
  );
}

/** The walk of one round past everything that is still to be taken. */
export function WaveRoute({ waveId, round }: { waveId: string; round: number }) {
  const t = useT();
  const query = useQuery(pickRouteQuery(waveId, round));
  return (
    <Panel title={t('wave.route')}>
      {query.isPending && <Loading />}
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.stops.length === 0 && <EmptyState title={t('wave.nothingLeft')} />}
      {query.data && query.data.stops.length > 0 && <Drawn route={query.data} />}
    </Panel>
  );
}
