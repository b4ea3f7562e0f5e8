import { can, type Ctx, permit } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { defineDeadline } from '../deadlines/index.ts';
import { defineRefusal, PreconditionFailed } from '../errors.ts';
import { newId } from '../ids.ts';
import { ApprovalApproved, ApprovalExpired, ApprovalRejected, ApprovalRequested, ApprovalWithdrawn } from './events.ts';
import { type ApprovalRow, insertApproval, lockApproval, saveDecision } from './store.ts';

export const ApprovalPending = defineRefusal('approval_pending', 409);
export const ApprovalDecided = defineRefusal('approval_decided', 409);
export const FourEyes = defineRefusal('four_eyes', 403);
export const NotYourRequest = defineRefusal('not_your_request', 403);

export type ApprovalRequest = { id: string; subject: string; facts: Record<string, unknown>; requestedBy: string };

export type ApprovalSpec = {
  kind: string;
  /** Who may decide. */
  permission: string;
  /** Another person than the one who asked decides, and a person, not a key. */
  fourEyes: boolean;
  expiresAfterMs: number;
  /** Does what was asked for, in the transaction and in the name of who approves. */
  onApproved(tx: Tx, ctx: Ctx, request: ApprovalRequest): Promise<void>;
  onRejected?(tx: Tx, ctx: Ctx, request: ApprovalRequest): Promise<void>;
};

export type Approval = {
  readonly kind: string;
  /**
   * Asks. `facts` say to the decider what it is about: ids, codes, numbers, money; no personal data.
   * @throws ApprovalPending when the same is asked for already
   */
  request(tx: Tx, ctx: Ctx, what: { subject: string; facts: Record<string, unknown> }): Promise<string>;
};

export const APPROVALS = new Map<string, ApprovalSpec>();

/** Declares something one person may not do alone. `kind` is stable: requests waiting across a deployment carry it. */
export function defineApproval(spec: ApprovalSpec): Approval {
  if (APPROVALS.has(spec.kind)) throw new Error(`approval ${spec.kind} is declared twice`);
  APPROVALS.set(spec.kind, spec);
  return {
    kind: spec.kind,
    request: async (tx, ctx, { subject, facts }) => {
      const id = newId();
      const dueAt = new Date(ctx.now.getTime() + spec.expiresAfterMs);
      const asked = {
        id,
        kind: spec.kind,
        subject,
        facts,
        state: 'pending',
        requested_by: ctx.actor.id,
        requested_at: ctx.now,
        expires_at: dueAt,
      } as const;
      if (!(await insertApproval(tx, asked))) throw new ApprovalPending({ kind: spec.kind, subject });
      await expiry.open(tx, ctx, [{ subject: id, startsAt: ctx.now, dueAt }]);
      await ApprovalRequested.emit(tx, ctx, subject, { approvalId: id, kind: spec.kind });
      return id;
    },
  };
}

function specOf(row: ApprovalRow): ApprovalSpec {
  const spec = APPROVALS.get(row.kind);
  if (!spec) throw new Error(`approvals of kind ${row.kind} are no longer declared`);
  return spec;
}

const requestOf = (row: ApprovalRow): ApprovalRequest => ({
  id: row.id,
  subject: row.subject,
  facts: row.facts,
  requestedBy: row.requested_by,
});

/** Whether the actor may decide a request, whatever its state. */
export function mayDecide(ctx: Ctx, row: ApprovalRow): boolean {
  const spec = APPROVALS.get(row.kind);
  return (
    spec !== undefined &&
    can(ctx, spec.permission) &&
    !(spec.fourEyes && (row.requested_by === ctx.actor.id || ctx.actor.kind !== 'user'))
  );
}

type Decision = { approvalId: string; note?: string | undefined };

/** Takes the row lock, so that of two who decide at once the second is told what the first decided. */
async function lockPending(tx: Tx, ctx: Ctx, approvalId: string): Promise<ApprovalRow> {
  const row = await lockApproval(tx, approvalId);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  if (row.state !== 'pending') throw new ApprovalDecided({ state: row.state });
  if (row.expires_at <= ctx.now) throw new ApprovalDecided({ state: 'expired' }); // its timer is about to say so
  return row;
}

async function decide(
  tx: Tx,
  ctx: Ctx,
  input: Decision,
  state: 'approved' | 'rejected',
): Promise<{ row: ApprovalRow; spec: ApprovalSpec }> {
  const was = await lockPending(tx, ctx, input.approvalId);
  const spec = specOf(was);
  permit(ctx, spec.permission);
  if (!mayDecide(ctx, was)) throw new FourEyes();
  const row: ApprovalRow = {
    ...was,
    state,
    decided_by: ctx.actor.id,
    decided_at: ctx.now,
    note: input.note ?? null,
    version: was.version + 1,
  };
  await saveDecision(tx, row);
  await expiry.close(tx, ctx, [row.id]);
  return { row, spec };
}

/** Approves, and does what was asked for: both or neither. @throws ApprovalDecided, FourEyes */
export async function approve(tx: Tx, ctx: Ctx, input: Decision): Promise<ApprovalRow> {
  const { row, spec } = await decide(tx, ctx, input, 'approved');
  await ApprovalApproved.emit(tx, ctx, row.subject, { approvalId: row.id, kind: row.kind });
  await spec.onApproved(tx, ctx, requestOf(row));
  return row;
}

export async function reject(tx: Tx, ctx: Ctx, input: Decision): Promise<ApprovalRow> {
  const { row, spec } = await decide(tx, ctx, input, 'rejected');
  await ApprovalRejected.emit(tx, ctx, row.subject, { approvalId: row.id, kind: row.kind });
  await spec.onRejected?.(tx, ctx, requestOf(row));
  return row;
}

/** Takes a request back; only who asked can. */
export async function withdraw(tx: Tx, ctx: Ctx, input: Decision): Promise<ApprovalRow> {
  const was = await lockPending(tx, ctx, input.approvalId);
  if (was.requested_by !== ctx.actor.id) throw new NotYourRequest();
  const row: ApprovalRow = {
    ...was,
    state: 'withdrawn',
    decided_by: ctx.actor.id,
    decided_at: ctx.now,
    note: input.note ?? null,
    version: was.version + 1,
  };
  await saveDecision(tx, row);
  await expiry.close(tx, ctx, [row.id], 'cancelled');
  await ApprovalWithdrawn.emit(tx, ctx, row.subject, { approvalId: row.id, kind: row.kind });
  return row;
}

/** Nobody decided in time: the request lapses, and whoever wants it asks again. */
export const expiry = defineDeadline({
  kind: 'kernel.approval',
  told: false,
  onBreach: async (tx, ctx, approvalId) => {
    const row = await lockApproval(tx, approvalId);
    if (row.state !== 'pending') return;
    await saveDecision(tx, { ...row, state: 'expired', decided_at: ctx.now, version: row.version + 1 });
    await ApprovalExpired.emit(tx, ctx, row.subject, { approvalId, kind: row.kind });
  },
});
