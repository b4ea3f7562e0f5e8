import { z } from 'zod';
import { one } from '#kernel/db/index.ts';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { OrderNotFound } from '../errors.ts';
import { viewOrder } from '../queries/order.ts';
import { OrderRef, OrderView } from '../schema.ts';
import { findOrder } from '../store/orders.ts';
import { NothingArchived } from './errors.ts';
import { askFor } from './jobs.ts';
import { cutOff } from './pick.ts';
import { listArchived, overview, presentRuns, preview } from './queries.ts';
import { restoreOrder } from './restore.ts';
import { ArchivedOrderView, ArchiveOverview, ArchivePreview, ArchiveRunView, ListArchived, Month } from './schema.ts';
import { filesIn, findRun } from './store.ts';
import { visibleArchived } from './view.ts';
import { seesOrder } from '../policy.ts';

const tags = ['orders'];
export const ARCHIVE_MANAGE = 'orders.archive.manage';

/** ORD-15: what is archived, archiving, and putting back. */
export const archiveRoutes = [
  defineRoute({
    method: 'GET',
    path: '/orders-archive',
    permission: ARCHIVE_MANAGE,
    tags,
    summary: 'What is archived, month by month, and what the archive did last',
    input: z.object({}),
    output: ArchiveOverview,
    run: overview,
  }),
  defineRoute({
    method: 'GET',
    path: '/orders-archive/preview',
    permission: ARCHIVE_MANAGE,
    tags,
    summary: 'What would be archived now; `before` is the first month that stays',
    input: z.object({ before: Month.optional() }),
    output: ArchivePreview,
    run: preview,
  }),
  defineRoute({
    method: 'GET',
    path: '/orders-archive/orders',
    permission: 'orders.order.read',
    tags,
    summary: 'Archived orders, newest first; q finds by order number, external number, phone or name',
    input: ListArchived,
    output: listOf(ArchivedOrderView),
    run: listArchived,
  }),
  defineRoute({
    method: 'POST',
    path: '/orders-archive/runs',
    permission: ARCHIVE_MANAGE,
    tags,
    summary: 'Archive what ended before a month, or put a month back on line',
    input: z.object({ kind: z.enum(['archive', 'restore']).default('archive'), month: Month.optional() }),
    output: ArchiveRunView,
    status: 202,
    run: async (tx, ctx, { kind, month }) => {
      if (kind === 'archive') await cutOff(tx, ctx, month);
      else if (month === undefined || (await filesIn(tx, 'verified', month)).length === 0)
        throw new NothingArchived({ month: month ?? '' });
      const run = await findRun(tx, await askFor(tx, ctx, kind, month ?? null));
      return one(await presentRuns(tx, run ? [run] : []));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/restore',
    permission: ARCHIVE_MANAGE,
    tags,
    summary: 'Put an archived order back on line, with those it was split from or merged with',
    input: OrderRef,
    output: OrderView,
    run: async (tx, ctx, { orderId }) => {
      const row = await findOrder(tx, orderId); // restored already: the same answer
      if (row ? !seesOrder(ctx, row) : !(await visibleArchived(tx, ctx, orderId)))
        throw new OrderNotFound({ order: orderId });
      return viewOrder(tx, ctx, row ?? (await restoreOrder(tx, ctx, orderId)));
    },
  }),
];
