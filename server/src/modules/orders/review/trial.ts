import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { zoned } from '#kernel/time.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { listShops } from '#modules/catalog/index.ts';
import { compile, foundBy, type Found, type OrderFacts, type WindowAsk } from '../domain/judge.ts';
import { BLACKLIST_KINDS, type Rule, type RuleField, type WindowKey } from '../domain/review-rules.ts';
import { openPersonal } from '../present.ts';
import { ORDER_COLUMNS, type OrderRow } from '../store/orders.ts';
import { checkAddress } from './divisions.ts';
import { listedIn } from './rule-cache.ts';
import { draftOf, findRule, mustMakeSense } from './rules.ts';
import type { TrialView, TryRule } from './schema.ts';
import { blacklistKeys, normsOf } from './store.ts';
import { reasonWords } from './words.ts';

const BATCH = 1000;
const EXAMPLES_MAX = 20;
const DAY_MS = 86_400_000;

type PastOrder = OrderRow & {
  phone: string | null;
  address: string | null;
  device: string | null;
  first: boolean;
  held_at_first: boolean;
  /** null = there is no snapshot that says so. */ coupon: boolean | null;
};
type PastLine = {
  order_id: string;
  sku_id: string;
  sku: string;
  quantity: number;
  unit_price: number;
  list_price: number;
};

/** The least id made at a moment: ids begin with their milliseconds. */
const idFrom = (ms: number): string => {
  const stamp = Math.max(Math.floor(ms), 0).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-000000000000`;
};

/**
 * What a rule would have done to past orders: how many it would have caught, and some of them with why. Nothing is changed, and
 * whether the rule is on does not matter. Orders are read a thousand at a time, newest first, within the caller's shops.
 */
export async function tryRule(tx: Tx, ctx: Ctx, input: z.output<typeof TryRule>): Promise<z.input<typeof TrialView>> {
  const started = performance.now();
  await fieldCrypto.load(ctx.orgId);
  const rule: Rule = input.rule
    ? { ...draftOf(input.rule), id: '', version: 0, state: 'on', priority: 0 }
    : await findRule(tx, input.ruleId as string);
  await mustMakeSense(tx, rule);
  const compiled = compile(rule);
  const read = await reader(tx, ctx, rule);
  const since = input.days === undefined ? null : idFrom(ctx.now.getTime() - input.days * DAY_MS);
  const seen = new Tally();
  for (let before: string | null = null; seen.tried < input.last;) {
    const rows: PastOrder[] = await pastOrders(tx, ctx, {
      before,
      since,
      limit: Math.min(BATCH, input.last - seen.tried),
      rule,
    });
    if (rows.length === 0) break;
    const facts = await read(rows);
    const hits = rows.flatMap((row, i) => {
      const found = foundBy(compiled, facts[i] as OrderFacts);
      return found ? [{ row, found }] : [];
    });
    const counts =
      rule.window === null
        ? undefined
        : await ordersWithin(
            tx,
            rule.window,
            hits.map((h) => h.row),
          );
    seen.add(rows, facts);
    hits.forEach(({ row, found }, i) => {
      const actual = counts?.[i] ?? 0;
      if (rule.window === null) seen.hit(row, { found });
      else if (actual >= rule.window.count) seen.hit(row, { found, window: { ...rule.window, actual } });
    });
    before = rows.at(-1)?.id ?? null;
  }
  return seen.view(ctx, rule, Math.round(performance.now() - started));
}

type Why = { found: readonly Found[]; window?: Omit<WindowAsk, 'rule' | 'found'> & { actual: number } };

class Tally {
  tried = 0;
  #hits = 0;
  #held = 0;
  #couponsUnknown = false;
  #newest: Date | null = null;
  #oldest: Date | null = null;
  readonly #amounts = new Map<string, number>();
  readonly #examples: { row: PastOrder; why: Why }[] = [];

  add(rows: readonly PastOrder[], facts: readonly OrderFacts[]): void {
    this.tried += rows.length;
    this.#couponsUnknown ||= facts.some((f) => f.couponUsed === undefined);
    this.#newest ??= rows[0]?.created_at ?? null;
    this.#oldest = rows.at(-1)?.created_at ?? this.#oldest;
  }

  hit(row: PastOrder, why: Why): void {
    this.#hits += 1;
    if (row.held_at_first) this.#held += 1;
    this.#amounts.set(row.currency, (this.#amounts.get(row.currency) ?? 0) + row.total_amount);
    if (this.#examples.length < EXAMPLES_MAX) this.#examples.push({ row, why });
  }

  view(ctx: Ctx, rule: Rule, tookMs: number): z.input<typeof TrialView> {
    return {
      tried: this.tried,
      hits: this.#hits,
      heldAlready: this.#held,
      from: this.#oldest?.toISOString() ?? null,
      to: this.#newest?.toISOString() ?? null,
      amount: [...this.#amounts].map(([currency, amount]) => ({ amount, currency: currency as 'CNY' })),
      examples: this.#examples.map(({ row, why }) => ({
        orderId: row.id,
        orderNo: row.order_no,
        placedAt: row.placed_at.toISOString(),
        status: row.status,
        total: { amount: row.total_amount, currency: row.currency },
        why: [reasonWords(ctx.locale, '', why)],
      })),
      unknowable: rule.conditions.map((c) => c.field).filter((f) => f === 'couponUsed' && this.#couponsUnknown),
      tookMs,
    };
  }
}

async function pastOrders(
  tx: Tx,
  ctx: Ctx,
  page: { before: string | null; since: string | null; limit: number; rule: Rule },
): Promise<PastOrder[]> {
  const asksFirst = page.rule.conditions.some((c) => c.field === 'newCustomer');
  const asksCoupon = page.rule.conditions.some((c) => c.field === 'couponUsed');
  const coupon = asksCoupon
    ? `(select s.body::jsonb @? '$.offers[*] ? (@.coupon != null)' from orders.snapshots s where s.org_id = $1 and s.order_id = o.id)`
    : 'null::boolean';
  const first = asksFirst
    ? 'not exists (select from orders.orders e where e.customer_id = o.customer_id and e.id < o.id and e.org_id = $1)'
    : 'false';
  return tx.query<PastOrder>(
    `select ${ORDER_COLUMNS}, encode(phone_idx, 'hex') as phone, encode(address_idx, 'hex') as address, encode(device_idx, 'hex') as device, ${first} as first, ${coupon} as coupon,
            exists (select from orders.hold_reasons h where h.org_id = $1 and h.order_id = o.id and h.at = o.created_at) as held_at_first
       from orders.orders o where org_id = $1 and ($2::uuid is null or id < $2) and ($3::uuid is null or id >= $3) and ($4::uuid[] is null or shop_id = any ($4))
        and derived is null order by id desc limit $5`,
    [tx.orgId, page.before, page.since, ctx.actor.shops && [...ctx.actor.shops], page.limit],
  );
}

/** Lays past orders out as they would be judged; what is dear is read only for rules that ask for it. */
async function reader(tx: Tx, ctx: Ctx, rule: Rule): Promise<(rows: readonly PastOrder[]) => Promise<OrderFacts[]>> {
  const asks = (...fields: RuleField[]): boolean => rule.conditions.some((c) => fields.includes(c.field));
  const [org] = await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]);
  const shops = new Map((await listShops(tx, null, 1000, null)).map((s) => [s.id, s.code]));
  const norms = asks('quantityOfNorm') ? await normsOf(tx) : new Map<string, number>();
  const blacklist = asks('blacklisted') ? await blacklistKeys(tx) : undefined;
  return async (rows) => {
    const lines = asks('units', 'lineCount', 'quantityOfNorm', 'priceDeviation', 'sku')
      ? await linesOfMany(tx, rows)
      : undefined;
    const customers = asks('customerLevel')
      ? await customersByIds(tx, [...new Set(rows.map((r) => r.customer_id))])
      : undefined;
    return rows.map((row): OrderFacts => {
      const to = asks('remark', 'remarkLength', 'addressDoubtful') ? openPersonal(ctx.orgId, row) : undefined;
      const keys = Object.fromEntries(BLACKLIST_KINDS.map((kind) => [kind, row[kind] ?? undefined]));
      return {
        currency: row.currency,
        total: row.total_amount,
        goods: row.goods_amount,
        discount: row.discount_amount,
        lines: (lines?.get(row.id) ?? []).map((l) => ({
          sku: l.sku,
          quantity: l.quantity,
          unitPrice: l.unit_price,
          listPrice: l.list_price,
          norm: norms.get(l.sku_id),
        })),
        remark: to?.remark ?? '',
        region: row.region,
        shop: shops.get(row.shop_id) ?? '',
        channel: row.channel,
        payment: row.payment_method,
        customerLevel: customers?.get(row.customer_id)?.level,
        newCustomer: row.first,
        addressDoubtful: to !== undefined && checkAddress(to).doubts.length > 0,
        couponUsed: row.coupon ?? undefined,
        hour: zoned(row.created_at, org?.time_zone ?? 'Asia/Shanghai').hour,
        blacklisted: blacklist ? listedIn({ blacklist }, keys, ctx.now) : [],
      };
    });
  };
}

async function linesOfMany(tx: Tx, rows: readonly PastOrder[]): Promise<Map<string, PastLine[]>> {
  const lines = await tx.query<PastLine>(
    `select order_id, sku_id, sku, quantity, unit_price, list_price from orders.lines where org_id = $1 and order_id = any ($2) and quantity > 0 and kind = 'goods'`,
    [tx.orgId, rows.map((r) => r.id)],
  );
  return Map.groupBy(lines, (l) => l.order_id);
}

const KEY_COLUMNS: Record<WindowKey, string> = {
  phone: 'phone_idx',
  address: 'address_idx',
  device: 'device_idx',
  customer: 'customer_id',
};

/** For each order: how many of the same key there were within the window that ends with it; counting stops at the limit. */
async function ordersWithin(
  tx: Tx,
  window: { by: WindowKey; minutes: number; count: number },
  rows: readonly PastOrder[],
): Promise<number[]> {
  const column = KEY_COLUMNS[window.by];
  const counted = await tx.query<{ n: number }>(
    `select (select count(*) from (select from orders.orders e where e.org_id = $1 and e.${column} = o.${column} and e.id <= o.id and e.id >= u.since
               order by e.id desc limit $4) x) as n
       from unnest($2::uuid[], $3::uuid[]) with ordinality u (id, since, nth) join orders.orders o on o.org_id = $1 and o.id = u.id order by u.nth`,
    [
      tx.orgId,
      rows.map((r) => r.id),
      rows.map((r) => idFrom(r.created_at.getTime() - window.minutes * 60_000)),
      window.count,
    ],
  );
  return counted.map((c) => c.n);
}
