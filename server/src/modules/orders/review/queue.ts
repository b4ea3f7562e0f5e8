import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { findShop, listShops } from '#modules/catalog/index.ts';
import { levelsOf } from '#modules/customers/index.ts';
import { presentSummary } from '../present.ts';
import { viewOrder, visibleOrder } from '../queries/order.ts';
import { ORDER_COLUMNS, type OrderRow } from '../store/orders.ts';
import { REVIEW_APPROVAL, reviewLimit } from './decide.ts';
import type { ListReviews, REVIEW_VIEWS, ReviewCounts, ReviewItem, ReviewView } from './schema.ts';
import type { ReasonFacts } from '../domain/judge.ts';
import { reasonWords } from './words.ts';

type Claimed = { order_id: string; claimed_by: string; until: Date };
type Asked = { id: string; subject: string; requested_by: string; requested_at: Date };
type ReasonRow = { order_id: string; at: Date; hold: string; rule: string; facts: ReasonFacts & { note?: string } };

/** Holds that end by something else than a reviewer's decision. */
const NOT_OURS = `'{shortage,backorder,interception,balance_due}'::text[]`;
const WAITING = `(o.holds && '{awaiting_customer,identity}'::text[] or exists (select from kernel.approvals a
  where a.org_id = o.org_id and a.kind = '${REVIEW_APPROVAL}' and a.subject = o.id::text and a.state = 'pending' and a.expires_at > $2))`;
const HELD = `o.org_id = $1 and o.holds <> '{}' and not o.holds <@ ${NOT_OURS} and o.status in ('pending_payment', 'paid') and o.superseded is null
  and ($3::uuid[] is null or o.shop_id = any ($3))`;

const viewSql = (view: (typeof REVIEW_VIEWS)[number]): string =>
  view === 'all'
    ? `${HELD} and $2::timestamptz is not null`
    : `${HELD} and ${view === 'waiting' ? WAITING : `not ${WAITING}`}`;
const scope = (ctx: Ctx): unknown[] => [ctx.orgId, ctx.now, ctx.actor.shops && [...ctx.actor.shops]];

/** Orders to review, the one due first before all others; unpaid ones have no deadline yet and come last. */
export async function listReviews(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListReviews>,
): Promise<Page<z.input<typeof ReviewItem>>> {
  await fieldCrypto.load(ctx.orgId);
  const after = input.cursor === undefined ? [null, null] : decodeCursor('dueAt', input.cursor, 2);
  const shop = input.shop === undefined ? null : ((await findShop(tx, { code: input.shop }))?.id ?? ctx.orgId);
  const rows = await tx.query<OrderRow>(
    `select ${ORDER_COLUMNS} from orders.orders o where ${viewSql(input.view)} and ($4::text is null or $4 = any (o.holds)) and ($5::uuid is null or o.shop_id = $5)
        and ($6::timestamptz is null or (coalesce(o.confirm_before, 'infinity'), o.id) > ($6, $7::uuid))
      order by coalesce(o.confirm_before, 'infinity'), o.id limit $8`,
    [...scope(ctx), input.hold ?? null, shop, ...after, input.limit + 1],
  );
  const about = await aboutOrders(tx, ctx, rows);
  const shops = new Map((await listShops(tx, null, 1000, null)).map((s) => [s.id, s.code]));
  const levels = await levelsOf(
    tx,
    rows.map((r) => r.customer_id),
  );
  return pageOf(
    rows,
    input.limit,
    'dueAt',
    (r) => [r.confirm_before?.toISOString() ?? 'infinity', r.id],
    (r) => ({
      ...presentSummary(ctx.orgId, r, shops.get(r.shop_id) ?? '', [], levels.get(r.customer_id)),
      tags: r.tags,
      confirmBefore: r.confirm_before?.toISOString() ?? null,
      ...about(r),
    }),
  );
}

const COUNT_MAX = 10_000; // more than this is shown as “more than”, and is not worth the reading

/** How many orders wait for whom; none above 10,000, which then means that or more. */
export async function countReviews(tx: Tx, ctx: Ctx): Promise<z.input<typeof ReviewCounts>> {
  const count = (where: string): string =>
    `(select count(*) from (select from orders.orders o where ${where} limit ${COUNT_MAX}) x)`;
  const [row] = await tx.query<{ open: number; waiting: number; overdue: number }>(
    `select ${count(viewSql('open'))} as open, ${count(viewSql('waiting'))} as waiting, ${count(`${viewSql('open')} and o.confirm_before < $2`)} as overdue`,
    scope(ctx),
  );
  return { open: row?.open ?? 0, waiting: row?.waiting ?? 0, overdue: row?.overdue ?? 0, max: COUNT_MAX };
}

type About = Pick<z.input<typeof ReviewItem>, 'why' | 'claim' | 'approval'>;

/** Why each order is held, who is at it, and whether a second person was asked. */
async function aboutOrders(tx: Tx, ctx: Ctx, rows: readonly OrderRow[]): Promise<(row: OrderRow) => About> {
  const ids = rows.map((r) => r.id);
  const reasons = await tx.query<ReasonRow>(
    'select order_id, at, hold, rule, facts from orders.hold_reasons where org_id = $1 and order_id = any ($2) order by at desc, rule',
    [tx.orgId, ids],
  );
  const claims = await tx.query<Claimed>(
    'select order_id, claimed_by, until from orders.review_claims where org_id = $1 and order_id = any ($2) and until > $3',
    [tx.orgId, ids, ctx.now],
  );
  const asked = await tx.query<Asked>(
    `select id, subject, requested_by, requested_at from kernel.approvals where org_id = $1 and kind = '${REVIEW_APPROVAL}' and subject = any ($2) and state = 'pending' and expires_at > $3`,
    [tx.orgId, ids, ctx.now],
  );
  const names = await actorNames(tx, [...claims.map((c) => c.claimed_by), ...asked.map((a) => a.requested_by)]);
  const byOrder = Map.groupBy(reasons, (r) => r.order_id);
  return (row) => {
    const claim = claims.find((c) => c.order_id === row.id);
    const approval = asked.find((a) => a.subject === row.id);
    return {
      why: row.holds.flatMap((hold) => whyHeld(ctx, hold, byOrder.get(row.id) ?? [])),
      claim: claim
        ? {
            by: claim.claimed_by,
            name: names.get(claim.claimed_by) ?? claim.claimed_by,
            until: claim.until.toISOString(),
            mine: claim.claimed_by === ctx.actor.id,
          }
        : null,
      approval: approval
        ? {
            id: approval.id,
            requestedBy: names.get(approval.requested_by) ?? approval.requested_by,
            requestedAt: approval.requested_at.toISOString(),
          }
        : null,
    };
  };
}

/** The latest reasons of a hold: rules may have set it together. */
function whyHeld(ctx: Ctx, hold: string, reasons: readonly ReasonRow[]): About['why'] {
  const own = reasons.filter((r) => r.hold === hold);
  const latest = own.filter((r) => r.at.getTime() === own[0]?.at.getTime());
  if (latest.length === 0) return [{ hold, words: reasonWords(ctx.locale, hold, {}), rule: null, at: null }];
  return latest.map((r) => ({
    hold,
    words: reasonWords(ctx.locale, hold, r.facts),
    rule: r.rule === '' ? null : r.rule,
    at: r.at.toISOString(),
  }));
}

const OTHERS_MAX = 10;

/** Everything a reviewer decides by, in one answer: so that the next order can be fetched while this one is read. */
export async function viewReview(tx: Tx, ctx: Ctx, orderRef: string): Promise<z.input<typeof ReviewView>> {
  const row = await visibleOrder(tx, ctx, orderRef);
  const order = await viewOrder(tx, ctx, row);
  const about = (await aboutOrders(tx, ctx, [row]))(row);
  return {
    order,
    tags: row.tags,
    ...about,
    limit: { amount: await reviewLimit.of(tx, ctx), currency: row.currency },
    identity: await identityOf(tx, row.id),
    others: await othersOf(tx, ctx, row),
  };
}

async function identityOf(tx: Tx, orderId: string): Promise<z.input<typeof ReviewView>['identity']> {
  const rows = await tx.query<{ checked_at: Date; checked_by: string; method: string; note: string }>(
    'select checked_at, checked_by, method, note from orders.identity_checks where org_id = $1 and order_id = $2 order by id',
    [tx.orgId, orderId],
  );
  const names = await actorNames(
    tx,
    rows.map((r) => r.checked_by),
  );
  return rows.map((r) => ({
    at: r.checked_at.toISOString(),
    by: names.get(r.checked_by) ?? r.checked_by,
    method: r.method,
    note: r.note,
  }));
}

/** The customer's other orders, and other customers' with the same phone, address or device; each once, under the nearest. */
async function othersOf(tx: Tx, ctx: Ctx, row: OrderRow): Promise<z.input<typeof ReviewView>['others']> {
  const shops = new Map((await listShops(tx, null, 1000, null)).map((s) => [s.id, s.code]));
  const columns = {
    customer: 'customer_id',
    phone: 'phone_idx',
    address: 'address_idx',
    device: 'device_idx',
  } as const;
  const seen = new Set([row.id]);
  const others: z.input<typeof ReviewView>['others'] = [];
  for (const [by, column] of Object.entries(columns) as [keyof typeof columns, string][]) {
    const rows = await tx.query<OrderRow>(
      `select ${ORDER_COLUMNS} from orders.orders o where o.org_id = $1 and o.${column} = (select s.${column} from orders.orders s where s.org_id = $1 and s.id = $2)
          and o.id <> $2 and ($5 = 'customer' or o.customer_id <> $6) and o.superseded is null and ($3::uuid[] is null or o.shop_id = any ($3)) order by o.id desc limit $4`,
      [tx.orgId, row.id, ctx.actor.shops && [...ctx.actor.shops], OTHERS_MAX + seen.size, by, row.customer_id],
    );
    const unseen = rows.filter((r) => !seen.has(r.id));
    const items = unseen.slice(0, OTHERS_MAX);
    for (const r of items) seen.add(r.id);
    others.push({
      by,
      items: items.map((r) => presentSummary(ctx.orgId, r, shops.get(r.shop_id) ?? '')),
      more: unseen.length > items.length,
    });
  }
  return others;
}
