import { api, order, SHOP, type Stage, stock } from './stage.ts';

/** The shops of the filled database: the share of the orders each has; the last one took its orders years ago only. */
export const SHOPS = [
  { code: SHOP, upTo: 0.5 },
  { code: 'second', upTo: 0.75 },
  { code: 'third', upTo: 0.87 },
  { code: 'fourth', upTo: 0.93 },
  { code: 'fifth', upTo: 0.97 },
  { code: 'sixth', upTo: 0.995 },
  { code: 'small', upTo: 1 },
  { code: 'gone', upTo: 0 },
] as const;
const YEARS = 2;

export type Filled = {
  /** The telephone number and name of somebody with 200 orders. */ phone: string;
  name: string;
  customerId: string;
  /** What lies in the middle of the list. */ middle: { id: string; createdAt: string };
};

/** Columns of a table that can be written. */
async function columnsOf(stage: Stage, table: string): Promise<string[]> {
  const { rows } = await stage.db.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map((r) => r.name);
}

/** `insert … select` of rows like `from`'s, but for the columns named in `other`. */
async function copies(
  stage: Stage,
  table: string,
  other: Readonly<Record<string, string>>,
  from: string,
  params: unknown[],
): Promise<void> {
  const columns = await columnsOf(stage, table);
  await stage.db.query(
    `insert into ${table} (${columns.join(', ')}) select ${columns.map((c) => other[c] ?? `t.${c}`).join(', ')} ${from}`,
    params,
  );
}

// Where order g of n stands: what is young is on its way, everything else has ended, and a few are stuck.
const STATUS = `case when r.age < 0.015 then (array['pending_payment', 'paid', 'shipped', 'shipped', 'delivered'])[1 + g % 5]
  when g % 5000 = 7 then 'delivered' when r.ended < 0.92 then 'completed' when r.ended < 0.985 then 'cancelled' else 'closed' end`;
const SHOP_NO = `case when r.age > 0.98 then 8 else ${SHOPS.map((s, i) => `when r.shop < ${s.upTo} then ${i + 1}`)
  .slice(0, -1)
  .join(' ')
  .replace(/^/, 'case ')} end end`;
const CHANNEL = `case when r.age > 0.99 then 'kuaishou' when r.channel < 0.6 then (array['douyin', 'tmall', 'jd', 'pdd', 'web', 'wechat', 'web', 'tmall'])[${SHOP_NO}] else 'web' end`;

const from = `from orders.orders t, generate_series(1, $2::integer) g
  cross join lateral (select 1 - g / $2::float8 as age, ('x' || substr(md5(g::text), 1, 7))::bit(28)::int / 268435456.0 as shop,
    ('x' || substr(md5(g::text), 8, 7))::bit(28)::int / 268435456.0 as channel, ('x' || substr(md5(g::text), 15, 7))::bit(28)::int / 268435456.0 as ended) r
  where t.org_id = $1 and t.id = $3 order by g`;

/** Fills the staged database with `n` orders of two years, copies of a real one but for what lists and searches look at. */
export async function fill(stage: Stage, n: number): Promise<Filled> {
  const skus = await stock(stage, 10, 1_000_000);
  for (const { code } of SHOPS.slice(1)) await api(stage, 'POST', '/api/v1/shops', { code, name: code });
  const shops = await stage.db.query<{ id: string; code: string }>(
    'select id, code from catalog.shops where org_id = $1',
    [stage.orgId],
  );
  const ids = SHOPS.map(({ code }) => shops.rows.find((s) => s.code === code)?.id);
  const place = (body: object): Promise<{ id: string }> => api(stage, 'POST', '/api/v1/orders', body);
  const template = order([skus[0] as string, skus[1] as string]) as { customer: object; shipTo: object };
  const { id } = await place(template);
  const regular = { name: '赵常来', phone: '13800138000' };
  const theirs = await place({ ...template, customer: regular, shipTo: { ...template.shipTo, ...regular } });
  const customer = `(select customer_id from orders.orders where org_id = $1 and id = '${theirs.id}')`;
  const customers = Math.ceil(n / 3);
  await stage.db.query('set statement_timeout = 0');
  await copies(
    stage,
    'customers.customers',
    {
      id: `md5('c' || g)::uuid`,
      match_key: `decode(md5('m' || g), 'hex')`,
      phone_idx: `decode(md5('p' || g), 'hex')`,
      name_idx: `decode(md5('n' || g % 5000), 'hex')`,
      external_id: 'null',
    },
    `from customers.customers t, generate_series(1, $2::integer) g where t.org_id = $1 and t.id = ${customer} and $3::uuid is not null`,
    [stage.orgId, customers, id],
  );
  const at = `now() - make_interval(secs => r.age * ${YEARS * 365 * 86_400})`;
  const isTheirs = (g: string): string => `${g} % (1 + $2::integer / 200) = 0`;
  await copies(
    stage,
    'orders.orders',
    {
      id: `uuidv7(-make_interval(secs => r.age * ${YEARS * 365 * 86_400}))`,
      order_no: `'7' || lpad(g::text, 13, '0')`,
      external_no: `'EXT-' || g`,
      shop_id: `(array[${ids.map((i) => `'${i}'`).join(', ')}]::uuid[])[${SHOP_NO}]`,
      channel: CHANNEL,
      status: STATUS,
      holds: `case when g % 997 = 3 and r.age < 0.5 then array[case when g % 2 = 0 then 'manual' else 'price' end] when g % 19997 = 3 then '{stock}'::text[] else '{}'::text[] end`,
      customer_id: `case when ${isTheirs('g')} then ${customer} else md5('c' || 1 + g % ${customers})::uuid end`,
      phone_idx: `case when ${isTheirs('g')} then (select phone_idx from orders.orders where id = '${theirs.id}') else decode(md5('p' || g % ${customers}), 'hex') end`,
      name_idx: `case when ${isTheirs('g')} then (select name_idx from orders.orders where id = '${theirs.id}') else decode(md5('n' || g % 5000), 'hex') end`,
      address_idx: `decode(md5('a' || g % ${customers}), 'hex')`,
      goods_hash: `decode(md5('h' || g % 90000), 'hex')`,
      placed_at: at,
      created_at: at,
      superseded: `case when g % 2000 = 11 then 'split' end`,
      shipped_at: `case when r.age > 0.006 then ${at} + interval '1 day' end`,
    },
    from,
    [stage.orgId, n, id],
  );
  await stage.db.query('vacuum (analyze) orders.orders');
  await stage.db.query('vacuum (analyze) customers.customers');
  const { rows } = await stage.db.query<{ id: string; at: Date }>(
    `select id, created_at as at from orders.orders where org_id = $1 and order_no = '7' || lpad($2::text, 13, '0')`,
    [stage.orgId, Math.floor(n / 2)],
  );
  const whose = await stage.db.query<{ id: string }>(`select ${customer} as id`, [stage.orgId]);
  return {
    ...regular,
    customerId: whose.rows[0]?.id ?? '',
    middle: { id: rows[0]?.id ?? '', createdAt: rows[0]?.at.toISOString() ?? '' },
  };
}
