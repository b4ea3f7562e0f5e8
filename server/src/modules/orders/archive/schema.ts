import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { ORDER_STATUSES } from '../domain/flow.ts';

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const ArchiveRunView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['archive', 'restore']),
    state: z.enum(['queued', 'running', 'done', 'failed']),
    /** The first month that stays, or the month put back. */
    month: z.string().nullable(),
    /** Orders; null until they are counted. */
    total: z.int().nullable(),
    done: z.int(),
    files: z.int(),
    problem: z.string().nullable(),
    askedBy: z.object({ id: z.string(), name: z.string() }),
    askedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ArchiveRun' });

export const ArchiveOverview = z
  .object({
    months: z.array(
      z.object({
        month: z.string(),
        /** Orders that are in files now. */ orders: z.int(),
        files: z.int(),
        bytes: z.int(),
        /** Orders put back since. */ restored: z.int(),
        lastAt: z.iso.datetime(),
      }),
    ),
    /** What the settings say: orders that ended more than so many months ago go, those of the last `onLineMonths` never. */
    archiveAfterMonths: z.int(),
    onLineMonths: z.int(),
    /** The first month that would stay. */
    before: z.string(),
    runs: z.array(ArchiveRunView),
  })
  .meta({ id: 'ArchiveOverview' });

export const ArchivePreview = z
  .object({
    /** The first month that stays. */ before: z.string(),
    months: z.array(z.object({ month: z.string(), orders: z.int(), units: z.int() })),
    orders: z.int(),
  })
  .meta({ id: 'ArchivePreview' });

export const ListArchived = z.object({
  ...listInput,
  month: Month.optional(),
  q: z.string().trim().max(120).optional(),
});
/** What is known of an archived order without opening its file. */
export const ArchivedOrderView = z
  .object({
    id: z.uuid(),
    orderNo: z.string(),
    externalNo: z.string().nullable(),
    shop: z.string(),
    channel: z.string(),
    status: z.enum(ORDER_STATUSES),
    total: MoneyView,
    placedAt: z.iso.datetime(),
    month: z.string(),
  })
  .meta({ id: 'ArchivedOrder' });
