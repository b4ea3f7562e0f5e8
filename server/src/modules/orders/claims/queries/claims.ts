import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx, type Locale, seesShop } from '#kernel/context.ts';
import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { listShops } from '#modules/catalog/index.ts';
import { membershipSettings, pointsWorth } from '#modules/customers/index.ts';
import { refundableOf } from '../../commands/refund-order.ts';
import { openPersonal } from '../../present.ts';
import { findOrder, type OrderRow } from '../../store/orders.ts';
import { claimCorrection } from '../commands/correct-claim.ts';
import type { Report } from '../domain/report.ts';
import { ClaimNotFound } from '../errors.ts';
import { presentReport } from '../present.ts';
import type { ClaimSummary, ClaimView, ListClaims, MyClaim } from '../schema.ts';
import { CLAIM_COLUMNS, type ClaimRow, pendingApproval, reportOf } from '../store/claims.ts';
import { goesOn, proofOf } from '../store/snapshots.ts';
import type { Wording } from '../words.ts';
import { zoneOf } from '../zone.ts';
import { reportOn } from './report.ts';

type Summary = z.input<typeof ClaimSummary>;
type View = z.input<typeof ClaimView>;
/** `personal` is null when the order has gone to the archive. */
type Listed = ClaimRow & { personal: Buffer | null };

const SELECT = `select ${CLAIM_COLUMNS.split(',')
  .map((c) => `c.${c.trim()}`)
  .join(', ')}, o.personal
  from orders.claims c left join orders.orders o on o.org_id = c.org_id and o.id = c.order_id where c.org_id = $1`;

/** Open claims by deadline; or all, newest first. */
export async function listClaims(tx: Tx, ctx: Ctx, input: z.output<typeof ListClaims>): Promise<Page<Summary>> {
  const params: unknown[] = [tx.orgId];
  const where: string[] = [];
  const and = (sql: string, ...values: unknown[]): void => {
    where.push(sql.replaceAll(/\?(\d)/g, (_m, n: string) => `$${params.length + Number(n)}`));
    params.push(...values);
  };
  const open = input.state === 'open' || input.state === 'awaiting_approval' || input.overdue === true;
  if (open) where.push('c.resolved_at is null');
  else if (input.state !== undefined) and('c.state = ?1', input.state);
  if (input.state === 'awaiting_approval')
    and(
      `exists (select from kernel.approvals a where a.org_id = $1 and a.kind = ?1 and a.subject = c.id::text and a.state = 'pending' and a.expires_at > ?2)`,
      claimCorrection.kind,
      ctx.now,
    );
  if (input.overdue === true) and('c.due_at <= ?1', ctx.now);
  if (ctx.actor.shops !== null) and('c.shop_id = any (?1)', [...ctx.actor.shops]);
  if (input.kind !== undefined) and('c.kind = ?1', input.kind);
  if (input.verdict !== undefined) and('c.verdict = ?1', input.verdict);
  if (input.orderId !== undefined) and('c.order_id = ?1', input.orderId);
  if (input.q !== undefined && input.q !== '') and('(c.no = ?1 or c.order_no = ?1)', input.q.toUpperCase());
  const order = open ? 'claims/due' : 'claims/-id';
  if (input.cursor !== undefined && open)
    and('(c.due_at, c.id) > (?1::timestamptz, ?2::uuid)', ...decodeCursor(order, input.cursor, 2));
  else if (input.cursor !== undefined) and('c.id < ?1', decodeCursor(order, input.cursor, 1)[0]);
  params.push(input.limit + 1);
  const filter = where.map((x) => ` and ${x}`).join('');
  const rows = await tx.query<Listed>(
    `${SELECT}${filter} order by ${open ? 'c.due_at, c.id' : 'c.id desc'} limit $${params.length}`,
    params,
  );
  const shown = await presentAll(tx, ctx, rows);
  return pageOf(
    rows,
    input.limit,
    order,
    (r) => (open ? [r.due_at.toISOString(), r.id] : [r.id]),
    (r) => shown.get(r.id) as Summary,
  );
}

/** A claim within the caller's data scope. @throws ClaimNotFound for any other. */
export async function visibleClaim(tx: Tx, ctx: Ctx, id: string): Promise<Listed> {
  const row = maybeOne(await tx.query<Listed>(`${SELECT} and c.id = $2`, [tx.orgId, id]));
  if (!row || !seesShop(ctx, row.shop_id)) throw new ClaimNotFound({ claimId: id });
  return row;
}

async function presentAll(tx: Tx, ctx: Ctx, rows: readonly Listed[]): Promise<Map<string, Summary>> {
  await fieldCrypto.load(tx.orgId);
  const shops = new Map((await listShops(tx, null, 1000, null)).map((s) => [s.id, s.code]));
  const names = await actorNames(
    tx,
    rows.flatMap((r) => (r.opened_by_kind === 'customer' ? [] : [r.opened_by])),
  );
  const waiting = await pendingApproval(
    tx,
    claimCorrection.kind,
    rows.filter((r) => r.state === 'open').map((r) => r.id),
    ctx.now,
  );
  return new Map(rows.map((r) => [r.id, presentOne(ctx, r, shops.get(r.shop_id) ?? '', names, waiting.has(r.id))]));
}

const WARNED_SHARE = 0.8;
function clockOf(now: Date, r: ClaimRow): Summary['clock'] {
  if (r.state !== 'open') return 'done';
  if (r.due_at <= now) return 'missed';
  const gone = (now.getTime() - r.opened_at.getTime()) / (r.due_at.getTime() - r.opened_at.getTime());
  return gone >= WARNED_SHARE ? 'warned' : 'running';
}

function presentOne(
  ctx: Ctx,
  r: Listed,
  shop: string,
  names: ReadonlyMap<string, string>,
  awaitsApproval: boolean,
): Summary {
  const to = r.personal ? openPersonal(ctx.orgId, { personal: r.personal }) : { name: '', phone: '' };
  return {
    id: r.id,
    no: r.no,
    kind: r.kind,
    state: r.state,
    orderId: r.order_id,
    orderNo: r.order_no,
    shop,
    customer: { id: r.customer_id, name: maskName(to.name), phone: maskPhone(to.phone) },
    offer: r.offer_code,
    couponCode: r.coupon_code,
    verdict: r.verdict,
    difference: { amount: r.difference, currency: r.currency },
    openedAt: r.opened_at.toISOString(),
    openedBy: r.opened_by_kind === 'customer' ? 'customer' : (names.get(r.opened_by) ?? r.opened_by),
    dueAt: r.due_at.toISOString(),
    clock: clockOf(ctx.now, r),
    awaitsApproval,
    refunded: r.refunded_amount === null ? null : { amount: r.refunded_amount, currency: r.currency },
    points: r.granted_points,
    resolvedAt: r.resolved_at?.toISOString() ?? null,
  };
}

export type WordedClaim = {
  row: Listed;
  summary: Summary;
  order: OrderRow | undefined;
  report: Report;
  wording: Wording;
};

/** A claim with its report and what its words are chosen by. */
export async function wordedClaim(
  tx: Tx,
  ctx: Ctx,
  input: { claimId: string; locale?: Locale | undefined },
): Promise<WordedClaim> {
  const row = await visibleClaim(tx, ctx, input.claimId);
  const report = await reportOf(tx, row.id);
  const wording = {
    locale: input.locale ?? ctx.locale,
    currency: row.currency,
    zone: await zoneOf(tx),
    offers: report.wording,
  };
  const summary = (await presentAll(tx, ctx, [row])).get(row.id) as Summary;
  return { row, summary, order: await findOrder(tx, row.order_id), report, wording };
}

/** One claim, as the desk works on it. */
export async function viewClaim(
  tx: Tx,
  ctx: Ctx,
  input: { claimId: string; locale?: Locale | undefined },
): Promise<View> {
  const { row, summary, order, report, wording } = await wordedClaim(tx, ctx, input);
  const approval = (await pendingApproval(tx, claimCorrection.kind, [row.id], ctx.now)).get(row.id);
  const alive = order ? await goesOn(tx, order) : [];
  const names = await actorNames(tx, [
    ...(row.resolved_by ? [row.resolved_by] : []),
    ...(approval ? [approval.requestedBy] : []),
  ]);
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    ...summary,
    note: row.note,
    report: presentReport(report, wording),
    suggested: await suggestedFor(tx, ctx, row, order, alive),
    approval: approval
      ? {
          id: approval.id,
          requestedAt: approval.requestedAt.toISOString(),
          expiresAt: approval.expiresAt.toISOString(),
          requestedBy: names.get(approval.requestedBy) ?? approval.requestedBy,
        }
      : null,
    asked: row.asked && {
      refund: money(row.asked.refund),
      points: row.asked.points,
      sendGift: row.asked.sendGift,
      note: row.asked.note,
    },
    goesOnIn: alive.filter((o) => o.id !== row.order_id).map((o) => ({ id: o.id, orderNo: o.order_no })),
    answer: row.answer,
    resolvedBy: row.resolved_by === null ? null : (names.get(row.resolved_by) ?? row.resolved_by),
    may: mayOf(ctx, row, approval !== undefined),
    version: row.version,
  };
}

/** What a correction would come to now; of a settled claim nothing. */
async function suggestedFor(
  tx: Tx,
  ctx: Ctx,
  row: ClaimRow,
  order: OrderRow | undefined,
  alive: readonly OrderRow[],
): Promise<View['suggested']> {
  const money = (amount: number) => ({ amount, currency: row.currency });
  if (row.state !== 'open' || !order) return { refund: money(0), points: 0, pointsInstead: 0, refundable: null };
  const { due, gifts, whatIf, corrected } = await reportOn(tx, ctx, await proofOf(tx, order), {
    kind: row.kind,
    offer: row.offer_code,
    coupon: row.coupon_code,
  });
  const here = order.payment_method === 'online';
  let left = 0;
  for (const o of alive) left += await refundableOf(tx, o);
  const amount = due.amount > 0 ? due.amount : Math.max((whatIf?.difference ?? 0) - corrected.amount, 0);
  const missing = gifts.reduce((n, g) => n + Math.max(g.due - g.given, 0) * (g.worth ?? 0), 0);
  const { pointValue } = await membershipSettings.get(tx);
  return {
    refund: money(here ? Math.min(amount, left) : 0),
    points: due.points,
    pointsInstead: pointsWorth(missing > 0 ? missing : here ? 0 : amount, pointValue),
    refundable: here ? money(left) : null,
  };
}

function mayOf(ctx: Ctx, row: ClaimRow, waits: boolean): View['may'] {
  if (row.state !== 'open' || waits || !can(ctx, 'orders.claim.handle')) return [];
  const dismiss = row.verdict !== 'error_confirmed' || can(ctx, 'orders.claim.approve');
  return dismiss ? ['correct', 'dismiss'] : ['correct'];
}

/** A customer's own claims about an order, newest first: what became of them, not how it was found out. */
export async function myClaims(tx: Tx, order: OrderRow): Promise<z.input<typeof MyClaim>[]> {
  const rows = await tx.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from orders.claims where org_id = $1 and order_id = $2 order by id desc limit 50`,
    [tx.orgId, order.id],
  );
  return rows.map((r) => ({
    no: r.no,
    kind: r.kind,
    state: r.state,
    openedAt: r.opened_at.toISOString(),
    dueAt: r.due_at.toISOString(),
    refunded: r.refunded_amount === null ? null : { amount: r.refunded_amount, currency: r.currency },
    points: r.granted_points,
    answer: r.answer,
    resolvedAt: r.resolved_at?.toISOString() ?? null,
  }));
}
