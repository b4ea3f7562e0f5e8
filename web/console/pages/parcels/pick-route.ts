import type { PickRoute, WaveDetail } from '../../../api/types.ts';
import type { FloorRoute } from '../../../ui/floor/plan.ts';

export type Take = PickRoute['stops'][number]['takes'][number];
export type RouteStop = PickRoute['stops'][number];

export const unitsAt = (stop: RouteStop): number => stop.takes.reduce((n, take) => n + take.quantity, 0);

/** The walk as the floor plan draws it; undefined where no stop has a place on the floor. Stops without one are in the list only. */
export function floorRoute(route: PickRoute, detailOf: (stop: RouteStop) => string): FloorRoute | undefined {
  const stops = route.stops.flatMap((stop) =>
    stop.xMm === null || stop.yMm === null
      ? []
      : [{ id: stop.binId, label: stop.bin, detail: detailOf(stop), xMm: stop.xMm, yMm: stop.yMm }],
  );
  if (stops.length === 0 || route.line.length === 0) return undefined;
  return { lengthMm: route.lengthMm, line: route.line, stops, compared: route.compared ?? undefined };
}

export type Round = { round: number; picks: WaveDetail['picks']; quantity: number; scanned: number; missing: number };

/** A wave cut into its walks, each with how far it is. */
export function roundsOf(wave: Pick<WaveDetail, 'picks'>): Round[] {
  const rounds = Map.groupBy(wave.picks, (pick) => pick.round);
  return [...rounds.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([round, picks]) => {
      const lines = picks.filter((pick) => pick.status !== 'cancelled').flatMap((pick) => pick.lines);
      const sum = (of: 'quantity' | 'scanned' | 'missing') => lines.reduce((n, line) => n + line[of], 0);
      return {
        round,
        picks: picks.toSorted((a, b) => a.place - b.place),
        quantity: sum('quantity'),
        scanned: sum('scanned'),
        missing: sum('missing'),
      };
    });
}
