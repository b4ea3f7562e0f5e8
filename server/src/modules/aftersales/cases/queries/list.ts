import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { listShops } from '#modules/catalog/index.ts';
import { customersMeant, levelsOf, presentLevel } from '#modules/customers/index.ts';
import { openPersonal, ordersByIds } from '#modules/orders/index.ts';
import { normaliseWaybill } from '#modules/shipping/index.ts';
import { decisionOf } from './decision.ts';
import type { CaseSummary, ListCases } from '../schema.ts';
import { CASE_COLUMNS, type CaseRow } from '../store/cases.ts';
import { caseLines, type CaseLineRow } from '../store/lines.ts';

export type Summary = z.input<typeof CaseSummary>;
type Filter = z.output<typeof ListCases> & { ids?: readonly string[] | undefined };

/** How each view is sorted: what waits by who waits longest, VIPs first; the rest newest first. */
const VIEWS = {
  open: { where: 'not ended', by: `vip desc, coalesce(due_at, 'infinity'::timestamptz), id`, desk: true },
  done: { where: 'ended', by: 'id desc', desk: false },
  follow_up: { where: `due_kind = 'follow_up'`, by: 'due_at, id', desk: false },
  all: { where: 'true', by: 'id desc', desk: false },
} as const;
const NEVER = 'infinity';

/** Cases as the desk lists them. */
export async function listCases(tx: Tx, ctx: Ctx, input: Filter): Promise<Page<Summary>> {
  const params: unknown[] = [tx.orgId];
  const where: string[] = [VIEWS[input.view].where];
  const and = (sql: string, ...values: unknown[]): void => {
    where.push(sql.replaceAll(/\?(\d)/g, (_m, n: string) => `$${params.length + Number(n)}`));
    params.push(...values);
  };
  if (ctx.actor.shops !== null) and('shop_id = any (?1)', [...ctx.actor.shops]);
  if (ctx.actor.kind === 'customer') and('customer_id = ?1', ctx.actor.id);
  if (input.ids !== undefined) and('id = any (?1::uuid[])', [...input.ids]);
  if (input.status !== undefined) and('state = ?1', input.status);
  if (input.type !== undefined) and('kind = ?1', input.type);
  if (input.owner === 'none') where.push('owner_id is null');
  else if (input.owner !== undefined) and('owner_id = ?1', input.owner === 'me' ? ctx.actor.id : input.owner);
  if (input.orderId !== undefined) and('order_id = ?1', input.orderId);
  if (input.customerId !== undefined) and('customer_id = ?1', input.customerId);
  if (input.overdue) and('not ended and due_at <= ?1', ctx.now);
  if (input.q !== undefined && input.q !== '')
    // as look-ups of one index each: together with the order of the list a condition may be taken for a filter of all cases
    and(
      `id in (select n.id from aftersales.cases n where n.org_id = $1 and n.no = ?1
         union all select n.id from aftersales.cases n where n.org_id = $1 and n.order_no = ?1
         union all select n.id from aftersales.cases n where n.org_id = $1 and n.customer_id = any (?2::uuid[])
         union all select n.id from aftersales.cases n where n.org_id = $1 and n.waybill_no = ?3
         union all select n.id from aftersales.cases n where n.org_id = $1 and n.sent_back_waybill = ?3)`,
      input.q.toUpperCase(),
      await customersMeant(tx, input.q),
      normaliseWaybill(input.q),
    );
  const order = `after_sales/${input.view}`;
  if (input.cursor !== undefined) after(and, input.view, order, input.cursor);
  params.push(input.limit + 1);
  const rows = await tx.query<CaseRow>(
    `select ${CASE_COLUMNS} from aftersales.cases where org_id = $1 and ${where.join(' and ')} order by ${VIEWS[input.view].by} limit $${params.length}`,
    params,
  );
  const shown = await presentAll(tx, ctx, rows);
  return pageOf(
    rows,
    input.limit,
    order,
    (r) => keyOf(input.view, r),
    (r) => shown.get(r.id) as Summary,
  );
}

const keyOf = (view: Filter['view'], r: CaseRow): string[] => {
  if (view === 'open') return [String(r.vip), r.due_at?.toISOString() ?? NEVER, r.id];
  return view === 'follow_up' ? [r.due_at?.toISOString() ?? NEVER, r.id] : [r.id];
};

function after(
  and: (sql: string, ...values: unknown[]) => void,
  view: Filter['view'],
  order: string,
  cursor: string,
): void {
  if (view === 'open')
    and(
      `((vip < ?1::boolean) or (vip = ?1::boolean and (coalesce(due_at, 'infinity'::timestamptz), id) > (?2::timestamptz, ?3::uuid)))`,
      ...decodeCursor(order, cursor, 3),
    );
  else if (view === 'follow_up') and('(due_at, id) > (?1::timestamptz, ?2::uuid)', ...decodeCursor(order, cursor, 2));
  else and('id < ?1', decodeCursor(order, cursor, 1)[0]);
}

/** Cases as lists show them, personal data masked. */
export async function presentAll(tx: Tx, ctx: Ctx, rows: readonly CaseRow[]): Promise<Map<string, Summary>> {
  await fieldCrypto.load(tx.orgId);
  const shops = new Map((await listShops(tx, null, 1000, null)).map((s) => [s.id, s.code]));
  const customers = rows.map((r) => r.customer_id);
  const levels = await levelsOf(tx, customers);
  const orders = new Map((await ordersByIds(tx, [...new Set(rows.map((r) => r.order_id))])).map((o) => [o.id, o]));
  const lines = Map.groupBy(
    await caseLines(
      tx,
      rows.map((r) => r.id),
    ),
    (l) => l.case_id,
  );
  const names = await actorNames(
    tx,
    rows.flatMap((r) => (r.owner_id === null ? [] : [r.owner_id])),
  );
  return new Map(
    rows.map((r) => {
      const order = orders.get(r.order_id);
      const to = order ? openPersonal(tx.orgId, order) : { name: '', phone: '' };
      const level = levels.get(r.customer_id);
      const customer = {
        id: r.customer_id,
        name: maskName(to.name),
        phone: maskPhone(to.phone),
        member: level ? presentLevel(level) : null,
      };
      return [r.id, one(ctx, r, { shop: shops.get(r.shop_id) ?? '', customer, lines: lines.get(r.id) ?? [], names })];
    }),
  );
}

function one(
  ctx: Ctx,
  r: CaseRow,
  of: {
    shop: string;
    customer: Summary['customer'];
    lines: readonly CaseLineRow[];
    names: ReadonlyMap<string, string>;
  },
): Summary {
  return {
    id: r.id,
    no: r.no,
    type: r.kind,
    status: r.state,
    reason: r.reason,
    orderId: r.order_id,
    orderNo: r.order_no,
    shop: of.shop,
    vip: r.vip,
    customer: of.customer,
    units: of.lines.reduce((n, l) => n + l.quantity, 0),
    goods: of.lines.map((l) => `${l.title} × ${l.quantity}`).join(', '),
    refund: { amount: { amount: r.refund_amount ?? r.instant_amount, currency: r.currency } },
    owner: r.owner_id === null ? null : { id: r.owner_id, name: of.names.get(r.owner_id) ?? r.owner_id },
    byCustomer: r.by_customer,
    openedAt: r.opened_at.toISOString(),
    dueAt: r.due_at?.toISOString() ?? null,
    dueKind: r.due_kind,
    overdue: r.due_at !== null && r.due_at <= ctx.now,
    endedAt: r.ended_at?.toISOString() ?? null,
    policy: { clause: r.policy.clause, decision: decisionOf(r) },
  };
}
