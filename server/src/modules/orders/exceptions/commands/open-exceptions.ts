import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { after, HOUR_MS, localDate } from '#kernel/time.ts';
import { vipOf } from '#modules/customers/index.ts';
import type { OrderRow } from '../../store/orders.ts';
import { exceptionClock } from '../clock.ts';
import { ExceptionOpened, ReplenishmentAsked } from '../events.ts';
import type { ExceptionKind } from '../domain/flow.ts';
import { exceptionSettings } from '../settings.ts';
import { insertException } from '../store/exceptions.ts';
import { type MissingLine, shortOf } from '../store/missing.ts';
import { askReplenishment } from '../store/replenishments.ts';

export const SHORTAGE = 'shortage';
export const ADDRESS = 'address';

/**
 * Opens what the holds of an order ask for: an exception for each line that lacks stock, a contact task for the address.
 * What is open already stays as it is. The caller holds the order's lock.
 */
export async function openFor(tx: Tx, ctx: Ctx, row: OrderRow): Promise<void> {
  if (row.status !== 'paid' && row.status !== 'pending_payment') return;
  if (row.holds.includes(ADDRESS)) await openOne(tx, ctx, row, { kind: 'address', note: '' });
  if (!row.holds.includes(SHORTAGE)) return;
  for (const missing of await shortOf(tx, row)) await openOne(tx, ctx, row, { kind: 'shortage', missing, note: '' });
}

type What = { kind: ExceptionKind; missing?: MissingLine; note: string };

/** Opens one exception, starts its clock, and for a shortage asks purchasing for the goods. Undefined when it is open already. */
export async function openOne(tx: Tx, ctx: Ctx, row: OrderRow, what: What): Promise<string | undefined> {
  const { line, units = 0 } = what.missing ?? {};
  const open = await tx.query(
    `select 1 from orders.exceptions where org_id = $1 and order_id = $2 and kind = $3 and coalesce(line_id, order_id) = $4 and resolved_at is null`,
    [tx.orgId, row.id, what.kind, line?.id ?? row.id],
  );
  if (open.length > 0) return undefined;
  const dueAt = after(ctx.now, (await exceptionSettings.get(tx)).resolveWithinHours * HOUR_MS);
  const id = newId();
  const no = `E${readableNo(localDate(ctx.now, await zoneOf(tx)), await nextNumber(tx, 'exception'))}`;
  const made = await insertException(tx, {
    id,
    no,
    order_id: row.id,
    line_id: line?.id ?? null,
    kind: what.kind,
    shop_id: row.shop_id,
    sku_id: line?.sku_id ?? null,
    vip: (await vipOf(tx, [row.customer_id])).has(row.customer_id),
    units,
    note: what.note,
    opened_at: ctx.now,
    opened_by: ctx.actor.id,
    due_at: dueAt,
    next_contact_at: what.kind === 'address' ? ctx.now : null,
  });
  if (!made) return undefined;
  await exceptionClock.open(tx, ctx, [{ subject: id, startsAt: ctx.now, dueAt }]);
  const facts = { exceptionId: id, no, orderNo: row.order_no };
  await ExceptionOpened.emit(tx, ctx, row.id, { ...facts, problem: what.kind, sku: line?.sku ?? null, units });
  if (line) {
    await askReplenishment(tx, { exceptionId: id, skuId: line.sku_id, sku: line.sku, units, at: ctx.now });
    await ReplenishmentAsked.emit(tx, ctx, row.id, { exceptionId: id, skuId: line.sku_id, sku: line.sku, units });
  }
  return id;
}

async function zoneOf(tx: Tx): Promise<string> {
  const [org] = await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]);
  return org?.time_zone ?? 'UTC';
}
