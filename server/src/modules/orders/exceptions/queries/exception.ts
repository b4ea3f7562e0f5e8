import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { present } from '#kernel/assert.ts';
import { can, type Ctx, seesShop } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { skusByIds, skusOfProducts } from '#modules/catalog/index.ts';
import { availableOf } from '#modules/inventory/index.ts';
import { getOrder, linesOf, type OrderRow } from '../../store/orders.ts';
import { shareOfMissing } from '../commands/cancel-missing.ts';
import { priceOfSubstitute } from '../commands/substitute-missing.ts';
import { ExceptionNotFound } from '../errors.ts';
import type { ExceptionView } from '../schema.ts';
import type { ExceptionRow } from '../store/exceptions.ts';
import { type MissingLine, missingOf } from '../store/missing.ts';
import { expectedFor } from '../store/replenishments.ts';
import { LISTED, type ListedRow, presentAll } from './exceptions.ts';

type View = z.input<typeof ExceptionView>;

/** An exception within the caller's data scope. @throws ExceptionNotFound for any other. */
export async function visibleException(tx: Tx, ctx: Ctx, id: string): Promise<ListedRow> {
  const row = maybeOne(await tx.query<ListedRow>(`${LISTED} and e.id = $2`, [tx.orgId, id]));
  if (!row || !seesShop(ctx, row.shop_id)) throw new ExceptionNotFound({ exceptionId: id });
  return row;
}

/** One exception, as the desk works on it. */
export async function viewException(tx: Tx, ctx: Ctx, id: string): Promise<View> {
  const row = await visibleException(tx, ctx, id);
  const summary = present((await presentAll(tx, ctx, [row])).get(row.id), 'what was read is presented');
  const order = await getOrder(tx, row.order_id);
  const missing = row.line_id === null ? undefined : await missingLine(tx, order, row.line_id);
  const money = (amount: number) => ({ amount, currency: order.currency });
  return {
    ...summary,
    note: row.note,
    missing: missing?.units ?? 0,
    worth: money(missing ? shareOfMissing(order, missing.line, missing.units) : 0),
    options: row.options,
    offer: offerOf(ctx, row),
    answer: row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
    answeredBy: row.answered_by,
    expectedAt: (await expectedFor(tx, row.id))?.toISOString() ?? null,
    substitutes: missing && row.resolved_at === null ? await substitutesFor(tx, order, missing) : [],
    script: t(ctx.locale, `exceptions.script.${row.kind}`, { orderNo: order.order_no, goods: row.title ?? '' }),
    contacts: await contactsOf(tx, row.id),
    may: mayOf(ctx, row),
    version: row.version,
  };
}

const missingLine = async (tx: Tx, order: OrderRow, lineId: string): Promise<MissingLine | undefined> =>
  (await missingOf(tx, order)).find((m) => m.line.id === lineId);

function offerOf(ctx: Ctx, row: ExceptionRow): View['offer'] {
  if (row.offered_at === null || row.offer_expires_at === null) return null;
  const state = row.answer !== null ? 'answered' : row.offer_expires_at <= ctx.now ? 'expired' : 'open';
  return { state, offeredAt: row.offered_at.toISOString(), expiresAt: row.offer_expires_at.toISOString() };
}

/** Other SKUs of the same product of which there are enough. */
async function substitutesFor(tx: Tx, order: OrderRow, missing: MissingLine): Promise<View['substitutes']> {
  const [sold] = await skusByIds(tx, [missing.line.sku_id]);
  if (!sold) return [];
  const others = (await skusOfProducts(tx, [sold.product_id])).filter(
    (s) => s.id !== sold.id && s.status === 'on_sale' && s.currency === order.currency,
  );
  const free = await availableOf(
    tx,
    others.map((s) => s.id),
  );
  const money = (amount: number) => ({ amount, currency: order.currency });
  return others
    .filter((s) => (free.get(s.id) ?? 0) >= missing.units)
    .map((s) => {
      const { payable, refund } = priceOfSubstitute(order, missing, s);
      return {
        sku: s.sku,
        title: s.title,
        available: free.get(s.id) ?? 0,
        payable: money(payable),
        refund: money(refund),
      };
    });
}

async function contactsOf(tx: Tx, id: string): Promise<View['contacts']> {
  const rows = await tx.query<{ n: number; at: Date; actor_id: string; result: string; note: string }>(
    'select n, at, actor_id, result, note from orders.contacts where org_id = $1 and exception_id = $2 order by n desc limit 100',
    [tx.orgId, id],
  );
  const names = await actorNames(
    tx,
    rows.map((r) => r.actor_id),
  );
  return rows.map((r) => ({
    n: r.n,
    at: r.at.toISOString(),
    actor: names.get(r.actor_id) ?? r.actor_id,
    result: r.result,
    note: r.note,
  }));
}

function mayOf(ctx: Ctx, row: ExceptionRow): View['may'] {
  if (row.resolved_at !== null || !can(ctx, 'orders.exception.handle')) return [];
  return row.kind === 'shortage' ? ['offer', 'answer', 'contact', 'close', 'assign'] : ['contact', 'close', 'assign'];
}

/** The line of an exception, whether anything of it is missing or not. */
export const lineOfException = async (tx: Tx, row: ExceptionRow) =>
  (await linesOf(tx, row.order_id)).find((l) => l.id === row.line_id);
