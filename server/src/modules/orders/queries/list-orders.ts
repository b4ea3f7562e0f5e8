import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { findShop, listShops, type ShopRow } from '#modules/catalog/index.ts';
import { levelsOf } from '#modules/customers/index.ts';
import { goesOnIn } from '../change/queries/goes-on-in.ts';
import { ORDER_STATUSES } from '../domain/flow.ts';
import { presentSummary } from '../present.ts';
import type { CountOrders, ListOrders, OrderCounts, OrderSummary } from '../schema.ts';
import { ORDER_COLUMNS, type OrderRow } from '../store/orders.ts';

/** A WHERE clause that grows with its parameters. */
class Where {
  readonly parts: string[] = [];
  readonly params: unknown[];
  constructor(orgId: string) {
    this.params = [orgId];
  }
  /** `sql` writes `?` where the value goes. */
  and(sql: string, value: unknown): void {
    this.params.push(value);
    this.parts.push(sql.replaceAll('?', `$${this.params.length}`));
  }
}

/** The least and greatest id made at a moment: ids begin with their milliseconds, so a period is a range of ids. */
const idBound = (at: Date, end: boolean): string => {
  const stamp = Math.max(at.getTime(), 0).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-${end ? '7fff-bfff-ffffffffffff' : '7000-8000-000000000000'}`;
};

/** Searches by what the text can be: an order number, an external number, a telephone number, or a name. */
function search(where: Where, orgId: string, q: string): void {
  const digits = q.replaceAll(/[\s-]/g, '');
  const phone = fieldCrypto.blindIndex(orgId, 'phone', normalisePhone(q));
  const name = fieldCrypto.blindIndex(orgId, 'name', normaliseName(q));
  where.params.push(digits, q, phone, name);
  const at = where.params.length;
  // One index each; the ids are few, so the page is read by primary key.
  where.parts.push(`o.id in (
    select id from orders.orders where org_id = $1 and order_no in ($${at - 3}, $${at - 2})
    union select id from orders.orders where org_id = $1 and external_no = $${at - 2} and shop_id in (select id from unnest(%SHOPS%::uuid[]) as s (id))
    union select id from (select id from orders.orders where org_id = $1 and phone_idx = $${at - 1} order by id desc limit 1000) p
    union select id from (select id from orders.orders where org_id = $1 and name_idx = $${at} order by id desc limit 1000) n)`);
}

type Filters = Omit<ListOrders, 'limit' | 'cursor' | 'sort'>;

/** The orders of the caller's scope that pass the filters. */
async function filtered(tx: Tx, ctx: Ctx, input: Filters, shops: readonly ShopRow[]): Promise<Where> {
  await fieldCrypto.load(ctx.orgId);
  const where = new Where(tx.orgId);
  if (ctx.actor.shops !== null) where.and('o.shop_id = any (?)', [...ctx.actor.shops]);
  if (input.shop !== undefined) where.and('o.shop_id = ?', (await findShop(tx, { code: input.shop }))?.id ?? null);
  if (input.status !== undefined) {
    const wanted = statuses(input.status);
    // one status is read in order from its index; for several the planner chooses between the indexes
    if (wanted.length === 1) where.and('o.status = ?', wanted[0]);
    else where.and('o.status = any (?)', wanted);
  }
  if (input.channel !== undefined) where.and('o.channel = ?', input.channel);
  if (input.phone !== undefined)
    where.and('o.phone_idx = ?', fieldCrypto.blindIndex(tx.orgId, 'phone', normalisePhone(input.phone)));
  if (input.held === true) where.parts.push(`o.holds <> '{}'`);
  if (input.held === false) where.parts.push(`o.holds = '{}'`);
  if (input.hold !== undefined) where.and(`o.holds <> '{}' and ? = any (o.holds)`, input.hold);
  if (input.customer !== undefined) where.and('o.customer_id = ?', input.customer);
  if (input.createdFrom !== undefined) where.and('o.id >= ?', idBound(input.createdFrom, false));
  if (input.createdTo !== undefined) where.and('o.id <= ?', idBound(input.createdTo, true));
  // What goes on in other orders is found by its number alone.
  if (input.q === undefined || input.q === '') where.parts.push('o.superseded is null');
  else {
    where.params.push(input.q.replaceAll(/[\s-]/g, ''), input.q);
    const at = where.params.length;
    where.parts.push(`(o.superseded is null or o.order_no in ($${at - 1}, $${at}) or o.external_no = $${at})`);
  }
  if (input.q !== undefined && input.q !== '') {
    search(where, tx.orgId, input.q);
    where.params.push(shops.map((s) => s.id));
    where.parts.push(where.parts.pop()!.replace('%SHOPS%', `$${where.params.length}`));
  }
  return where;
}

/** Orders by keyset: any page of any filter reads a few dozen rows, however many there are. */
export async function listOrders(tx: Tx, ctx: Ctx, input: ListOrders): Promise<Page<z.input<typeof OrderSummary>>> {
  const shops = await listShops(tx, null, 1000, ctx.actor.shops);
  const where = await filtered(tx, ctx, input, shops);
  const down = input.sort === '-createdAt';
  const order = `orders${input.sort}`;
  if (input.cursor !== undefined) where.and(`o.id ${down ? '<' : '>'} ?`, decodeCursor(order, input.cursor, 1)[0]);
  where.params.push(input.limit + 1);
  const rows = await tx.query<OrderRow>(
    `select ${ORDER_COLUMNS} from orders.orders o where ${['o.org_id = $1', ...where.parts].join(' and ')} order by o.id ${down ? 'desc' : 'asc'} limit $${where.params.length}`,
    where.params,
  );
  const codes = new Map(shops.map((s) => [s.id, s.code]));
  const goesOn = await goesOnIn(
    tx,
    rows.filter((r) => r.superseded).map((r) => r.id),
  );
  const levels = await levelsOf(
    tx,
    rows.map((r) => r.customer_id),
  );
  return pageOf(
    rows,
    input.limit,
    order,
    (r) => [r.id],
    (r) => presentSummary(tx.orgId, r, codes.get(r.shop_id) ?? '', goesOn.get(r.id) ?? [], levels.get(r.customer_id)),
  );
}

const COUNT_MAX = 10_000; // more than this is shown as “more than”, and is not worth the reading

/** How many orders pass the filters in each state; none above 10,000, which then means that or more. */
export async function countOrders(tx: Tx, ctx: Ctx, input: CountOrders): Promise<z.input<typeof OrderCounts>> {
  const where = await filtered(tx, ctx, input, await listShops(tx, null, 1000, ctx.actor.shops));
  const at = where.params.length;
  const rows = await tx.query<{ status: string; n: number }>(
    `select s.status, (select count(*) from (
        select from orders.orders o where ${['o.org_id = $1', ...where.parts, 'o.status = s.status'].join(' and ')} limit $${at + 1}) x) as n
       from unnest($${at + 2}::text[]) as s (status)`,
    [...where.params, COUNT_MAX, [...ORDER_STATUSES]],
  );
  const counts = Object.fromEntries(rows.map((r) => [r.status, r.n])) as z.input<typeof OrderCounts>['counts'];
  const all = Math.min(
    rows.reduce((sum, r) => sum + r.n, 0),
    COUNT_MAX,
  );
  return { counts: { ...counts, all }, max: COUNT_MAX };
}

function statuses(text: string): string[] {
  const wanted = text.split(',');
  const known: readonly string[] = ORDER_STATUSES;
  if (wanted.some((s) => !known.includes(s))) throw new InvalidRequest({}, [{ path: 'status', code: 'invalid_value' }]);
  return wanted;
}
