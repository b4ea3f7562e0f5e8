import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { PickState } from '../domain/flows.ts';
import { PickNotFound } from '../errors.ts';

export type PickRow = {
  id: string;
  wave_id: string;
  order_id: string;
  order_no: string;
  warehouse_id: string;
  status: PickState;
  created_at: Date;
  picked_at: Date | null;
  round: number;
  place: number;
  version: number;
};
/** `quantity` is what is still asked for, without what was missing; `scanned` what was picked; `shipped` what has left in parcels. */
export type PickLineRow = {
  pick_id: string;
  line_id: string;
  sku_id: string;
  sku: string;
  title: string;
  barcode: string | null;
  quantity: number;
  scanned: number;
  shipped: number;
  missing: number;
};
export type NewLine = {
  lineId: string;
  skuId: string;
  sku: string;
  title: string;
  barcode: string | null;
  quantity: number;
};

const COLUMNS = 'id, wave_id, order_id, order_no, warehouse_id, status, created_at, picked_at, round, place, version';

export async function insertWave(
  tx: Tx,
  ctx: Ctx,
  wave: { warehouseId: string; mode: WaveMode; note: string | null },
): Promise<string> {
  const id = newId();
  await tx.query(
    'insert into fulfilment.waves (org_id, id, warehouse_id, mode, note, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [tx.orgId, id, wave.warehouseId, wave.mode, wave.note, ctx.actor.id, ctx.now],
  );
  return id;
}

export async function insertPick(
  tx: Tx,
  ctx: Ctx,
  pick: {
    waveId: string;
    orderId: string;
    orderNo: string;
    warehouseId: string;
    round: number;
    place: number;
    lines: readonly NewLine[];
  },
): Promise<PickRow> {
  const rows = await tx.query<PickRow>(
    `insert into fulfilment.picks (org_id, id, wave_id, order_id, order_no, warehouse_id, status, created_at, round, place)
     values ($1, $2, $3, $4, $5, $6, 'picking', $7, $8, $9) returning ${COLUMNS}`,
    [tx.orgId, newId(), pick.waveId, pick.orderId, pick.orderNo, pick.warehouseId, ctx.now, pick.round, pick.place],
  );
  const row = rows[0] as PickRow;
  const { lines } = pick;
  await tx.query(
    `insert into fulfilment.pick_lines (org_id, pick_id, warehouse_id, line_id, sku_id, sku, title, barcode, quantity)
     select $1, $2, $3, l.* from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::bigint[]) as l`,
    [
      tx.orgId,
      row.id,
      pick.warehouseId,
      lines.map((l) => l.lineId),
      lines.map((l) => l.skuId),
      lines.map((l) => l.sku),
      lines.map((l) => l.title),
      lines.map((l) => l.barcode),
      lines.map((l) => l.quantity),
    ],
  );
  return row;
}

export async function getPick(tx: Tx, id: string): Promise<PickRow> {
  const row = maybeOne(
    await tx.query<PickRow>(`select ${COLUMNS} from fulfilment.picks where org_id = $1 and id = $2`, [tx.orgId, id]),
  );
  if (!row) throw new PickNotFound({ pickId: id });
  return row;
}

/** After the order and the parcel, where those are locked too. */
export async function lockPick(tx: Tx, id: string): Promise<PickRow> {
  const rows = await tx.query<PickRow>(
    `select ${COLUMNS} from fulfilment.picks where org_id = $1 and id = $2 for update`,
    [tx.orgId, id],
  );
  const row = maybeOne(rows);
  if (!row) throw new PickNotFound({ pickId: id });
  return row;
}

/** The order's picks that are not done with, locked. */
export async function lockLivePicks(tx: Tx, orderId: string): Promise<PickRow[]> {
  return tx.query<PickRow>(
    `select ${COLUMNS} from fulfilment.picks where org_id = $1 and order_id = $2 and status in ('picking', 'picked') order by id for update`,
    [tx.orgId, orderId],
  );
}

export async function pickLines(tx: Tx, pickIds: readonly string[]): Promise<PickLineRow[]> {
  if (pickIds.length === 0) return [];
  return tx.query<PickLineRow>(
    `select pick_id, line_id, sku_id, sku, title, barcode, quantity - missing as quantity, picked as scanned, shipped, missing from fulfilment.pick_lines
      where org_id = $1 and pick_id = any ($2) order by pick_id, sku, line_id`,
    [tx.orgId, pickIds],
  );
}

export async function addPicked(
  tx: Tx,
  pickId: string,
  adds: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.query(
    `update fulfilment.pick_lines l set picked = l.picked + a.q from unnest($3::uuid[], $4::bigint[]) as a (id, q)
      where l.org_id = $1 and l.pick_id = $2 and l.line_id = a.id`,
    [tx.orgId, pickId, adds.map((a) => a.lineId), adds.map((a) => a.quantity)],
  );
}

/** Pieces that were not on the shelf and that nothing in this warehouse replaces: the pick does without them. */
export async function addMissing(tx: Tx, pickId: string, lineId: string, quantity: number): Promise<void> {
  await tx.query(
    `update fulfilment.pick_lines set missing = missing + $4, live = live and shipped < quantity - missing - $4
      where org_id = $1 and pick_id = $2 and line_id = $3`,
    [tx.orgId, pickId, lineId, quantity],
  );
}

/** Counts pieces of a pick that left in a parcel; a line that has left in full is free for another pick. */
export async function addPickShipped(
  tx: Tx,
  pickId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.query(
    `update fulfilment.pick_lines l set shipped = l.shipped + a.q, live = l.shipped + a.q < l.quantity - l.missing
       from unnest($3::uuid[], $4::bigint[]) as a (id, q) where l.org_id = $1 and l.pick_id = $2 and l.line_id = a.id`,
    [tx.orgId, pickId, lines.map((l) => l.lineId), lines.map((l) => l.quantity)],
  );
}

export async function savePick(tx: Tx, row: PickRow, status: PickState, pickedAt: Date | null): Promise<PickRow> {
  const rows = await tx.query<PickRow>(
    `update fulfilment.picks set status = $3, picked_at = $4, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [tx.orgId, row.id, status, pickedAt],
  );
  if (status === 'cancelled') {
    await tx.query('update fulfilment.pick_lines set live = false where org_id = $1 and pick_id = $2', [
      tx.orgId,
      row.id,
    ]);
  }
  return rows[0] as PickRow;
}

/** Orders that are being picked, or have parcels not yet shipped, in the warehouse. */
export async function busyOrders(tx: Tx, warehouseId: string): Promise<Set<string>> {
  const rows = await tx.query<{ order_id: string }>(
    `select order_id from fulfilment.picks where org_id = $1 and warehouse_id = $2 and status in ('picking', 'picked')`,
    [tx.orgId, warehouseId],
  );
  return new Set(rows.map((r) => r.order_id));
}

export async function listPicks(
  tx: Tx,
  filter: {
    q?: string | undefined;
    warehouseIds: readonly string[] | null;
    orderId?: string | undefined;
    status?: string | undefined;
    waveId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<PickRow[]> {
  return tx.query<PickRow>(
    `select ${COLUMNS} from fulfilment.picks where org_id = $1 and ($2::text is null or order_no = $2 or id::text = $2)
        and ($3::uuid[] is null or warehouse_id = any ($3)) and ($4::uuid is null or order_id = $4) and ($5::text is null or status = $5)
        and ($6::uuid is null or wave_id = $6) and ($7::uuid is null or id < $7) order by id desc limit $8`,
    [
      tx.orgId,
      filter.q ?? null,
      filter.warehouseIds,
      filter.orderId ?? null,
      filter.status ?? null,
      filter.waveId ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
}

export type WaveMode = 'single' | 'batch';
export type WaveRow = {
  id: string;
  warehouse_id: string;
  created_by: string;
  created_at: Date;
  mode: WaveMode;
  note: string | null;
  picks: number;
  open: number;
};

export async function listWaves(
  tx: Tx,
  filter: {
    id?: string | undefined;
    warehouseIds: readonly string[] | null;
    before?: string | undefined;
    limit: number;
  },
): Promise<WaveRow[]> {
  return tx.query<WaveRow>(
    `select w.id, w.warehouse_id, w.created_by, w.created_at, w.mode, w.note, p.picks, p.open from fulfilment.waves w
       left join lateral (select count(*) as picks, count(*) filter (where status = 'picking') as open
         from fulfilment.picks k where k.org_id = w.org_id and k.wave_id = w.id) p on true
      where w.org_id = $1 and ($2::uuid is null or w.id = $2) and ($3::uuid[] is null or w.warehouse_id = any ($3))
        and ($4::uuid is null or w.id < $4) order by w.id desc limit $5`,
    [tx.orgId, filter.id ?? null, filter.warehouseIds, filter.before ?? null, filter.limit],
  );
}

/** Whether somebody picks the order now, or has packed of it what has not shipped. */
export async function isPicking(tx: Tx, orderId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from fulfilment.picks where org_id = $1 and order_id = $2 and status in ('picking', 'picked')
     union all select 1 from fulfilment.parcels where org_id = $1 and order_id = $2 and status in ('created', 'verified') limit 1`,
    [tx.orgId, orderId],
  );
  return rows.length > 0;
}
