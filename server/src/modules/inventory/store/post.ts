import { assert, present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { todayOf } from '#kernel/org-day.ts';
import { InsufficientStock } from '../errors.ts';
import { type BinDelta, Bins, binsToLeave, floorOf, NO_BATCH, type StockState } from './bin-stock.ts';

export type MoveKind =
  | 'receive'
  | 'reserve'
  | 'release'
  | 'ship'
  | 'return_in'
  | 'adjust'
  | 'move'
  | 'transfer_out'
  | 'transfer_in'
  | 'freeze'
  | 'unfreeze'
  | 'damage'
  | 'scrap'
  | 'kit'
  | 'unkit';
export const BUCKETS = ['onHand', 'reserved', 'inTransit', 'damaged', 'frozen'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** One row of the ledger: signed quantities per bucket, and the document that caused it. */
export type Move = {
  skuId: string;
  warehouseId: string;
  kind: MoveKind;
  docId: string;
  lineId?: string;
  /** Where the goods stand. Without it goods come onto the floor, and leave by expiry from where they are free. */
  binId?: string | undefined;
  /** Without it goods come without a batch, and leave by expiry from among those in the bin. */
  batchId?: string | undefined;
  /** The goods that leave the bin come to stand in this one of the same warehouse; the balance does not change. */
  toBinId?: string;
  /** Units allocated in the bin that go with the move; signed. */
  allocated?: number;
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

const PHYSICAL = [
  ['onHand', 'good'],
  ['damaged', 'damaged'],
  ['frozen', 'frozen'],
] as const satisfies readonly (readonly [Bucket, StockState])[];
const isPhysical = (m: Move): boolean => PHYSICAL.some(([bucket]) => (m[bucket] ?? 0) !== 0);

/**
 * Posts moves: balances, bins and ledger in one go, balances locked in key order and the bins after them, so that two
 * postings never wait for each other in a circle. Returns the moves as they were posted, each with its bin and batch.
 * @throws InsufficientStock naming every move that would make a bucket or bin negative or reserve more than is on hand;
 * nothing is posted then.
 */
export async function postMoves(tx: Tx, ctx: Ctx, moves: readonly Move[]): Promise<Move[]> {
  if (moves.length === 0) return [];
  const keys = [...new Map(moves.map((m) => [`${m.skuId}/${m.warehouseId}`, m])).values()];
  const balances = await lockBalances(tx, keys);
  const before = new Map([...balances].map(([key, b]) => [key, { ...b }]));
  for (const move of moves) apply(balances, move);
  const broken = new Set([...balances].filter(([, b]) => isBroken(b)).map(([key]) => key));
  if (broken.size > 0) throw new InsufficientStock({}, culprits(before, broken, moves));
  const posted = await postToBins(tx, ctx, moves);
  await saveBalances(tx, [...balances.values()]);
  await insertMoves(tx, ctx, posted);
  return posted;
}

const keyOf = (m: Move): string => `${m.skuId}/${m.warehouseId}`;

function apply(balances: ReadonlyMap<string, Balance>, move: Move): Balance {
  const b = present(balances.get(keyOf(move)), 'the balance was locked');
  if (move.toBinId !== undefined) return b;
  b.on_hand += move.onHand ?? 0;
  b.reserved += move.reserved ?? 0;
  b.in_transit += move.inTransit ?? 0;
  b.damaged += move.damaged ?? 0;
  b.frozen += move.frozen ?? 0;
  return b;
}

const isBroken = (b: Balance): boolean =>
  b.on_hand < 0 || b.reserved < 0 || b.reserved > b.on_hand || b.in_transit < 0 || b.damaged < 0 || b.frozen < 0;

/** The moves after which a balance that ends broken is so: where the caller wrote too much. */
function culprits(balances: Map<string, Balance>, broken: ReadonlySet<string>, moves: readonly Move[]): FieldProblem[] {
  return moves.flatMap((move) => {
    const { on_hand: onHand, reserved } = present(balances.get(keyOf(move)), 'the balance was locked');
    const b = apply(balances, move);
    return broken.has(keyOf(move)) && isBroken(b) ? [tooFew(move, onHand - reserved)] : [];
  });
}

const tooFew = (move: Move, available: number): FieldProblem => ({
  path: move.path ?? '',
  code: 'insufficient_stock',
  facts: { sku: move.sku ?? move.skuId, available: Math.max(available, 0) },
});

/** Gives every physical move its bin, and changes what stands there. @throws InsufficientStock. */
async function postToBins(tx: Tx, ctx: Ctx, moves: readonly Move[]): Promise<Move[]> {
  const physical = moves.filter(isPhysical);
  if (physical.length === 0) return [...moves];
  const bins = await Bins.lock(tx, physical);
  const today = await todayOf(tx, ctx);
  const problems: FieldProblem[] = [];
  const posted = moves.flatMap((move) => {
    if (!isPhysical(move)) return [move];
    const parts = placed(bins, move, today)?.flatMap(withArrival); // and booked at once: the next move must not choose them again
    const fits = parts?.every((part) => deltasOf(part).every((d) => bins.add(d))) ?? false;
    if (!fits) problems.push(tooFew(move, freeOf(bins, move)));
    return parts ?? [];
  });
  if (problems.length > 0) throw new InsufficientStock({}, problems);
  await bins.save(tx);
  return posted;
}

/** Where the move may take from: its bin and batch, as far as it names them. */
const mayTakeFrom = (move: Move, s: { binId: string; batchId: string }): boolean =>
  (move.binId === undefined || s.binId === move.binId) && (move.batchId === undefined || s.batchId === move.batchId);

/** Free units of the state a move takes from, where it may take from. */
const freeOf = (bins: Bins, move: Move): number =>
  bins
    .standings(move.skuId, move.warehouseId, takenFrom(move) ?? 'good')
    .filter((s) => mayTakeFrom(move, s))
    .reduce((n, s) => n + s.free, 0);

/** A part that goes to another bin, and its coming to stand there. */
function withArrival(part: Move): Move[] {
  const { toBinId, ...leaves } = part;
  if (toBinId === undefined) return [part];
  const arrives: Move = { ...leaves, binId: toBinId };
  for (const [bucket] of PHYSICAL) if (leaves[bucket] !== undefined) arrives[bucket] = -leaves[bucket];
  if (leaves.allocated !== undefined) arrives.allocated = -leaves.allocated;
  return [leaves, arrives];
}

const inBin = (m: Move): Move & { binId: string; batchId: string } => ({
  ...m,
  binId: m.binId ?? floorOf(m.warehouseId),
  batchId: m.batchId ?? NO_BATCH,
});

function deltasOf(move: Move): BinDelta[] {
  const { skuId, warehouseId, binId, batchId } = inBin(move);
  return PHYSICAL.flatMap(([bucket, state]) => {
    const quantity = move[bucket] ?? 0;
    if (quantity === 0) return [];
    const allocated = state === 'good' ? (move.allocated ?? 0) : 0;
    return [{ skuId, warehouseId, binId, batchId, state, quantity, allocated }];
  });
}

const takenFrom = (move: Move): StockState | undefined => PHYSICAL.find(([bucket]) => (move[bucket] ?? 0) < 0)?.[1];

/**
 * A move by the bins and batches it happens in. One that takes units and does not name both is cut into parts, whose other
 * quantities follow; what changes its state only stays in its bin. Undefined: not enough is free.
 */
function placed(bins: Bins, move: Move, today: string): Move[] | undefined {
  const state = takenFrom(move);
  if (state === undefined || (move.binId !== undefined && move.batchId !== undefined)) return [inBin(move)];
  const amounts = BUCKETS.map((b) => Math.abs(move[b] ?? 0)).filter((n) => n !== 0);
  const whole = amounts[0] ?? 0;
  assert(
    amounts.every((n) => n === whole),
    'a move without a bin has one quantity',
  );
  const sold = move.kind === 'ship' || move.kind === 'transfer_out' || move.kind === 'kit';
  const standings = bins
    .standings(move.skuId, move.warehouseId, state)
    .filter((s) => mayTakeFrom(move, s) && s.binId !== move.toBinId);
  return binsToLeave(standings, whole, sold && move.binId === undefined ? today : null)?.map((part) => {
    const share: Partial<Record<Bucket, number>> = {};
    for (const b of BUCKETS) if (move[b] !== undefined) share[b] = Math.sign(move[b]) * part.quantity;
    return { ...move, ...share, binId: part.binId, batchId: part.batchId };
  });
}

/** Locks balances in key order, and makes those that are not there. Whoever locks bins as well locks these before. */
export async function lockBalances(
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
    b: m.binId ?? null,
    ba: m.batchId ?? null,
    e: m.expiresOn ?? null,
    c: m.unitCost ?? null,
    re: m.reason ?? null,
  }));
  await tx.prepared(
    `insert into inventory.moves (org_id, sku_id, warehouse_id, kind, on_hand_d, reserved_d, in_transit_d, damaged_d, frozen_d, doc_id, line_id, bin_id, batch_id, expires_on, unit_cost, reason, actor_id, at)
     select $1, s, w, k, oh, r, t, d, f, doc, l, b, ba, e, c, re, $3, $4
       from jsonb_to_recordset($2::jsonb) as m (s uuid, w uuid, k text, oh bigint, r bigint, t bigint, d bigint, f bigint, doc uuid, l uuid, b uuid, ba uuid, e date, c bigint, re text)`,
    [tx.orgId, JSON.stringify(rows), ctx.actor.id, ctx.now],
  );
}
