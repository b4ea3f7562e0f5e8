import type { z } from 'zod';
import { type ApprovalRequest, defineApproval, withdraw } from '#kernel/approvals/index.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { DAY_MS } from '#kernel/time.ts';
import { inventorySettings } from '../../settings.ts';
import { needsApproval } from '../domain/difference.ts';
import { takeFlow } from '../domain/flow.ts';
import { CountedByYou, LinesUncounted, RecountNeeded } from '../errors.ts';
import { StockTakeCancelled, StockTakeReopened, StockTakeSubmitted } from '../events.ts';
import { presentTake, sumsOf, visibleTake, warehouseCode } from '../queries/takes.ts';
import type { CancelTake, ReopenTake, StockTakeView, SubmitTake } from '../schema.ts';
import { lockLines } from '../store/lines.ts';
import { hasCounted, lockTake, saveTake, type TakeRow } from '../store/takes.ts';
import { letGo } from '../store/bins.ts';
import { needsRecount } from './ask-recounts.ts';
import { postTake } from './post-take.ts';

type View = z.input<typeof StockTakeView>;

/**
 * Ends the counting. What is within the limits of the settings is booked at once; more waits for somebody who has neither
 * counted nor submitted it. @throws LinesUncounted, RecountNeeded
 */
export async function submitTake(tx: Tx, ctx: Ctx, input: z.output<typeof SubmitTake>): Promise<View> {
  const take = await lockTake(tx, (await visibleTake(tx, ctx, input.takeId)).id, 'update');
  step(takeFlow, take.state, 'ask');
  const settings = await inventorySettings.get(tx);
  const lines = await lockLines(tx, take.id, null);
  const limits = { units: settings.countRecountUnits, value: settings.countRecountValue };
  const anew = lines.filter((l) => l.recount || needsRecount(l, limits)).length;
  if (anew > 0) throw new RecountNeeded({ lines: anew });
  const uncounted = lines.filter((l) => l.counted === null).length;
  if (uncounted > 0 && !input.leaveUncounted) throw new LinesUncounted({ lines: uncounted });
  const submitted = { submitted_at: ctx.now, submitted_by: ctx.actor.id, why: null };
  const sums = sumsOf(lines);
  const alone = { units: settings.countUnitsWithoutApproval, value: settings.countValueWithoutApproval };
  if (!needsApproval(sums, alone))
    return presentTake(tx, ctx, await postTake(tx, ctx, await saveTake(tx, take, submitted), lines));
  const warehouse = await warehouseCode(tx, take.warehouse_id);
  const units = sums.over + sums.short;
  const value = sums.valueOver + sums.valueShort;
  const facts = { no: take.no, warehouse, lines: sums.lines, units, amount: value };
  const approvalId = await takeApproval.request(tx, ctx, { subject: take.id, facts });
  const saved = await saveTake(tx, take, { ...submitted, state: 'awaiting_approval', approval_id: approvalId });
  await StockTakeSubmitted.emit(tx, ctx, take.id, { no: take.no, warehouse, lines: sums.lines, units, value });
  return presentTake(tx, ctx, saved);
}

/** The differences of a count: another person than those who counted and submitted decides. */
export const takeApproval = defineApproval({
  kind: 'inventory.stock_take',
  permission: 'inventory.count.approve',
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: async (tx, ctx, request) => {
    const take = await decided(tx, request);
    if (await hasCounted(tx, take.id, ctx.actor.id)) throw new CountedByYou({ no: take.no });
    await postTake(tx, ctx, take, await lockLines(tx, take.id, null));
  },
  onRejected: async (tx, ctx, request) => {
    const take = await decided(tx, request);
    const [row] = await tx.query<{ note: string | null }>(
      'select note from kernel.approvals where org_id = $1 and id = $2',
      [tx.orgId, request.id],
    );
    await reopened(tx, ctx, take, row?.note ?? '');
  },
});

const decided = async (tx: Tx, request: ApprovalRequest): Promise<TakeRow> => {
  const take = await lockTake(tx, request.subject, 'update');
  step(takeFlow, take.state, 'reopen'); // it waits for this decision
  return take;
};

async function reopened(tx: Tx, ctx: Ctx, take: TakeRow, why: string): Promise<TakeRow> {
  const state = step(takeFlow, take.state, 'reopen');
  const saved = await saveTake(tx, take, { state, approval_id: null, why });
  await StockTakeReopened.emit(tx, ctx, take.id, {
    no: take.no,
    warehouse: await warehouseCode(tx, take.warehouse_id),
    why,
  });
  return saved;
}

/** Takes a request for approval back, so that counting goes on: by who asked, or by anybody once it has expired. */
export async function reopenTake(tx: Tx, ctx: Ctx, input: z.output<typeof ReopenTake>): Promise<View> {
  const { id } = await visibleTake(tx, ctx, input.takeId);
  const before = await lockTake(tx, id, 'share');
  step(takeFlow, before.state, 'reopen');
  await takeBack(tx, ctx, before);
  return presentTake(tx, ctx, await reopened(tx, ctx, await lockTake(tx, id, 'update'), input.why));
}

async function takeBack(tx: Tx, ctx: Ctx, take: TakeRow): Promise<void> {
  const { ifMatch: _, ...withoutVersion } = ctx; // it names the version of the count
  const approvalId = present(take.approval_id, 'what waits for approval has asked for it');
  try {
    await withdraw(tx, withoutVersion, { approvalId });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'approval_decided')) throw error; // it has expired
  }
}

/** Ends a count without booking anything. */
export async function cancelTake(tx: Tx, ctx: Ctx, input: z.output<typeof CancelTake>): Promise<View> {
  const { id } = await visibleTake(tx, ctx, input.takeId);
  const before = await lockTake(tx, id, 'update');
  const state = step(takeFlow, before.state, 'cancel');
  if (before.state === 'awaiting_approval') await takeBack(tx, ctx, before);
  const saved = await saveTake(tx, before, {
    state,
    ended_at: ctx.now,
    ended_by: ctx.actor.id,
    why: input.why,
    approval_id: null,
  });
  await letGo(tx, id);
  const warehouse = await warehouseCode(tx, before.warehouse_id);
  await StockTakeCancelled.emit(tx, ctx, id, { no: before.no, warehouse, why: input.why });
  return presentTake(tx, ctx, saved);
}
