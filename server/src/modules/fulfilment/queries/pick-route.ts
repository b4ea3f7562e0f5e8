import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type AllocatedPlace, allocatedPlaces, allWarehouses, type WarehouseRow } from '#modules/inventory/index.ts';
import type { Layout } from '../domain/routing/layout.ts';
import { findRoute, findRouteOnFloor } from '../domain/routing/route.ts';
import { WaveNotFound } from '../errors.ts';
import type { PickRoute, PickRouteView } from '../schema.ts';
import { listPicks, listWaves, type PickLineRow, pickLines, type PickRow } from '../store/picks.ts';

type View = z.input<typeof PickRouteView>;
type Stop = View['stops'][number];
/** A bin on the walk, before its place in it is known. */
type Halt = { id: string; bin: AllocatedPlace; takes: Stop['takes'] };

const PICKS_MAX = 1_000;

/**
 * The walk of one round of a wave: past every bin something is still to be taken from, proved the shortest where the floor is
 * rectangular. Bins that nobody has placed on the floor come at the end, by their codes.
 */
export async function pickRoute(tx: Tx, ctx: Ctx, input: z.output<typeof PickRoute>): Promise<View> {
  const [wave] = await listWaves(tx, { id: input.waveId, warehouseIds: null, limit: 1 });
  if (!wave || !seesWarehouse(ctx, wave.warehouse_id)) throw new WaveNotFound({ waveId: input.waveId });
  const picks = await listPicks(tx, { waveId: wave.id, warehouseIds: null, limit: PICKS_MAX });
  const live = picks.filter((p) => p.status === 'picking' && (input.round === undefined || p.round === input.round));
  const halts = await haltsOf(tx, live, wave.warehouse_id);
  const warehouse = (await allWarehouses(tx)).find((w) => w.id === wave.warehouse_id);
  const rounds = Math.max(1, ...picks.map((p) => p.round));
  return {
    waveId: wave.id,
    warehouse: warehouse?.code ?? '',
    round: input.round ?? null,
    rounds,
    layout: warehouse?.layout ?? null,
    ...walk(warehouse, halts),
  };
}

/** What is still to be taken, by bin. */
async function haltsOf(tx: Tx, picks: readonly PickRow[], warehouseId: string): Promise<Halt[]> {
  const byOrder = new Map(picks.map((p) => [p.order_id, p]));
  const lines = new Map<string, PickLineRow>();
  for (const l of await pickLines(
    tx,
    picks.map((p) => p.id),
  ))
    lines.set(`${l.pick_id}/${l.line_id}`, l);
  const places = (await allocatedPlaces(tx, [...byOrder.keys()])).filter(
    (p) => p.warehouse_id === warehouseId && !p.staged,
  );
  const halts = new Map<string, Halt>();
  for (const p of places) {
    const pick = byOrder.get(p.order_id);
    const line = pick && lines.get(`${pick.id}/${p.line_id}`);
    if (!pick || !line) continue;
    const halt = halts.get(p.bin_id) ?? { id: p.bin_id, bin: p, takes: [] };
    halt.takes.push({
      pickId: pick.id,
      orderNo: pick.order_no,
      round: pick.round,
      place: pick.place,
      lineId: p.line_id,
      sku: line.sku,
      title: line.title,
      barcode: line.barcode,
      quantity: p.quantity,
      batch: p.batch,
      expiresOn: p.expires_on,
    });
    halts.set(p.bin_id, halt);
  }
  return [...halts.values()];
}

const present = ({ bin, takes }: Halt): Stop => ({
  binId: bin.bin_id,
  bin: bin.bin,
  zone: bin.zone,
  aisle: bin.aisle,
  xMm: bin.x_mm,
  yMm: bin.y_mm,
  takes,
});

type Placed = Halt & { aisle: number; xMm: number; yMm: number };

function walk(
  warehouse: WarehouseRow | undefined,
  halts: readonly Halt[],
): Pick<View, 'method' | 'lengthMm' | 'compared' | 'line' | 'stops'> {
  const layout = warehouse?.layout ?? undefined;
  const placed = halts.flatMap((h): Placed[] => {
    const { x_mm: xMm, y_mm: yMm, aisle } = h.bin;
    return xMm !== null && yMm !== null && (!layout || fits(layout, aisle, yMm))
      ? [{ ...h, aisle: aisle ?? 0, xMm, yMm }]
      : [];
  });
  const onPlan = new Set(placed.map((p) => p.id));
  const rest = halts.filter((h) => !onPlan.has(h.id)).toSorted((a, b) => (a.bin.bin < b.bin.bin ? -1 : 1));
  if (placed.length === 0)
    return { method: 'by_code', lengthMm: 0, compared: null, line: [], stops: rest.map(present) };
  const route = layout
    ? findRoute(layout, placed)
    : { ...findRouteOnFloor({ ways: [], depot: { xMm: 0, yMm: 0 } }, placed), compared: null };
  return {
    method: route.method,
    lengthMm: route.lengthMm,
    compared: route.compared,
    line: route.line.map(({ xMm, yMm }) => ({ xMm, yMm })),
    stops: [...route.stops, ...rest].map(present),
  };
}

function fits(layout: Layout, aisle: number | null, yMm: number): boolean {
  const [first = 0, last = 0] = [layout.crossAislesMm[0], layout.crossAislesMm.at(-1)];
  return aisle !== null && aisle < layout.aislesMm.length && yMm >= first && yMm <= last;
}
