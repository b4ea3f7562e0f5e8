import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { listShops, type ShopRow } from '#modules/catalog/index.ts';
import { levelsOf } from '#modules/customers/index.ts';
import { ArchiveUnreadable } from '../archive/errors.ts';
import { readArchived } from '../archive/read.ts';
import { archivedByIds } from '../archive/store.ts';
import { goesOnIn } from '../change/queries/goes-on-in.ts';
import { ORDER_STATUSES } from '../domain/flow.ts';
import { stageOf } from '../presale/domain/stage.ts';
import { STAGE_SQL } from '../presale/store/stage-sql.ts';
import { presentSummary } from '../present.ts';
import type { CountOrders, ListOrders, OrderCounts, OrderSummary } from '../schema.ts';
import { type OrderRow, ordersByIds } from '../store/orders.ts';
import { archivedCountSql, archivedPageSql, type Condition, countSql, pageSql, type Search } from './find-orders.ts';

/** The least and greatest id made at a moment: ids begin with their milliseconds, so a period is a range of ids. */
const idBound = (at: Date, end: boolean): string => {
  const stamp = Math.max(at.getTime(), 0).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-${end ? '7fff-bfff-ffffffffffff' : '7000-8000-000000000000'}`;
};

// One index each; what they find is read by primary key. ?1 digits, ?2 text, ?3 shops, ?4 phone, ?5 name.
const HITS = `select id from orders.orders where org_id = $1 and order_no in (?1, ?2)
  union select o.id from unnest(?3::uuid[]) as s (id) cross join lateral (
    select id from orders.orders where shop_id = s.id and external_no = ?2 and org_id is not distinct from $1 offset 0) o
  union select id from (select id from orders.orders where org_id = $1 and phone_idx = ?4 order by id desc limit 1000) p
  union select id from (select id from orders.orders where org_id = $1 and name_idx = ?5 order by id desc limit 1000) n`;

type Filters = Omit<ListOrders, 'limit' | 'cursor' | 'sort'>;

/** Searches by what the text can be: an order number, an external number, a telephone number, or a name. */
function searchFor(orgId: string, q: string, shops: readonly string[]): Pick<Search, 'driver' | 'rest'> {
  const digits = q.replaceAll(/[\s-]/g, '');
  const phone = fieldCrypto.blindIndex(orgId, 'phone', normalisePhone(q));
  const name = fieldCrypto.blindIndex(orgId, 'name', normaliseName(q));
  return {
    driver: { by: 'hits', sql: HITS, values: [digits, q, shops, phone, name] },
    // What goes on in other orders is found by its number alone.
    rest: [['(o.superseded is null or o.order_no in (?1, ?2) or o.external_no = ?2)', digits, q]],
  };
}

/** Presale orders have an index of their own, which the text must name. */
const IN_STAGES = `o.deposit_amount > 0 and ${STAGE_SQL('?1')} = any (?2)`;

const OF_OFFER = 'o.id = any (array(select u.order_id from promotions.orders_of($1, ?) u))';

/** Which index leads to the orders, the most selective first, and what the orders it finds are judged by. */
function planOf(
  input: Filters,
  orgId: string,
  shops: readonly string[],
  scoped: boolean,
  now: Date,
): Pick<Search, 'driver' | 'rest'> {
  const { q, channel, phone, customer } = input;
  const inShops: Condition[] = scoped || input.shop !== undefined ? [['o.shop_id = any (?)', shops]] : [];
  const inChannel: Condition[] = channel === undefined ? [] : [['o.channel = ?', channel]];
  const by: Condition[] = [];
  if (phone !== undefined) by.push(['o.phone_idx = ?', fieldCrypto.blindIndex(orgId, 'phone', normalisePhone(phone))]);
  if (customer !== undefined) by.push(['o.customer_id = ?', customer]);
  if (input.offer !== undefined) by.push([OF_OFFER, input.offer]);
  if (input.presale !== undefined) by.push([IN_STAGES, now, input.presale.split(',')]);
  if (input.held === true) by.push([`o.holds <> '{}'`]);
  if (input.hold !== undefined) by.push([`o.holds <> '{}' and ? = any (o.holds)`, input.hold]);
  const free: Condition[] = input.held === false ? [[`o.holds = '{}'`]] : [];
  if (q !== undefined && q !== '') {
    const { driver, rest } = searchFor(orgId, q, shops);
    return { driver, rest: [...rest, ...by, ...free, ...inShops, ...inChannel] };
  }
  const [where, ...others] = by;
  if (where) return { driver: { by: 'few', where }, rest: [...others, ...free, ...inShops, ...inChannel] };
  if (inShops.length > 0 || inChannel.length > 0) return { driver: { by: 'lanes', shops, channel }, rest: free };
  return { driver: { by: 'state' }, rest: free };
}

/** The orders of the caller's scope that pass the filters. */
async function searchOf(tx: Tx, ctx: Ctx, input: Filters, shops: readonly ShopRow[]): Promise<Search> {
  await fieldCrypto.load(ctx.orgId);
  const wanted = shops.filter((s) => input.shop === undefined || s.code === input.shop).map((s) => s.id);
  const range: Condition[] = [];
  if (input.createdFrom !== undefined) range.push(['o.id >= ?', idBound(input.createdFrom, false)]);
  if (input.createdTo !== undefined) range.push(['o.id <= ?', idBound(input.createdTo, true)]);
  return {
    ...planOf(input, tx.orgId, wanted, ctx.actor.shops !== null, ctx.now),
    orgId: tx.orgId,
    statuses: input.status === undefined ? undefined : statuses(input.status),
    range,
  };
}

/** Orders by keyset: any page of any filter reads a few dozen rows, however many there are. */
export async function listOrders(tx: Tx, ctx: Ctx, input: ListOrders): Promise<Page<z.input<typeof OrderSummary>>> {
  const shops = await listShops(tx, null, SHOPS_MAX, ctx.actor.shops);
  const search = await searchOf(tx, ctx, input, shops);
  const down = input.sort === '-createdAt';
  const order = `orders${input.sort}`;
  const after: Condition[] =
    input.cursor === undefined ? [] : [[`o.id ${down ? '<' : '>'} ?`, decodeCursor(order, input.cursor, 1)[0]]];
  const bounded = { ...search, range: [...search.range, ...after] };
  const idsOf = async (page: { sql: string; values: unknown[] } | undefined): Promise<string[]> =>
    page ? (await tx.query<{ id: string }>(page.sql, page.values)).map((r) => r.id) : [];
  const most = input.limit + 1;
  const onLine = await idsOf(pageSql(bounded, down, most));
  const archived = await idsOf(archivedPageSql(bounded, down, most));
  const ids = archived.length === 0 ? onLine : [...onLine, ...archived].toSorted();
  if (archived.length > 0 && down) ids.reverse();
  ids.splice(most);
  const byId = new Map((await ordersByIds(tx, ids)).map((r) => [r.id, r]));
  const old = await readFound(
    tx,
    ids.filter((id) => !byId.has(id)),
  );
  const rows = ids.flatMap((id) => byId.get(id) ?? old.get(id) ?? []);
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
    (r) => ({
      ...presentSummary(tx.orgId, r, codes.get(r.shop_id) ?? '', goesOn.get(r.id) ?? [], levels.get(r.customer_id)),
      archived: old.has(r.id),
      presale: stageOf(r, ctx.now) ?? null,
    }),
  );
}

/** Archived orders as rows. Those whose file cannot be read are left out: they must not hide what is on line. */
async function readFound(tx: Tx, ids: readonly string[]): Promise<Map<string, OrderRow>> {
  if (ids.length === 0) return new Map();
  try {
    return new Map([...(await readArchived(tx, await archivedByIds(tx, ids)))].map(([id, a]) => [id, a.row]));
  } catch (error) {
    if (error instanceof ArchiveUnreadable) return new Map();
    throw error;
  }
}

const SHOPS_MAX = 1000;
const COUNT_MAX = 1000; // more than this is shown as “more than”, and is not worth the reading

/** How many orders pass the filters in each state; none above 1,000, which then means that or more. */
export async function countOrders(tx: Tx, ctx: Ctx, input: CountOrders): Promise<z.input<typeof OrderCounts>> {
  const search = await searchOf(tx, ctx, input, await listShops(tx, null, SHOPS_MAX, ctx.actor.shops));
  const rows: { status: string; n: number }[] = [];
  for (const counted of [countSql(search, COUNT_MAX), archivedCountSql(search)])
    if (counted) rows.push(...(await tx.query<(typeof rows)[number]>(counted.sql, counted.values)));
  const known = new Map<string, number>();
  for (const { status, n } of rows) known.set(status, Math.min((known.get(status) ?? 0) + n, COUNT_MAX));
  const counts = Object.fromEntries(ORDER_STATUSES.map((s) => [s, known.get(s) ?? 0])) as z.input<
    typeof OrderCounts
  >['counts'];
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
