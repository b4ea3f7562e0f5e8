import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { BinKind } from '../domain/choose-stock.ts';
import { floorOf } from './bin-stock.ts';

export type Temperature = 'ambient' | 'chilled' | 'frozen';
export type ZoneRow = {
  id: string;
  warehouse_id: string;
  code: string;
  name: string;
  temperature: Temperature;
  created_at: Date;
  version: number;
};
export type BinRow = {
  id: string;
  warehouse_id: string;
  zone_id: string | null;
  code: string;
  kind: BinKind;
  aisle: number | null;
  side: 'L' | 'R' | null;
  bay: number | null;
  level: number | null;
  x_mm: number | null;
  y_mm: number | null;
  closed: boolean;
  created_at: Date;
  version: number;
};
const ZONE = 'id, warehouse_id, code, name, temperature, created_at, version';
const BIN = 'id, warehouse_id, zone_id, code, kind, aisle, side, bay, level, x_mm, y_mm, closed, created_at, version';

/** The two bins every warehouse has from the beginning: the floor, and where picked goods wait to be packed. */
export async function insertFirstBins(tx: Tx, warehouseId: string, at: Date): Promise<void> {
  await tx.query(
    `insert into inventory.bins (org_id, id, warehouse_id, code, kind, created_at)
     values ($1, $2, $2, 'FLOOR', 'floor', $4), ($1, $3, $2, 'STAGE', 'staging', $4)`,
    [tx.orgId, floorOf(warehouseId), newId(), at],
  );
}

export async function zonesOf(tx: Tx, warehouseId: string): Promise<ZoneRow[]> {
  return tx.query<ZoneRow>(
    `select ${ZONE} from inventory.zones where org_id = $1 and warehouse_id = $2 order by code limit 500`,
    [tx.orgId, warehouseId],
  );
}

/** Of every warehouse. */
export async function allZones(tx: Tx): Promise<ZoneRow[]> {
  return tx.query<ZoneRow>(`select ${ZONE} from inventory.zones where org_id = $1 limit 10000`, [tx.orgId]);
}

/** Returns undefined when the code is taken in the warehouse. */
export async function insertZone(tx: Tx, row: ZoneRow): Promise<ZoneRow | undefined> {
  return maybeOne(
    await tx.query<ZoneRow>(
      `insert into inventory.zones (org_id, ${ZONE}) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (org_id, warehouse_id, code) do nothing returning ${ZONE}`,
      [tx.orgId, row.id, row.warehouse_id, row.code, row.name, row.temperature, row.created_at, row.version],
    ),
  );
}

/** Inserts bins whose codes are free in the warehouse; returns those that were inserted. */
export async function insertBins(tx: Tx, rows: readonly BinRow[]): Promise<BinRow[]> {
  if (rows.length === 0) return [];
  return tx.query<BinRow>(
    `insert into inventory.bins (org_id, ${BIN})
     select $1, b.* from jsonb_to_recordset($2::jsonb) as b (id uuid, warehouse_id uuid, zone_id uuid, code text, kind text, aisle integer,
       side text, bay integer, level integer, x_mm integer, y_mm integer, closed boolean, created_at timestamptz, version integer)
     on conflict (org_id, warehouse_id, code) do nothing returning ${BIN}`,
    [tx.orgId, JSON.stringify(rows)],
  );
}

/** Bins of a warehouse by their codes; those that do not exist are left out. */
export async function binsByCode(tx: Tx, warehouseId: string, codes: readonly string[]): Promise<Map<string, BinRow>> {
  if (codes.length === 0) return new Map();
  const rows = await tx.query<BinRow>(
    `select ${BIN} from inventory.bins where org_id = $1 and warehouse_id = $2 and code = any ($3)`,
    [tx.orgId, warehouseId, [...new Set(codes)]],
  );
  return new Map(rows.map((r) => [r.code, r]));
}

export async function binsByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, BinRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<BinRow>(`select ${BIN} from inventory.bins where org_id = $1 and id = any ($2)`, [
    tx.orgId,
    [...new Set(ids)],
  ]);
  return new Map(rows.map((r) => [r.id, r]));
}

export async function lockBin(tx: Tx, id: string): Promise<BinRow | undefined> {
  return maybeOne(
    await tx.query<BinRow>(`select ${BIN} from inventory.bins where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
}

export async function saveBin(tx: Tx, row: BinRow): Promise<BinRow> {
  const rows = await tx.query<BinRow>(
    `update inventory.bins set zone_id = $3, code = $4, kind = $5, aisle = $6, side = $7, bay = $8, level = $9, x_mm = $10, y_mm = $11,
            closed = $12, version = version + 1 where org_id = $1 and id = $2 returning ${BIN}`,
    [
      tx.orgId,
      row.id,
      row.zone_id,
      row.code,
      row.kind,
      row.aisle,
      row.side,
      row.bay,
      row.level,
      row.x_mm,
      row.y_mm,
      row.closed,
    ],
  );
  return rows[0] as BinRow;
}

/** Bins of a warehouse in order of their codes, after `after`. */
export async function listBins(
  tx: Tx,
  filter: {
    warehouseId: string;
    zoneId?: string | undefined;
    q?: string | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<BinRow[]> {
  return tx.query<BinRow>(
    `select ${BIN} from inventory.bins where org_id = $1 and warehouse_id = $2 and ($3::uuid is null or zone_id = $3)
        and ($4::text is null or starts_with(lower(code), lower($4))) and ($5::text is null or code > $5) order by code limit $6`,
    [tx.orgId, filter.warehouseId, filter.zoneId ?? null, filter.q ?? null, filter.after ?? null, filter.limit],
  );
}
