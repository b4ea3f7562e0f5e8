import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { listShops } from '#modules/catalog/index.ts';
import { levelsOf, presentLevel } from '#modules/customers/index.ts';
import { openPersonal } from '../../present.ts';
import type { ExceptionSummary, ListExceptions } from '../schema.ts';
import type { ExceptionRow } from '../store/exceptions.ts';

type Summary = z.input<typeof ExceptionSummary>;
export type ListedRow = ExceptionRow & {
  order_no: string;
  customer_id: string;
  personal: Buffer;
  sku: string | null;
  title: string | null;
};

const FIELDS = `e.id, e.no, e.order_id, e.line_id, e.kind, e.state, e.shop_id, e.sku_id, e.vip, e.units, e.note, e.opened_at, e.opened_by, e.due_at, e.owner_id, e.options,
  e.offered_at, e.offer_expires_at, e.answer, e.answered_at, e.answered_by, e.promised_at, e.contacts, e.next_contact_at, e.resolution, e.resolved_at,
  e.compensated_at, e.compensated_points, e.version, o.order_no, o.customer_id, o.personal, l.sku, l.title`;
export const LISTED = `select ${FIELDS} from orders.exceptions e join orders.orders o on o.org_id = e.org_id and o.id = e.order_id
  left join orders.lines l on l.org_id = e.org_id and l.order_id = e.order_id and l.id = e.line_id where e.org_id = $1`;

/** The desk's queue: VIPs first, then by deadline; or what is settled, newest first. */
export async function listExceptions(tx: Tx, ctx: Ctx, input: ListExceptions): Promise<Page<Summary>> {
  const params: unknown[] = [tx.orgId];
  const where: string[] = [];
  const and = (sql: string, ...values: unknown[]): void => {
    where.push(sql.replaceAll(/\?(\d)/g, (_m, n: string) => `$${params.length + Number(n)}`));
    params.push(...values);
  };
  const open = input.view === 'open';
  where.push(open ? 'e.resolved_at is null' : 'e.resolved_at is not null');
  if (ctx.actor.shops !== null) and('e.shop_id = any (?1)', [...ctx.actor.shops]);
  if (input.kind !== undefined) and('e.kind = ?1', input.kind);
  if (input.state !== undefined) and('e.state = ?1', input.state);
  if (input.owner !== undefined) and('e.owner_id = ?1', input.owner === 'me' ? ctx.actor.id : input.owner);
  if (input.orderId !== undefined) and('e.order_id = ?1', input.orderId);
  if (input.q !== undefined && input.q !== '') and('(e.no = ?1 or o.order_no = ?1)', input.q.toUpperCase());
  const order = `exceptions/${input.view}`;
  if (input.cursor !== undefined && open) {
    const at = decodeCursor(order, input.cursor, 3);
    and('((e.vip < ?1::boolean) or (e.vip = ?1::boolean and (e.due_at, e.id) > (?2::timestamptz, ?3::uuid)))', ...at);
  } else if (input.cursor !== undefined) and('e.id < ?1', decodeCursor(order, input.cursor, 1)[0]);
  params.push(input.limit + 1);
  const rows = await tx.query<ListedRow>(
    `${LISTED} and ${where.join(' and ')} order by ${open ? 'e.vip desc, e.due_at, e.id' : 'e.id desc'} limit $${params.length}`,
    params,
  );
  const shown = await presentAll(tx, ctx, rows);
  return pageOf(
    rows,
    input.limit,
    order,
    (r) => (open ? [String(r.vip), r.due_at.toISOString(), r.id] : [r.id]),
    (r) => shown.get(r.id) as Summary,
  );
}

/** Exceptions as lists show them, personal data masked. */
export async function presentAll(tx: Tx, ctx: Ctx, rows: readonly ListedRow[]): Promise<Map<string, Summary>> {
  await fieldCrypto.load(tx.orgId);
  const shops = new Map((await listShops(tx, null, 1000, null)).map((s) => [s.id, s.code]));
  const levels = await levelsOf(
    tx,
    rows.map((r) => r.customer_id),
  );
  const names = await actorNames(
    tx,
    rows.flatMap((r) => (r.owner_id === null ? [] : [r.owner_id])),
  );
  return new Map(
    rows.map((r) => {
      const to = openPersonal(tx.orgId, r);
      const level = levels.get(r.customer_id);
      const customer = {
        id: r.customer_id,
        name: maskName(to.name),
        phone: maskPhone(to.phone),
        member: level ? presentLevel(level) : null,
      };
      return [r.id, presentOne(ctx, r, shops.get(r.shop_id) ?? '', customer, names)];
    }),
  );
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function presentOne(
  ctx: Ctx,
  r: ListedRow,
  shop: string,
  customer: Summary['customer'],
  names: ReadonlyMap<string, string>,
): Summary {
  return {
    id: r.id,
    no: r.no,
    kind: r.kind,
    state: r.state,
    vip: r.vip,
    orderId: r.order_id,
    orderNo: r.order_no,
    shop,
    customer,
    sku: r.sku,
    title: r.title,
    units: r.units,
    openedAt: r.opened_at.toISOString(),
    dueAt: r.due_at.toISOString(),
    overdue: r.resolved_at === null && r.due_at <= ctx.now,
    owner: r.owner_id === null ? null : { id: r.owner_id, name: names.get(r.owner_id) ?? r.owner_id },
    nextContactAt: iso(r.next_contact_at),
    promisedAt: iso(r.promised_at),
    compensatedPoints: r.compensated_points,
    resolution: r.resolution,
    resolvedAt: iso(r.resolved_at),
  };
}
