import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { followUpClock, NOTHING_DUE } from '../clocks.ts';
import { CaseInvalid, DebtEnded } from '../errors.ts';
import { DECIDE } from '../permissions.ts';
import { CaseAssigned, CaseFollowedUp } from '../events.ts';
import { addMove, type CaseRow, saveCase } from '../store/cases.ts';
import { addEvidence } from '../store/extras.ts';
import { type DebtRow, endDebt, getDebt } from '../store/money.ts';
import { factsOf } from '../tell.ts';
import { lockCase } from './lock-case.ts';
import { mustSeeFiles } from './must-see-files.ts';

/** Says whose a case is: one's own, or somebody's who decides on cases. @throws CaseInvalid for anybody else */
export async function assignCase(tx: Tx, ctx: Ctx, input: { caseId: string; ownerId: string }): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const ownerId = input.ownerId === 'me' ? ctx.actor.id : input.ownerId;
  if (row.owner_id === ownerId) return row;
  const known = ownerId === ctx.actor.id || (await permissionHolders(tx, DECIDE)).some((h) => h.id === ownerId);
  if (!known) throw new CaseInvalid({ no: row.no }, [{ path: 'ownerId', code: 'unknown_owner', facts: {} }]);
  const saved = await saveCase(tx, ctx, row, { owner_id: ownerId });
  await CaseAssigned.emit(tx, ctx, order.id, { ...factsOf(row), ownerId });
  return saved;
}

/** What the customer said afterwards (回访, AFT-3). */
export async function followUp(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; satisfied: boolean; note: string },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  if (row.executed_at === null)
    throw new CaseInvalid({ no: row.no }, [{ path: 'caseId', code: 'not_carried_out', facts: {} }]);
  const saved = await saveCase(tx, ctx, row, {
    followed_up_at: row.followed_up_at ?? ctx.now,
    follow_up: input.note,
    satisfied: input.satisfied,
    ...NOTHING_DUE,
  });
  await followUpClock.close(tx, ctx, [row.id]);
  await addMove(tx, ctx, saved, { event: 'follow_up', was: row.state, state: row.state, note: input.note });
  if (row.followed_up_at === null)
    await CaseFollowedUp.emit(tx, ctx, order.id, { ...factsOf(row), satisfied: input.satisfied });
  return saved;
}

/** More to be seen, while the case is open. */
export async function showEvidence(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; fileIds: readonly string[] },
): Promise<CaseRow> {
  const { row } = await lockCase(tx, ctx, input.caseId);
  if (row.ended) throw new CaseInvalid({ no: row.no }, [{ path: 'caseId', code: 'case_ended', facts: {} }]);
  await mustSeeFiles(tx, ctx, input.fileIds, 'fileIds');
  await addEvidence(tx, ctx, row.id, 'application', input.fileIds);
  return row;
}

/** A debt was paid back, or is let go. @throws DebtNotFound, DebtEnded */
export async function settleDebt(
  tx: Tx,
  ctx: Ctx,
  input: { debtId: string; outcome: 'settled' | 'waived'; note: string },
): Promise<DebtRow> {
  await lockCase(tx, ctx, (await getDebt(tx, input.debtId)).case_id);
  const row = await endDebt(tx, ctx, input.debtId, { state: input.outcome, note: input.note });
  if (!row) throw new DebtEnded({ debtId: input.debtId });
  return row;
}
