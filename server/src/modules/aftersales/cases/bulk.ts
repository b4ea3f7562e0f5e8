import { z } from 'zod';
import { actorNames, permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { t } from '#kernel/i18n/index.ts';
import { savedViewRoutes } from '#kernel/views/index.ts';
import { approveCase, rejectCase } from './commands/decide-case.ts';
import { assignCase } from './commands/desk.ts';
import { CaseViewNotFound } from './errors.ts';
import * as may from './permissions.ts';
import { visibleCase } from './queries/view.ts';

const tags = ['after-sales'];

const CaseOwners = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const BulkCases = z
  .object({
    caseIds: z.array(z.uuid()).min(1).max(100),
    action: z.enum(['assign', 'approve', 'reject']),
    /** Of an assignment: `me`, or somebody who decides on cases. Default `me`. */
    ownerId: z.string().trim().max(60).min(1).optional(),
    note: z.string().trim().max(1000).optional(),
  })
  .meta({ id: 'BulkCases' });
const BulkResult = z
  .object({
    results: z.array(
      z.object({
        caseId: z.uuid(),
        no: z.string(),
        done: z.boolean(),
        code: z.string().nullable(),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'BulkCaseResult' });

/** Each on its own: what cannot be done says why, and the others are done all the same. */
async function bulk(tx: Tx, ctx: Ctx, input: z.output<typeof BulkCases>): Promise<z.input<typeof BulkResult>> {
  const results: z.input<typeof BulkResult>['results'] = [];
  // in one order, so that two lists of the same cases do not wait for each other in a circle
  const found = [];
  for (const id of new Set(input.caseIds)) found.push(await visibleCase(tx, ctx, id));
  for (const { id: caseId, no } of found.toSorted((a, b) => (a.order_id < b.order_id ? -1 : 1))) {
    await tx.query('savepoint one');
    try {
      if (input.action === 'assign') await assignCase(tx, ctx, { caseId, ownerId: input.ownerId ?? 'me' });
      else if (input.action === 'approve') await approveCase(tx, ctx, { caseId, note: input.note });
      else await rejectCase(tx, ctx, { caseId, note: input.note ?? '' });
      await tx.query('release savepoint one');
      results.push({ caseId, no, done: true, code: null, message: '' });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await tx.query('rollback to savepoint one');
      results.push({
        caseId,
        no,
        done: false,
        code: error.code,
        message: t(ctx.locale, `errors.${error.code}`, error.facts),
      });
    }
  }
  return { results };
}

/** Whose a case may be: the people who decide on cases. */
async function owners(tx: Tx): Promise<z.input<typeof CaseOwners>> {
  const ids = (await permissionHolders(tx, may.DECIDE)).map((h) => h.id);
  const names = await actorNames(tx, ids);
  return { items: ids.map((id) => ({ id, name: names.get(id) ?? id })) };
}

/** What the list of cases does beside listing them. */
export const caseDeskRoutes: Route[] = [
  ...savedViewRoutes({
    path: '/case-views',
    list: 'after_sales',
    permission: may.READ,
    tags,
    notFound: CaseViewNotFound,
  }),
  defineRoute({
    method: 'GET',
    path: '/case-owners',
    permission: may.READ,
    tags,
    summary: 'Whose a case may be',
    input: z.object({}),
    output: CaseOwners,
    run: owners,
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/bulk',
    permission: may.DECIDE,
    tags,
    summary: 'Assign, approve or refuse many cases; each on its own',
    input: BulkCases,
    output: BulkResult,
    run: bulk,
  }),
];
