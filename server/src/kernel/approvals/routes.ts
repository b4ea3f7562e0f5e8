import { z } from 'zod';
import { actorNames } from '../actors.ts';
import { can, type Ctx, permit } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { decodeCursor, listInput, listOf, type Page, pageOf } from '../http/list.ts';
import { defineRoute } from '../http/route.ts';
import { approve, APPROVALS, mayDecide, reject, withdraw } from './engine.ts';
import { APPROVAL_STATES, type ApprovalFilter, type ApprovalRow, listApprovals } from './store.ts';

const ApprovalView = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    subject: z.string(),
    facts: z.record(z.string(), z.unknown()),
    state: z.enum(APPROVAL_STATES),
    requestedBy: z.string(),
    requestedByName: z.string(),
    requestedAt: z.string(),
    expiresAt: z.string(),
    decidedBy: z.string().nullable(),
    decidedByName: z.string().nullable(),
    decidedAt: z.string().nullable(),
    note: z.string().nullable(),
    may: z.array(z.enum(['approve', 'reject', 'withdraw'])),
    version: z.number().int(),
  })
  .meta({ id: 'Approval' });
type View = z.input<typeof ApprovalView>;

async function present(tx: Tx, ctx: Ctx, row: ApprovalRow): Promise<View> {
  const [view] = await presentAll(tx, ctx, [row]);
  return view as View;
}

/** Requests with the names of who asked and who decided. */
async function presentAll(tx: Tx, ctx: Ctx, rows: readonly ApprovalRow[]): Promise<View[]> {
  const names = await actorNames(
    tx,
    rows.flatMap((r) => (r.decided_by === null ? [r.requested_by] : [r.requested_by, r.decided_by])),
  );
  return rows.map((row) => presentOne(ctx, row, names));
}

function presentOne(ctx: Ctx, row: ApprovalRow, names: ReadonlyMap<string, string>): View {
  const open = row.state === 'pending' && row.expires_at > ctx.now;
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    facts: row.facts,
    state: row.state,
    requestedBy: row.requested_by,
    requestedByName: names.get(row.requested_by) ?? '',
    requestedAt: row.requested_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decidedBy: row.decided_by,
    decidedByName: row.decided_by === null ? null : (names.get(row.decided_by) ?? ''),
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: row.note,
    may: [
      ...(open && mayDecide(ctx, row) ? (['approve', 'reject'] as const) : []),
      ...(open && row.requested_by === ctx.actor.id ? (['withdraw'] as const) : []),
    ],
    version: row.version,
  };
}

const Filter = z.object({
  ...listInput,
  view: z.enum(['to_decide', 'mine', 'all']).default('to_decide'),
  state: z.enum(APPROVAL_STATES).optional(),
});

function filterOf(ctx: Ctx, input: z.output<typeof Filter>): ApprovalFilter {
  const before = input.cursor === undefined ? null : String(decodeCursor('-id', input.cursor, 1)[0]);
  const none = { kinds: null, fourEyed: [], except: null, requestedBy: null, state: input.state ?? null, before };
  if (input.view === 'mine') return { ...none, requestedBy: ctx.actor.id };
  if (input.view === 'all') {
    permit(ctx, 'approvals.request.read');
    return none;
  }
  const mine = [...APPROVALS.values()].filter(
    (spec) => can(ctx, spec.permission) && (!spec.fourEyes || ctx.actor.kind === 'user'),
  );
  const fourEyed = mine.filter((spec) => spec.fourEyes).map((spec) => spec.kind);
  return { ...none, state: 'pending', kinds: mine.map((spec) => spec.kind), fourEyed, except: ctx.actor.id };
}

async function list(tx: Tx, ctx: Ctx, input: z.output<typeof Filter>): Promise<Page<View>> {
  const rows = await listApprovals(tx, filterOf(ctx, input), input.limit + 1);
  const views = new Map((await presentAll(tx, ctx, rows)).map((view) => [view.id, view]));
  return pageOf(
    rows,
    input.limit,
    '-id',
    (row) => [row.id],
    (row) => views.get(row.id) as View,
  );
}

const tags = ['approvals'];
const decision = z.object({ approvalId: z.uuid(), note: z.string().trim().max(500).optional() });

export const getApprovals = defineRoute({
  method: 'GET',
  path: '/approvals',
  permission: 'session', // shows what the actor may decide or has asked for; `all` asks for more
  tags,
  summary: 'Requests for approval: mine to decide, mine, or all',
  input: Filter,
  output: listOf(ApprovalView),
  run: list,
});

export const postApprove = defineRoute({
  method: 'POST',
  path: '/approvals/{approvalId}/approve',
  permission: 'session', // each kind names its own permission
  tags,
  summary: 'Approve, and thereby do what was asked for',
  input: decision,
  output: ApprovalView,
  run: async (tx, ctx, input) => present(tx, ctx, await approve(tx, ctx, input)),
});

export const postReject = defineRoute({
  method: 'POST',
  path: '/approvals/{approvalId}/reject',
  permission: 'session', // each kind names its own permission
  tags,
  summary: 'Reject, with a note that says why',
  input: decision.extend({ note: z.string().trim().min(1).max(500) }),
  output: ApprovalView,
  run: async (tx, ctx, input) => present(tx, ctx, await reject(tx, ctx, input)),
});

export const postWithdraw = defineRoute({
  method: 'POST',
  path: '/approvals/{approvalId}/withdraw',
  permission: 'session', // only who asked
  tags,
  summary: 'Take my own request back',
  input: decision,
  output: ApprovalView,
  run: async (tx, ctx, input) => present(tx, ctx, await withdraw(tx, ctx, input)),
});
