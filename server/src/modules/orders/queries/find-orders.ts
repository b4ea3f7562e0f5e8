import { ARCHIVED_HITS } from '../archive/store.ts';
import { ORDER_STATUSES } from '../domain/flow.ts';

/** A condition of a list that is not an index of its own; `?` stands for the value. */
export type Condition = readonly [sql: string, ...values: unknown[]];

/** What is looked for: `driver` names the index that is read, `rest` is what its rows are judged by. */
export type Search = {
  orgId: string;
  driver:
    | { by: 'hits'; sql: string; values: readonly unknown[] }
    | { by: 'few'; where: Condition }
    | { by: 'lanes'; shops: readonly string[]; channel: string | undefined }
    | { by: 'state' };
  statuses: readonly string[] | undefined;
  /** Bounds of the id, which is the time of creation. */
  range: readonly Condition[];
  rest: readonly Condition[];
};

// An archived order, seen as one on line: what lists judge by is known of it.
const ARCHIVED = `select o.*, o.order_id as id, '{}'::text[] as holds from orders.archived o where o.org_id = $1`;

/** The text of a statement and its values, which number themselves. */
class Statement {
  readonly values: unknown[] = [];
  constructor(orgId: string) {
    this.values.push(orgId);
  }
  put(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
  /** `and …` of the conditions. */
  and(conditions: readonly Condition[]): string {
    return conditions
      .map(([sql, ...values]) => {
        const places = values.map((v) => this.put(v));
        return ` and ${sql.replaceAll(/\?(\d?)/g, (_, n: string) => places[n === '' ? 0 : Number(n) - 1] as string)}`;
      })
      .join('');
  }
}

const LISTED = 'o.org_id = $1 and o.superseded is null';

/** The lanes of shops: which channels each has orders of, found by stepping from one to the next in the index. */
function lanes(s: Statement, driver: { shops: readonly string[]; channel: string | undefined }): string {
  const shops = `unnest(${s.put(driver.shops)}::uuid[]) as s (shop_id)`;
  if (driver.channel !== undefined)
    return `with lanes as materialized (select s.shop_id, ${s.put(driver.channel)}::text as channel from ${shops})`;
  const next = (more: string): string =>
    `(select o.channel from orders.orders o where o.shop_id = ${more} and o.superseded is null order by o.channel limit 1)`;
  return `with recursive steps (shop_id, channel) as (
      select s.shop_id, ${next('s.shop_id')} from ${shops}
      union all select t.shop_id, ${next('t.shop_id and o.channel > t.channel')} from steps t where t.channel is not null),
    lanes as materialized (select shop_id, channel from steps where channel is not null)`;
}
// `is not distinct from` cannot choose an index: the lane's is the one that is left
const IN_LANE =
  'o.shop_id = l.shop_id and o.channel = l.channel and o.superseded is null and o.org_id is not distinct from $1';

/** Few rows, read whole and judged: what a text finds, or the orders of one telephone number, customer or kind of hold. */
function judged(s: Statement, search: Search, order: string): { head: string; from: string } | undefined {
  const { driver } = search;
  if (driver.by === 'hits') {
    const hits = driver.sql.replaceAll(/\?(\d)/g, (_, n: string) => s.put(driver.values[Number(n) - 1]));
    return {
      head: `with hits as materialized (${hits})`,
      from: `hits h cross join lateral (select * from orders.orders o where o.org_id = $1 and o.id = h.id offset 0) o where true${s.and(search.range)}`,
    };
  }
  if (driver.by !== 'few') return undefined;
  return {
    head: '',
    from: `(select * from orders.orders o where ${LISTED}${s.and([driver.where, ...search.range])} ${order} offset 0) o where true`,
  };
}

/**
 * The ids of a page. Each kind is written so that the planner has one index to read, in order and no further than the
 * page goes; several lanes or states are read a page each and merged.
 */
export function pageSql(search: Search, down: boolean, limit: number): { sql: string; values: unknown[] } {
  const s = new Statement(search.orgId);
  const { driver, statuses } = search;
  const order = `order by o.id ${down ? 'desc' : 'asc'}`;
  const page = `${order} limit ${s.put(limit)}`;
  const answer = (sql: string) => ({ sql, values: s.values });
  const few = judged(s, search, order);
  if (few) {
    const states: Condition[] = statuses === undefined ? [] : [['o.status = any (?)', statuses]];
    return answer(`${few.head} select o.id from ${few.from}${s.and([...states, ...search.rest])} ${page}`);
  }
  const rest = s.and([...search.range, ...search.rest]);
  if (driver.by !== 'lanes' && statuses === undefined)
    return answer(`select o.id from orders.orders o where ${LISTED}${rest} ${page}`);
  const states = `unnest(${s.put(statuses ?? ORDER_STATUSES)}::text[]) as t (status)`;
  if (driver.by === 'lanes')
    return answer(`${lanes(s, driver)} select o.id from lanes l cross join ${states} cross join lateral (
      select o.id from orders.orders o where ${IN_LANE} and o.status = t.status${rest} ${page}) o ${page}`);
  return answer(`select o.id from ${states} cross join lateral (
    select o.id from orders.orders o where ${LISTED} and o.status = t.status${rest} ${page}) o ${page}`);
}

/** The archived orders that a text or a telephone number finds, as `o`; undefined for any other search. */
function archived(s: Statement, { driver, range, rest }: Search): string | undefined {
  const listed = (from: string, more: readonly Condition[]): string =>
    `(${from}) o where true${s.and([...range, ...rest, ...more])}`;
  if (driver.by === 'hits') {
    const hits = ARCHIVED_HITS.replaceAll(/\?(\d)/g, (_, n: string) => s.put(driver.values[Number(n) - 1]));
    return listed(`${ARCHIVED} and o.order_id in (select id from (${hits}) h)`, []);
  }
  if (driver.by === 'few' && driver.where[0].includes('phone_idx'))
    return listed(`${ARCHIVED}${s.and([driver.where])}`, [['o.superseded is null']]);
  return undefined;
}

/** As pageSql, of the archive; undefined for a search that does not look there. */
export function archivedPageSql(
  search: Search,
  down: boolean,
  limit: number,
): { sql: string; values: unknown[] } | undefined {
  const s = new Statement(search.orgId);
  const from = archived(s, search);
  if (from === undefined) return undefined;
  const states: Condition[] = search.statuses === undefined ? [] : [['o.status = any (?)', search.statuses]];
  const sql = `select o.id from ${from}${s.and(states)} order by o.id ${down ? 'desc' : 'asc'} limit ${s.put(limit)}`;
  return { sql, values: s.values };
}

/** As countSql, of the archive; undefined for a search that does not look there. */
export function archivedCountSql(search: Search): { sql: string; values: unknown[] } | undefined {
  const s = new Statement(search.orgId);
  const from = archived(s, search);
  return from === undefined
    ? undefined
    : { sql: `select o.status, count(*) as n from ${from} group by 1`, values: s.values };
}

/** How many there are in each state, each counted no further than `max`: { status, n } rows. */
export function countSql(search: Search, max: number): { sql: string; values: unknown[] } {
  const s = new Statement(search.orgId);
  const { driver } = search;
  const answer = (sql: string) => ({ sql, values: s.values });
  const few = judged(s, search, '');
  if (few) return answer(`${few.head} select o.status, count(*) as n from ${few.from}${s.and(search.rest)} group by 1`);
  const rest = s.and([...search.range, ...search.rest]);
  const counted = (from: string): string =>
    `select t.status, (select count(*) from (select from ${from} limit ${s.put(max)}) x) as n from unnest(${s.put(ORDER_STATUSES)}::text[]) as t (status)`;
  if (driver.by === 'lanes')
    return answer(
      `${lanes(s, driver)} ${counted(`lanes l cross join lateral (select from orders.orders o where ${IN_LANE} and o.status = t.status${rest} offset 0) o`)}`,
    );
  return answer(counted(`orders.orders o where ${LISTED} and o.status = t.status${rest}`));
}
