import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { eraseFile } from '#kernel/files/index.ts';
import { lockAnyOrder, type OrderRow } from '../store/orders.ts';
import { NothingArchived, OrderArchived, OrderNumberTaken } from './errors.ts';
import { OrderUnarchived } from './events.ts';
import { takeFromFile } from './read.ts';
import { alone, type ArchiveEnv } from './run.ts';
import {
  type ArchivedRow,
  archivedByIds,
  archivedInFile,
  columnsOf,
  familiesOf,
  filesByIds,
  filesIn,
  findArchived,
} from './store.ts';

const AT_ONCE = 200;

/** A number that another order got since. @throws OrderNumberTaken. */
async function refuseTaken(tx: Tx, orders: readonly ArchivedRow[]): Promise<void> {
  const [taken] = await tx.query<{ external_no: string }>(
    `select u.no as external_no from unnest($2::uuid[], $3::text[]) as u (shop, no) join orders.orders o on o.shop_id = u.shop and o.external_no = u.no and o.org_id = $1`,
    [tx.orgId, orders.map((o) => o.shop_id), orders.map((o) => o.external_no)],
  );
  if (taken) throw new OrderNumberTaken({ externalNo: taken.external_no });
}

/** Puts orders of one file back on line as they were, value by value, with all they are related to. Returns whom. */
async function putBack(tx: Tx, ctx: Ctx, asked: readonly ArchivedRow[]): Promise<string[]> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [`orders.archived/${asked[0]?.file_id}`]);
  const left = await archivedByIds(
    tx,
    asked.map((o) => o.order_id),
  );
  if (left.length === 0) return []; // somebody was faster
  const orders = await familiesOf(tx, left);
  const ids = orders.map((o) => o.order_id);
  await refuseTaken(tx, orders);
  const file = one(await filesByIds(tx, [...new Set(orders.map((o) => o.file_id))]));
  const { parts, rows, sums } = await takeFromFile(tx, file, ids);
  const { emptied } = one(
    await tx.query<{ emptied: string[] }>('select orders.archive_restore($1, $2, $3, $4, $5, $6) as emptied', [
      tx.orgId,
      ids,
      JSON.stringify(columnsOf(parts)),
      JSON.stringify(Object.fromEntries(rows)),
      JSON.stringify(sums),
      ctx.now,
    ]),
  );
  for (const empty of await filesByIds(tx, emptied)) if (empty.file_id) await eraseFile(tx, ctx, empty.file_id);
  for (const o of orders) await OrderUnarchived.emit(tx, ctx, o.order_id, { orderNo: o.order_no, month: file.month });
  return ids;
}

/** Puts one order back on line, by id or number. The same once more changes nothing. @throws ArchiveUnreadable, OrderNumberTaken. */
export async function restoreOrder(tx: Tx, ctx: Ctx, ref: string): Promise<OrderRow> {
  const found = await findArchived(tx, ref);
  if (found) await putBack(tx, ctx, [found]);
  return lockAnyOrder(tx, found?.order_id ?? ref);
}

/**
 * As lockAnyOrder, for what the world outside reports about an order: money that goes back, a parcel found again. An
 * archived order is put back for it; a person who acts has to do so themselves. @throws OrderArchived.
 */
export async function lockOrRestore(tx: Tx, ctx: Ctx, ref: string): Promise<OrderRow> {
  try {
    return await lockAnyOrder(tx, ref);
  } catch (error) {
    if (!(error instanceof OrderArchived) || (ctx.actor.kind !== 'system' && ctx.actor.kind !== 'public')) throw error;
    return restoreOrder(tx, ctx, ref);
  }
}

/**
 * Puts a whole month back, some orders at a time. Returns how many. Cut off, it goes on where it was.
 * @throws NothingArchived, ArchiveBusy.
 */
export async function restoreMonth(
  env: ArchiveEnv,
  ctx: Ctx,
  month: string,
  progress?: (orders: number) => Promise<void> | void,
): Promise<number> {
  return alone(env.db, ctx.orgId, async () => {
    const files = await env.db.read(ctx, (tx) => filesIn(tx, 'verified', month));
    if (files.length === 0) throw new NothingArchived({ month });
    let orders = 0;
    for (const file of files) {
      for (let more = true; more;) {
        const ids = await env.db.inTx(ctx, async (tx) => {
          const next = await archivedInFile(tx, file.id, AT_ONCE);
          return next.length === 0 ? [] : putBack(tx, ctx, next);
        });
        orders += ids.length;
        more = ids.length > 0;
        if (more) await progress?.(orders);
      }
    }
    return orders;
  });
}
