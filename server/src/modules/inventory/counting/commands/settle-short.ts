import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allocateStock, releaseAllocations, trimAllocations } from '../../commands/allocate-stock.ts';
import type { AllocationRow } from '../../store/allocations.ts';
import { Bins } from '../../store/bin-stock.ts';
import { postMoves } from '../../store/post.ts';
import { consumeReservations } from '../../store/reservations.ts';
import { giveWay, type Hold } from '../domain/give-way.ts';
import { CountedShort, CountedShortSettled } from '../events.ts';
import { warehouseCode } from '../queries/takes.ts';
import { correctionsSince, lockStock, spotKey } from '../store/book.ts';
import { allocatedIn, reservedOf } from '../store/holds.ts';
import { letGo } from '../store/bins.ts';
import { lockLines, saveLines, type TakeLineRow } from '../store/lines.ts';
import { getTake, lockTake, type TakeRow } from '../store/takes.ts';
import { bookDue, type Due, dueOf, isCounted, linesSetAside } from './post-take.ts';

const waitingOf = (lines: readonly TakeLineRow[]) => lines.filter((l) => l.outcome === 'waiting').filter(isCounted);

/**
 * The orders that would give way to what a count found missing, as far as they are not among `except`: for the module that
 * knows orders to lock, and to say which may.
 */
export async function ordersInTheWay(tx: Tx, takeId: string, except: ReadonlySet<string>): Promise<string[]> {
  const take = await getTake(tx, takeId);
  const orders = new Set<string>();
  for (const due of await dueOf(tx, take, waitingOf(await lockLines(tx, takeId, null)))) {
    const may = (h: Hold): boolean => !except.has(h.orderId);
    const need = await lackOf(tx, take, due);
    const here = giveWay(need.bin, (await allocatedIn(tx, due.line)).filter(may));
    const there = giveWay(need.stock, (await reservedOf(tx, take.warehouse_id, due.line.sku_id)).filter(may));
    for (const h of [...here.given, ...there.given]) orders.add(h.orderId);
  }
  return [...orders].toSorted();
}

/** Units that are held beyond what there is: in the bin itself, and in the whole warehouse. */
async function lackOf(
  tx: Tx,
  take: TakeRow,
  { line, delta }: Due,
): Promise<{ bin: number; stock: number; there: number }> {
  const [bin] = await tx.query<{ quantity: number; allocated: number }>(
    `select quantity, allocated from inventory.bin_stock where org_id = $1 and sku_id = $2 and bin_id = $3 and batch_id = $4 and state = $5`,
    [tx.orgId, line.sku_id, line.bin_id, line.batch_id, line.state],
  );
  const [stock = { onHand: 0, reserved: 0 }] = await tx.query<{ onHand: number; reserved: number }>(
    'select on_hand as "onHand", reserved from inventory.balances where org_id = $1 and sku_id = $2 and warehouse_id = $3',
    [tx.orgId, line.sku_id, take.warehouse_id],
  );
  const there = bin?.quantity ?? 0;
  const good = line.state === 'good';
  return {
    there,
    bin: good ? Math.max(0, (bin?.allocated ?? 0) - (there + delta)) : 0,
    stock: good ? Math.max(0, stock.reserved - (stock.onHand + delta)) : 0,
  };
}

/** Units an order was promised and cannot have. */
export type GaveWay = { orderId: string; lineId: string; quantity: number };

/** Which orders' locks the caller holds and may be taken from, and which must not be, whatever they hold. */
export type Givers = { readonly may: ReadonlySet<string>; readonly cannot: ReadonlySet<string> };

/**
 * Books the lines of a count that waited for orders. Orders whose units stood in the bin are given others where there are
 * any; as many units as the warehouse lacks are taken from the orders that came last, and returned for them to be told.
 * The caller holds the locks of those that may give. A line for which others would have to give goes on waiting, and the
 * event is told again; one for which not enough can give is refused: it is counted again.
 */
export async function settleShort(tx: Tx, ctx: Ctx, takeId: string, givers: Givers): Promise<GaveWay[]> {
  const take = await lockTake(tx, takeId, 'update');
  const lines = await lockLines(tx, takeId, null);
  const waiting = waitingOf(lines);
  if (waiting.length === 0) return [];
  await lockStock(
    tx,
    take.warehouse_id,
    waiting.map((l) => l.sku_id),
  );
  // waves allocate under the locks of bins alone: none may be given away while it is looked who gives way
  await Bins.lock(
    tx,
    waiting.map((l) => ({ skuId: l.sku_id, warehouseId: take.warehouse_id })),
  );
  const aside = await bookAside(tx, ctx, take, lines, waiting);
  const due = new Map((await dueOf(tx, take, waiting)).map((d) => [d.line, d]));
  const gave: GaveWay[] = [];
  for (const line of waiting) {
    const one = due.get(line);
    const given = one ? await settleOne(tx, ctx, take, one, givers) : [];
    if (given === 'later') continue;
    line.outcome = one === undefined ? 'same' : given === 'refused' ? 'refused' : 'posted';
    line.posted = line.outcome === 'posted' ? (one?.delta ?? null) : null;
    if (given !== 'refused') gave.push(...given);
  }
  await saveLines(tx, takeId, [...waiting, ...aside]);
  await letGo(tx, takeId);
  const left = waiting.filter((l) => l.outcome === 'waiting').length;
  const about = { no: take.no, warehouse: await warehouseCode(tx, take.warehouse_id) };
  await CountedShortSettled.emit(tx, ctx, takeId, {
    ...about,
    lines: waiting.length - left,
    refused: waiting.filter((l) => l.outcome === 'refused').length,
    units: gave.reduce((n, g) => n + g.quantity, 0),
  });
  if (left > 0) await CountedShort.emit(tx, ctx, takeId, { ...about, lines: left });
  return gave;
}

/** Units of the waiting lines that were set aside while they waited: gone from what is frozen, as the count says. */
async function bookAside(
  tx: Tx,
  ctx: Ctx,
  take: TakeRow,
  lines: readonly TakeLineRow[],
  waiting: readonly TakeLineRow[],
): Promise<TakeLineRow[]> {
  const aside = await linesSetAside(tx, take, waiting, lines);
  const due = await dueOf(tx, take, aside.filter(isCounted));
  for (const { line, delta } of due) Object.assign(line, { outcome: 'posted', posted: delta });
  const more = await asideSinceBooked(tx, take, lines, waiting);
  for (const { line, delta } of more) Object.assign(line, { outcome: 'posted', posted: (line.posted ?? 0) + delta });
  await bookDue(tx, ctx, take, [...due, ...more]);
  return [...aside, ...more.map((m) => m.line)];
}

/**
 * Frozen lines that were booked with the count, where more was set aside while their good units waited: what has been
 * corrected since they were counted, less what the count itself has made of them.
 */
async function asideSinceBooked(
  tx: Tx,
  take: TakeRow,
  lines: readonly TakeLineRow[],
  waiting: readonly TakeLineRow[],
): Promise<Due[]> {
  const wanted = new Set(waiting.map((l) => spotKey({ ...l, state: 'frozen' })));
  const booked = lines
    .filter(isCounted)
    .filter((l) => wanted.has(spotKey(l)) && (l.outcome === 'posted' || l.outcome === 'same'));
  const corrected = await correctionsSince(
    tx,
    take.warehouse_id,
    booked.map((l) => ({ ...l, seq: l.counted_seq })),
  );
  return booked.flatMap((line, i) => {
    const units = (corrected[i] ?? 0) - (line.counted - line.book);
    return units > 0 ? [{ line, delta: -units }] : [];
  });
}

/** What gave way; `later`: orders would have to that are not locked; `refused`: not enough can. Nothing is changed then. */
async function settleOne(
  tx: Tx,
  ctx: Ctx,
  take: TakeRow,
  due: Due,
  givers: Givers,
): Promise<GaveWay[] | 'later' | 'refused'> {
  const { line, delta } = due;
  const lack = await lackOf(tx, take, due);
  if (lack.there + delta < 0) return 'refused';
  const holds = { here: await allocatedIn(tx, line), there: await reservedOf(tx, take.warehouse_id, line.sku_id) };
  const { here, gave, left } = choose(lack, holds, (id) => givers.may.has(id));
  if (left > 0) return choose(lack, holds, (id) => !givers.cannot.has(id)).left > 0 ? 'refused' : 'later';
  const freed = here.map((h): AllocationRow => ({
    order_id: h.orderId,
    line_id: h.lineId,
    warehouse_id: take.warehouse_id,
    sku_id: line.sku_id,
    bin_id: line.bin_id,
    batch_id: line.batch_id,
    quantity: h.quantity,
    why: 'counted_short',
  }));
  await releaseAllocations(tx, freed);
  await consumeReservations(
    tx,
    gave.map((g) => ({
      order_id: g.orderId,
      line_id: g.lineId,
      warehouse_id: take.warehouse_id,
      quantity: g.quantity,
    })),
  );
  await postMoves(
    tx,
    ctx,
    gave.map((g) => ({
      skuId: line.sku_id,
      warehouseId: take.warehouse_id,
      kind: 'release' as const,
      reserved: -g.quantity,
      docId: g.orderId,
      lineId: g.lineId,
      reason: take.no,
    })),
  );
  for (const orderId of new Set(gave.map((g) => g.orderId))) await trimAllocations(tx, orderId);
  await bookDue(tx, ctx, take, [due]);
  await giveOtherBins(tx, ctx, take, line, freed, gave);
  return gave;
}

/** Who gives up the units of the bin, and who gives up units altogether: those of the bin first, then whoever came last. */
function choose(
  lack: { bin: number; stock: number },
  holds: { here: readonly Hold[]; there: readonly Hold[] },
  may: (orderId: string) => boolean,
): { here: Hold[]; gave: Hold[]; left: number } {
  const here = giveWay(
    lack.bin,
    holds.here.filter((h) => may(h.orderId)),
  );
  const first = new Set(here.given.map((h) => `${h.orderId}/${h.lineId}`));
  const isFirst = (h: Hold): boolean => first.has(`${h.orderId}/${h.lineId}`);
  const there = holds.there.filter((h) => may(h.orderId));
  const ofBin = giveWay(lack.stock, there.filter(isFirst));
  const others = giveWay(
    ofBin.left,
    there.filter((h) => !isFirst(h)),
  );
  return { here: here.given, gave: [...ofBin.given, ...others.given], left: here.left + others.left };
}

/** Units that are still reserved for a line and stood in the bin that came up short: they are taken from elsewhere. */
async function giveOtherBins(
  tx: Tx,
  ctx: Ctx,
  take: TakeRow,
  line: TakeLineRow,
  freed: readonly AllocationRow[],
  gave: readonly GaveWay[],
): Promise<void> {
  const lost = new Map(gave.map((g) => [`${g.orderId}/${g.lineId}`, g.quantity]));
  await allocateStock(
    tx,
    ctx,
    freed.map((f) => ({
      orderId: f.order_id,
      lineId: f.line_id,
      skuId: line.sku_id,
      warehouseId: take.warehouse_id,
      quantity: Math.max(0, f.quantity - (lost.get(`${f.order_id}/${f.line_id}`) ?? 0)),
    })),
  );
}
