import type { z } from 'zod';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { ServiceInvalid, WarehouseNotFound } from '../errors.ts';
import { ServiceChanged } from '../events.ts';
import { officialRegion } from '../ports.ts';
import { presentService } from '../present.ts';
import type { ServiceView, SetService } from '../schema.ts';
import { raiseServiceRevision, saveService } from '../store/service.ts';
import { lockWarehouse } from '../store/warehouses.ts';

/** Says where a warehouse sends to, at what cost and how fast; what it said before is forgotten. Orders placed from now on go by it. */
export async function setService(tx: Tx, ctx: Ctx, input: SetService): Promise<z.input<typeof ServiceView>> {
  const warehouse = await lockWarehouse(tx, input.warehouseId);
  if (!warehouse || !seesWarehouse(ctx, warehouse.id)) throw new WarehouseNotFound({ warehouse: input.warehouseId });
  const { rows, problems } = read(input.rows);
  if (problems.length > 0) throw new ServiceInvalid({}, problems);
  await saveService(tx, warehouse.id, rows);
  await raiseServiceRevision(tx, 'made');
  await ServiceChanged.emit(tx, ctx, warehouse.id, { code: warehouse.code, regions: rows.length });
  return presentService(warehouse, rows);
}

type Said = SetService['rows'][number];
type Row = { region: string; excluded: boolean; cost: number | null; days: number | null };

/** Regions by their official names, each said of once. */
function read(said: readonly Said[]): { rows: Row[]; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  const rows = said.map(({ region, excluded, cost, days }, i): Row => {
    const official = region === '' ? '' : officialRegion(region);
    if (official === undefined) problems.push({ path: `rows[${i}].region`, code: 'unknown_region', facts: { region } });
    else if (seen.has(official))
      problems.push({ path: `rows[${i}].region`, code: 'region_twice', facts: { region: official } });
    seen.add(official ?? region);
    if (!excluded && cost === null) problems.push({ path: `rows[${i}].cost`, code: 'required' });
    if (excluded && (cost !== null || days !== null))
      problems.push({ path: `rows[${i}].excluded`, code: 'excluded_without_cost' });
    return { region: official ?? region, excluded, cost: excluded ? null : cost, days: excluded ? null : days };
  });
  return { rows: rows.toSorted((a, b) => (a.region < b.region ? -1 : 1)), problems };
}
