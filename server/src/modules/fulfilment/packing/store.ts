import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import type { CartonType } from '../domain/cartons.ts';
import { CartonExists, CartonNotFound } from '../errors.ts';
import { PARCEL_COLUMNS, type ParcelRow } from '../store/parcels.ts';

export type CartonRow = {
  id: string;
  code: string;
  name: string;
  length_mm: number;
  width_mm: number;
  height_mm: number;
  tare_g: number;
  max_g: number;
  cost_amount: number;
  currency: Currency;
  material: string;
  active: boolean;
  version: number;
};
const COLUMNS =
  'id, code, name, length_mm, width_mm, height_mm, tare_g, max_g, cost_amount, currency, material, active, version';
export const CARTONS_MAX = 200;

/** The organisation's cartons, by code; at most 200, which `insertCarton` sees to. */
export const allCartons = (tx: Tx): Promise<CartonRow[]> =>
  tx.prepared<CartonRow>(
    `select ${COLUMNS} from fulfilment.cartons where org_id = $1 order by code limit ${CARTONS_MAX}`,
    [tx.orgId],
  );

/** As the choice of a carton sees it. */
export const cartonType = (row: CartonRow): CartonType => ({
  code: row.code,
  lengthMm: row.length_mm,
  widthMm: row.width_mm,
  heightMm: row.height_mm,
  tareG: row.tare_g,
  maxG: row.max_g,
  cost: row.cost_amount,
});

/** @throws CartonNotFound, also for one that is no longer used. */
export async function getActiveCarton(tx: Tx, code: string): Promise<CartonRow> {
  const row = maybeOne(
    await tx.query<CartonRow>(
      `select ${COLUMNS} from fulfilment.cartons where org_id = $1 and lower(code) = lower($2) and active`,
      [tx.orgId, code],
    ),
  );
  if (!row) throw new CartonNotFound({ carton: code });
  return row;
}

/** @throws CartonNotFound. */
export async function lockCarton(tx: Tx, id: string): Promise<CartonRow> {
  const row = maybeOne(
    await tx.query<CartonRow>(`select ${COLUMNS} from fulfilment.cartons where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new CartonNotFound({ carton: id });
  return row;
}

/** @throws CartonExists. Its cost is in the organisation's currency. */
export async function insertCarton(
  tx: Tx,
  ctx: Ctx,
  carton: Omit<CartonRow, 'id' | 'currency' | 'active' | 'version'>,
): Promise<CartonRow> {
  const row = maybeOne(
    await tx.query<CartonRow>(
      `insert into fulfilment.cartons (org_id, id, code, name, length_mm, width_mm, height_mm, tare_g, max_g, cost_amount, currency, material, created_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, o.currency, $11, $12 from kernel.orgs o where o.id = $1
       on conflict do nothing returning ${COLUMNS}`,
      [
        tx.orgId,
        newId(),
        carton.code,
        carton.name,
        carton.length_mm,
        carton.width_mm,
        carton.height_mm,
        carton.tare_g,
        carton.max_g,
        carton.cost_amount,
        carton.material,
        ctx.now,
      ],
    ),
  );
  if (!row) throw new CartonExists({ carton: carton.code });
  return row;
}

/** @throws PreconditionFailed when it has changed since it was read. */
export async function saveCarton(tx: Tx, ctx: Ctx, row: CartonRow): Promise<CartonRow> {
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  return one(
    await tx.query<CartonRow>(
      `update fulfilment.cartons set name = $3, length_mm = $4, width_mm = $5, height_mm = $6, tare_g = $7, max_g = $8, cost_amount = $9,
              material = $10, active = $11, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        row.name,
        row.length_mm,
        row.width_mm,
        row.height_mm,
        row.tare_g,
        row.max_g,
        row.cost_amount,
        row.material,
        row.active,
      ],
    ),
  );
}

/** The carton a parcel is in, and what the scale said of both together; null: not weighed. The parcel is locked. */
export async function savePacking(
  tx: Tx,
  parcelId: string,
  packing: { cartonId: string | null; weightG: number | null; at: Date },
): Promise<ParcelRow> {
  return one(
    await tx.query<ParcelRow>(
      `update fulfilment.parcels set carton_id = $3, weight_g = $4, weighed_at = case when $4::integer is null then null else $5::timestamptz end,
              version = version + 1 where org_id = $1 and id = $2 returning ${PARCEL_COLUMNS}`,
      [tx.orgId, parcelId, packing.cartonId, packing.weightG, packing.at],
    ),
  );
}

export type WeighingOutcome = 'fits' | 'unknown' | 'differs' | 'overridden' | 'confirmed';
export type Weighing = {
  weight_g: number;
  expected_g: number | null;
  outcome: WeighingOutcome;
  reason: string | null;
  actor_id: string;
  at: Date;
};

export async function insertWeighing(
  tx: Tx,
  ctx: Ctx,
  parcelId: string,
  w: { weightG: number; expectedG: number | undefined; outcome: WeighingOutcome; reason?: string | undefined },
): Promise<void> {
  await tx.query(
    `insert into fulfilment.weighings (org_id, id, parcel_id, weight_g, expected_g, outcome, reason, actor_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tx.orgId, newId(), parcelId, w.weightG, w.expectedG ?? null, w.outcome, w.reason ?? null, ctx.actor.id, ctx.now],
  );
}

/** What the scale said of a parcel, newest first. */
export const weighingsOf = (tx: Tx, parcelId: string): Promise<Weighing[]> =>
  tx.query<Weighing>(
    `select weight_g, expected_g, outcome, reason, actor_id, at from fulfilment.weighings where org_id = $1 and parcel_id = $2
      order by at desc, id desc limit 50`,
    [tx.orgId, parcelId],
  );

/** Counts the carton a parcel leaves in, at what it costs now. */
export async function useMaterial(tx: Tx, ctx: Ctx, parcel: ParcelRow): Promise<void> {
  if (parcel.carton_id === null) return;
  await tx.query(
    `insert into fulfilment.material_uses (org_id, parcel_id, warehouse_id, carton_id, carton, material, cost_amount, currency, used_at)
     select $1, $2, $3, id, code, material, cost_amount, currency, $5 from fulfilment.cartons where org_id = $1 and id = $4`,
    [tx.orgId, parcel.id, parcel.warehouse_id, parcel.carton_id, ctx.now],
  );
}

export type MaterialUse = {
  day: string;
  warehouse_id: string;
  material: string;
  carton: string;
  used: number;
  cost_amount: number;
  currency: Currency;
};

/** Cartons used by day, warehouse and kind; the day is the organisation's. In that order, after the given one. */
export const materialUses = (
  tx: Tx,
  filter: { from: Date; to: Date; warehouseIds: readonly string[] | null; zone: string; offset: number; limit: number },
): Promise<MaterialUse[]> =>
  tx.query<MaterialUse>(
    `select (used_at at time zone $5)::date::text as day, warehouse_id, material, carton, count(*) as used,
            sum(cost_amount)::bigint as cost_amount, currency
       from fulfilment.material_uses
      where org_id = $1 and used_at >= $2 and used_at < $3 and ($4::uuid[] is null or warehouse_id = any ($4))
      group by 1, 2, 3, 4, currency order by 1, 2, 3, 4, currency offset $6 limit $7`,
    [tx.orgId, filter.from, filter.to, filter.warehouseIds, filter.zone, filter.offset, filter.limit],
  );
