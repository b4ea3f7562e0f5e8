import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { listShops } from '#modules/catalog/index.ts';
import { orderSettings } from '../settings.ts';
import { cutOff, ON_LINE_MONTHS, wouldGo } from './pick.ts';
import type { ArchivedOrderView, ArchiveOverview, ArchivePreview, ArchiveRunView, ListArchived } from './schema.ts';
import { ARCHIVED_HITS, type ArchivedRow, type ArchiveRun, lastRuns } from './store.ts';

const RUNS = 10;

export async function presentRuns(tx: Tx, runs: readonly ArchiveRun[]): Promise<z.input<typeof ArchiveRunView>[]> {
  const names = await actorNames(
    tx,
    runs.map((r) => r.asked_by),
  );
  return runs.map((r) => ({
    id: r.id,
    kind: r.kind,
    state: r.state,
    month: r.month,
    total: r.total,
    done: r.done,
    files: r.files,
    problem: r.problem,
    askedBy: { id: r.asked_by, name: names.get(r.asked_by) ?? r.asked_by },
    askedAt: r.asked_at.toISOString(),
    endedAt: r.ended_at?.toISOString() ?? null,
  }));
}

/** What is archived, month by month, newest first, and what the archive did last. */
export async function overview(tx: Tx, ctx: Ctx): Promise<z.input<typeof ArchiveOverview>> {
  const months = await tx.query<{
    month: string;
    orders: number;
    files: number;
    bytes: number;
    restored: number;
    last_at: Date;
  }>(
    `select f.month, sum(a.n)::bigint as orders, count(*) filter (where f.state = 'verified') as files, coalesce(sum(f.bytes) filter (where f.state = 'verified'), 0)::bigint as bytes,
            sum(f.orders - a.n)::bigint as restored, max(f.created_at) as last_at
       from orders.archive_files f cross join lateral (select count(*) as n from orders.archived a where a.file_id = f.id and a.org_id = $1) a
      where f.org_id = $1 and f.state <> 'writing' group by 1 order by 1 desc limit 600`,
    [tx.orgId],
  );
  return {
    months: months.map(({ last_at, ...m }) => ({ ...m, lastAt: last_at.toISOString() })),
    archiveAfterMonths: (await orderSettings.get(tx)).archiveAfterMonths,
    onLineMonths: ON_LINE_MONTHS,
    before: (await cutOff(tx, ctx)).month,
    runs: await presentRuns(tx, await lastRuns(tx, RUNS)),
  };
}

/** What would be archived now. @throws TooYoungToArchive. */
export async function preview(
  tx: Tx,
  ctx: Ctx,
  input: { before?: string | undefined },
): Promise<z.input<typeof ArchivePreview>> {
  const cut = await cutOff(tx, ctx, input.before);
  const months = await wouldGo(tx, cut.before, cut.zone);
  return { before: cut.month, months, orders: months.reduce((n, m) => n + m.orders, 0) };
}

const FOUND = ARCHIVED_HITS.replaceAll(/\?(\d)/g, (_, n: string) => `$${[6, 7, 3, 8, 9][Number(n) - 1]}`);

/** Archived orders of the caller's scope, newest first, without opening a file. */
export async function listArchived(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListArchived>,
): Promise<Page<z.input<typeof ArchivedOrderView>>> {
  await fieldCrypto.load(ctx.orgId);
  const shops = await listShops(tx, null, 1000, ctx.actor.shops);
  const q = input.q ?? '';
  const after = input.cursor === undefined ? null : decodeCursor('archived', input.cursor, 1)[0];
  const search = [
    q.replaceAll(/[\s-]/g, ''),
    q,
    fieldCrypto.blindIndex(tx.orgId, 'phone', normalisePhone(q)),
    fieldCrypto.blindIndex(tx.orgId, 'name', normaliseName(q)),
  ];
  const rows = await tx.query<ArchivedRow & { month: string }>(
    `select a.order_id, a.order_no, a.external_no, a.shop_id, a.channel, a.status, a.total_amount, a.currency, a.placed_at, f.month
       from orders.archived a join orders.archive_files f on f.org_id = a.org_id and f.id = a.file_id
      where a.org_id = $1 and ($2::uuid is null or a.order_id < $2) and a.shop_id = any ($3) and ($5::text is null or f.month = $5)
        ${q === '' ? '' : `and a.order_id in (select id from (${FOUND}) f)`} order by a.order_id desc limit $4`,
    [tx.orgId, after, shops.map((s) => s.id), input.limit + 1, input.month ?? null, ...(q === '' ? [] : search)],
  );
  const codes = new Map(shops.map((s) => [s.id, s.code]));
  return pageOf(
    rows,
    input.limit,
    'archived',
    (r) => [r.order_id],
    (r) => ({
      id: r.order_id,
      orderNo: r.order_no,
      externalNo: r.external_no,
      shop: codes.get(r.shop_id) ?? '',
      channel: r.channel,
      status: r.status,
      total: { amount: r.total_amount, currency: r.currency },
      placedAt: r.placed_at.toISOString(),
      month: r.month,
    }),
  );
}
