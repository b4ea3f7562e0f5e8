import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskEmail, maskName, maskPhone, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { type LevelTerms, levelNamed, nextLevel } from '../domain/levels.ts';
import type { CustomerSummary, CustomerView, LevelView, ListCustomers, MembershipView } from '../schema.ts';
import { type MembershipSettings, membershipSettings } from '../settings.ts';
import { CUSTOMER_COLUMNS, type CustomerRow, getCustomer, openCustomer, orgOf } from '../store/customers.ts';
import { standingOf } from './points.ts';

type Summary = z.input<typeof CustomerSummary>;

export const presentLevel = (l: LevelTerms): z.input<typeof LevelView> => ({
  code: l.code,
  name: l.name,
  color: l.color,
  vip: l.vip,
});

type Bought = { spent: number; orders: number; balance: number };

/** What customers bought within the window, and their points, swept or not. */
async function boughtBy(
  tx: Tx,
  ctx: Ctx,
  settings: MembershipSettings,
  currency: string,
  ids: readonly string[],
): Promise<Map<string, Bought>> {
  const rows = await tx.query<Bought & { id: string }>(
    `select c.id, coalesce(a.spent, 0)::bigint as spent, coalesce(a.n, 0)::int as orders, (coalesce(b.balance, 0) - coalesce(g.n, 0))::bigint as balance
       from unnest($2::uuid[]) as c (id)
       left join customers.points_balances b on b.org_id = $1 and b.customer_id = c.id
       left join lateral (select sum(kept) filter (where currency = $5) as spent, count(*) filter (where kept > 0) as n
         from customers.activity x where x.org_id = $1 and x.customer_id = c.id and x.at > $3 and x.at <= $4) a on true
       left join lateral (select sum(remaining) as n from customers.points_lots l
         where l.org_id = $1 and l.customer_id = c.id and l.remaining > 0 and l.expires_at <= $4) g on true`,
    [tx.orgId, ids, after(ctx.now, -settings.levelWindowDays * DAY_MS), ctx.now, currency],
  );
  return new Map(rows.map((r) => [r.id, r]));
}

// One index each. ?1 telephone number, ?2 name, ?3 external id.
const MEANT = `select id from customers.customers where org_id = $1 and phone_idx = ?1
  union select id from (select id from customers.customers where org_id = $1 and name_idx = ?2 order by id desc limit 1000) n
  union select id from customers.customers where org_id = $1 and external_id = ?3`;

const meantBy = (orgId: string, text: string): [phone: Buffer, name: Buffer, externalId: string] => [
  fieldCrypto.blindIndex(orgId, 'phone', normalisePhone(text)),
  fieldCrypto.blindIndex(orgId, 'name', normaliseName(text)),
  text,
];

/**
 * Ids of the customers a text can mean: a whole telephone number, a whole name (the 1,000 newest who have it) or an external
 * id. Loads the organisation's keys.
 */
export async function customersMeant(tx: Tx, text: string): Promise<string[]> {
  await fieldCrypto.load(tx.orgId);
  const rows = await tx.query<{ id: string }>(
    MEANT.replaceAll(/\?(\d)/g, (_m, n: string) => `$${1 + Number(n)}`),
    [tx.orgId, ...meantBy(tx.orgId, text)],
  );
  return rows.map((r) => r.id);
}

/** Customers, newest first; `q` finds by the whole telephone number, name or external id, and reads one index for each. */
export async function listCustomers(tx: Tx, ctx: Ctx, input: ListCustomers): Promise<Page<Summary>> {
  await fieldCrypto.load(ctx.orgId);
  const params: unknown[] = [tx.orgId];
  const where = ['c.org_id = $1'];
  const and = (sql: string, ...values: unknown[]): void => {
    where.push(sql.replaceAll(/\?(\d)/g, (_m, n: string) => `$${params.length + Number(n)}`));
    params.push(...values);
  };
  if (input.q !== undefined && input.q !== '') and(`c.id in (${MEANT})`, ...meantBy(tx.orgId, input.q));
  if (input.level !== undefined) and('c.level = ?1', input.level);
  if (input.cursor !== undefined) and('c.id < ?1', decodeCursor('-customers', input.cursor, 1)[0]);
  params.push(input.limit + 1);
  const rows = await tx.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from customers.customers c where ${where.join(' and ')} order by c.id desc limit $${params.length}`,
    params,
  );
  const settings = await membershipSettings.get(tx);
  const { currency } = await orgOf(tx);
  const ids = rows.map((r) => r.id);
  const bought = await boughtBy(tx, ctx, settings, currency, ids);
  return pageOf(
    rows,
    input.limit,
    '-customers',
    (r) => [r.id],
    (r) => presentSummary(tx.orgId, r, settings, bought.get(r.id) as Bought),
  );
}

function presentSummary(orgId: string, r: CustomerRow, settings: MembershipSettings, bought: Bought): Summary {
  const { name, phone } = openCustomer(orgId, r.personal);
  return {
    id: r.id,
    name: maskName(name),
    phone: maskPhone(phone),
    externalId: r.external_id,
    level: presentLevel(levelNamed(settings.levels, r.level)),
    points: bought.balance,
    spent: bought.spent,
    orders: bought.orders,
    createdAt: r.created_at.toISOString(),
  };
}

const MAY = {
  compensate: 'customers.points.compensate',
  spend: 'customers.points.spend',
  adjust: 'customers.points.adjust',
  override: 'customers.level.override',
} as const;

/** One customer: the level with its progress and history, and the points. @throws CustomerNotFound. */
export async function viewCustomer(tx: Tx, ctx: Ctx, customerId: string): Promise<z.input<typeof CustomerView>> {
  await fieldCrypto.load(ctx.orgId);
  const row = await getCustomer(tx, customerId);
  const settings = await membershipSettings.get(tx);
  const { currency } = await orgOf(tx);
  const bought = one([...(await boughtBy(tx, ctx, settings, currency, [row.id])).values()]);
  const level = levelNamed(settings.levels, row.level);
  const next = nextLevel(settings.levels, level, bought);
  const { email = '' } = openCustomer(tx.orgId, row.personal);
  const { debt, nextExpiry } = await standingOf(tx, ctx.now, row.id);
  return {
    ...presentSummary(tx.orgId, row, settings, bought),
    email: email === '' ? '' : maskEmail(email),
    currency,
    windowDays: settings.levelWindowDays,
    membership: {
      source: row.level_source,
      since: row.level_since?.toISOString() ?? null,
      until: row.level_until?.toISOString() ?? null,
      fallsAt: row.level_falls_at?.toISOString() ?? null,
      multiplierPercent: level.multiplierPercent,
      next: next ? { ...next, level: presentLevel(next.level) } : null,
    },
    debt,
    nextExpiry,
    history: await historyOf(tx, row.id),
    may: (Object.keys(MAY) as (keyof typeof MAY)[]).filter((what) => can(ctx, MAY[what])),
    version: row.version,
  };
}

async function historyOf(tx: Tx, customerId: string): Promise<z.input<typeof CustomerView>['history']> {
  const rows = await tx.query<{
    was: string;
    is_now: string;
    source: 'computed' | 'manual' | 'automatic_again';
    reason: string;
    until: Date | null;
    actor_id: string;
    at: Date;
  }>(
    `select was, is_now, source, reason, until, actor_id, at from customers.level_changes
      where org_id = $1 and customer_id = $2 order by id desc limit 100`,
    [tx.orgId, customerId],
  );
  const names = await actorNames(
    tx,
    rows.map((r) => r.actor_id),
  );
  return rows.map((r) => ({
    at: r.at.toISOString(),
    from: r.was,
    to: r.is_now,
    source: r.source,
    reason: r.reason,
    until: r.until?.toISOString() ?? null,
    actor: names.get(r.actor_id) ?? r.actor_id,
  }));
}

/** The levels there are, for lists and choices of whoever may not see the settings. */
export async function viewMembership(tx: Tx): Promise<z.input<typeof MembershipView>> {
  const { levels, pointValue } = await membershipSettings.get(tx);
  return { currency: (await orgOf(tx)).currency, pointValue, levels: levels.map(presentLevel) };
}
