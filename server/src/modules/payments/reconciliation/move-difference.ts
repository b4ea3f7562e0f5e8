import { FourEyes } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { openFile } from '#kernel/files/index.ts';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { DifferenceActionUnfit } from '../errors.ts';
import { takeBack } from './book-difference.ts';
import { carryOut } from './carry-out.ts';
import { fits } from './domain/decisions.ts';
import { type DifferenceEvent, differenceFlow } from './domain/difference-flow.ts';
import { viewDifference } from './present.ts';
import type {
  AssignDifference,
  DifferenceView,
  NoteDifference,
  ProposeDifference,
  ReasonedDifference,
} from './schema.ts';
import {
  type DifferenceChange,
  type DifferenceRow,
  getDifference,
  lockDifference,
  noteMove,
  saveDifference,
} from './store/differences.ts';

async function locked(tx: Tx, ctx: Ctx, id: string): Promise<DifferenceRow> {
  const row = await lockDifference(tx, id);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  return row;
}

async function moved(
  tx: Tx,
  ctx: Ctx,
  row: DifferenceRow,
  event: DifferenceEvent,
  change: DifferenceChange,
  note: string,
  fileIds: readonly string[] = [],
): Promise<DifferenceRow> {
  const state = step(differenceFlow, row.state, event);
  const saved = await saveDifference(tx, row, { ...change, state });
  await noteMove(tx, ctx, { differenceId: row.id, event, state, note, fileIds });
  return saved;
}

/** Evidence must be the sender's own to show: whoever sees the difference sees it. @throws FileNotFound */
async function checkFiles(tx: Tx, ctx: Ctx, fileIds: readonly string[]): Promise<void> {
  for (const id of fileIds) await openFile(tx, ctx, id);
}

/** Gives a difference to somebody; `me` is whoever asks. */
export async function assign(tx: Tx, ctx: Ctx, input: AssignDifference): Promise<DifferenceView> {
  const row = await locked(tx, ctx, input.differenceId);
  if (row.state === 'closed') throw new TransitionRefused({ from: row.state, event: 'assign', allowed: ['reopen'] });
  const saved = await saveDifference(tx, row, { owner_id: input.ownerId === 'me' ? ctx.actor.id : input.ownerId });
  await noteMove(tx, ctx, { differenceId: row.id, event: 'assign', state: row.state, note: '' });
  return viewDifference(tx, ctx, saved);
}

/** Adds what was found out, with files. */
export async function note(tx: Tx, ctx: Ctx, input: NoteDifference): Promise<DifferenceView> {
  const row = await locked(tx, ctx, input.differenceId);
  await checkFiles(tx, ctx, input.fileIds);
  await noteMove(tx, ctx, {
    differenceId: row.id,
    event: 'note',
    state: row.state,
    note: input.note,
    fileIds: input.fileIds,
  });
  return viewDifference(tx, ctx, row);
}

/** Says what should be done; somebody else has to agree. @throws DifferenceActionUnfit */
export async function propose(tx: Tx, ctx: Ctx, input: ProposeDifference): Promise<DifferenceView> {
  const row = await locked(tx, ctx, input.differenceId);
  const { action, reason } = input;
  if (!fits(row, action)) throw new DifferenceActionUnfit({ action, kind: row.kind });
  await checkFiles(tx, ctx, input.fileIds);
  const change = {
    action,
    reason,
    proposed_by: ctx.actor.id,
    proposed_at: ctx.now,
    confirmed_by: null,
    owner_id: row.owner_id ?? ctx.actor.id,
  };
  return viewDifference(tx, ctx, await moved(tx, ctx, row, 'propose', change, reason, input.fileIds));
}

/** Sends a proposal back to whoever made it. */
export async function reject(tx: Tx, ctx: Ctx, input: ReasonedDifference): Promise<DifferenceView> {
  const row = await locked(tx, ctx, input.differenceId);
  return viewDifference(tx, ctx, await moved(tx, ctx, row, 'reject', { action: null, reason: null }, input.note));
}

/** Whether the actor may be the second of the two. */
export const isSecond = (ctx: Ctx, row: DifferenceRow): boolean =>
  ctx.actor.kind === 'user' && row.proposed_by !== ctx.actor.id;

/**
 * Agrees to a proposal, which is then carried out: another person than the one who made it. What an action locks comes
 * before the difference. @throws FourEyes, and what the action throws
 */
export async function confirm(tx: Tx, ctx: Ctx, input: NoteDifference): Promise<DifferenceView> {
  const asked = await getDifference(tx, input.differenceId);
  step(differenceFlow, asked.state, 'confirm');
  if (asked.action === null || !isSecond(ctx, asked)) throw new FourEyes();
  const done = await carryOut(tx, ctx, asked);
  const row = await locked(tx, ctx, input.differenceId);
  if (row.version !== asked.version) throw new PreconditionFailed({ version: row.version });
  const parks = row.action === 'keep_pending';
  const change = {
    confirmed_by: ctx.actor.id,
    made_refund_id: done.refundId,
    ...(parks ? {} : { closed_at: ctx.now }),
  };
  return viewDifference(
    tx,
    ctx,
    await moved(tx, ctx, row, parks ? 'park' : 'confirm', change, input.note, input.fileIds),
  );
}

/** It was not settled after all: what the decision booked is taken back, money that was sent is not. */
export async function reopen(tx: Tx, ctx: Ctx, input: ReasonedDifference): Promise<DifferenceView> {
  const row = await locked(tx, ctx, input.differenceId);
  await takeBack(tx, ctx, [row.id]);
  const change = {
    closed_at: null,
    action: null,
    reason: null,
    proposed_by: null,
    proposed_at: null,
    confirmed_by: null,
  };
  return viewDifference(tx, ctx, await moved(tx, ctx, row, 'reopen', change, input.note));
}
