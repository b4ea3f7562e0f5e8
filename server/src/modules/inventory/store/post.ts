import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { InsufficientStock } from '../errors.ts';

export type MoveKind =
  | 'receive'
  | 'reserve'
  | 'release'
  | 'ship'
  | 'return_in'
  | 'adjust'
  | 'transfer_out'
  | 'transfer_in'
  | 'freeze'
  | 'unfreeze'
  | 'damage'
  | 'scrap';
export const BUCKETS = ['onHand', 'reserved', 'inTransit', 'damaged', 'frozen'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** One row of the ledger: signed quantities per bucket, and the document that caused it. */
export type Move = {
  skuId: string;
  warehouseId: string;
  kind: MoveKind;
  docId: string;
  lineId?: string;
  bin?: string | undefined;
  batch?: string | undefined;
  expiresOn?: string | undefined;
  unitCost?: number | undefined;
  reason?: string | undefined;
  /** Where the caller wrote the quantity, for the refusal. */
  path?: string;
  sku?: string;
} & Partial<Record<Bucket, number>>;

type Balance = {
  sku_id: string;
  warehouse_id: string;
  on_hand: number;
  reserved: number;
  in_transit: number;
  damaged: number;
  frozen: number;
  safety: number;
};

/**
 * Posts moves: balances and ledger in one go, balances locked in key order so that two postings never wait for each
 * other in a circle. @throws InsufficientStock naming every move that would make a bucket negative or reserve more
 * than is on hand; nothing is posted then.
 */
export async function postMoves(tx: Tx, ctx: Ctx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const keys = [...new Map(moves.map((m) => [`${m.skuId}/${m.warehouseId}`, m])).values()];
  const balances = await lockBalances(tx, keys);
  const problems: FieldProblem[] = [];
  for (const move of moves) {
    const b = balances.get(`${move.skuId}/${move.warehouseId}`) as Balance;
    const free = b.on_hand - b.reserved;
    b.on_hand += move.onHand ?? 0;
    b.reserved += move.reserved ?? 0;
    b.in_transit += move.inTransit ?? 0;
    b.damaged += move.damaged ?? 0;
    b.frozen += move.frozen ?? 0;
    if (
      b.on_hand < 0 ||
      b.reserved < 0 ||
      b.reserved > b.on_hand ||
      b.in_transit < 0 ||
      b.damaged < 0 ||
      b.frozen < 0
    ) {
      problems.push({
        path: move.path ?? '',
        code: 'insufficient_stock',
        facts: { sku: move.sku ?? move.skuId, available: Math.max(free, 0) },
      });
    }
  }
  if (problems.length > 0) throw new InsufficientStock({}, problems);
  await saveBalances(tx, [...balances.values()]);
  await insertMoves(tx, ctx, moves);
}

async function lockBalances(
  tx: Tx,
  keys: readonly { skuId: string; warehouseId: string }[],
): Promise<Map<string, Balance>> {
  const params = [tx.orgId, keys.map((k) => k.skuId), keys.map((k) => k.warehouseId)];
  await tx.prepared(
    `insert into inventory.balances (org_id, sku_id, warehouse_id)
     select $1, s, w from unnest($2::uuid[], $3::uuid[]) as u (s, w) order by s, w on conflict do nothing`,
    params,
  );
  const rows = await tx.prepared<Balance>(
    `select b.sku_id, b.warehouse_id, b.on_hand, b.reserved, b.in_transit, b.damaged, b.frozen, b.safety
       from inventory.balances b join unnest($2::uuid[], $3::uuid[]) as u (s, w) on b.sku_id = u.s and b.warehouse_id = u.w
      where b.org_id = $1 order by b.sku_id, b.warehouse_id for no key update of b`,
    params,
  );
  return new Map(rows.map((r) => [`${r.sku_id}/${r.warehouse_id}`, r]));
}

async function saveBalances(tx: Tx, rows: readonly Balance[]): Promise<void> {
  await tx.prepared(
    `update inventory.balances b set on_hand = u.h, reserved = u.r, in_transit = u.t, damaged = u.d, frozen = u.f
       from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]) as u (s, w, h, r, t, d, f)
      where b.org_id = $1 and b.sku_id = u.s and b.warehouse_id = u.w`,
    [
      tx.orgId,
      rows.map((r) => r.sku_id),
      rows.map((r) => r.warehouse_id),
      rows.map((r) => r.on_hand),
      rows.map((r) => r.reserved),
      rows.map((r) => r.in_transit),
      rows.map((r) => r.damaged),
      rows.map((r) => r.frozen),
    ],
  );
}

/** Writes the ledger alone: for moves that leave every balance as it is. */
export async function insertMoves(tx: Tx, ctx: Ctx, moves: readonly Move[]): Promise<void> {
  const rows = moves.map((m) => ({
    s: m.skuId,
    w: m.warehouseId,
    k: m.kind,
    oh: m.onHand ?? 0,
    r: m.reserved ?? 0,
    t: m.inTransit ?? 0,
    d: m.damaged ?? 0,
    f: m.frozen ?? 0,
    doc: m.docId,
    l: m.lineId ?? null,
    bin: m.bin ?? null,
    ba: m.batch ?? null,
    e: m.expiresOn ?? null,
    c: m.unitCost ?? null,
    re: m.reason ?? null,
  }));
  await tx.prepared(
    `insert into inventory.moves (org_id, sku_id, warehouse_id, kind, on_hand_d, reserved_d, in_transit_d, damaged_d, frozen_d, doc_id, line_id, bin, batch, expires_on, unit_cost, reason, actor_id, at)
     select $1, s, w, k, oh, r, t, d, f, doc, l, bin, ba, e, c, re, $3, $4
       from jsonb_to_recordset($2::jsonb) as m (s uuid, w uuid, k text, oh bigint, r bigint, t bigint, d bigint, f bigint, doc uuid, l uuid, bin text, ba text, e date, c bigint, re text)`,
    [tx.orgId, JSON.stringify(rows), ctx.actor.id, ctx.now],
  );
}
