import type { Reason } from '../policies/index.ts';
import { type Executor, type Previewer, useExecutor } from '../cases/executors.ts';
import { grantCompensation } from './commands/grant.ts';
import { COMPENSATION_REASONS } from './domain/authority.ts';
import { CompensationAwaited } from './errors.ts';
import { type CompensationRow, ofCase } from './store/compensations.ts';

const comesTo = (rows: readonly CompensationRow[]): Awaited<ReturnType<Executor>>['breakdown'] =>
  rows.map((r) => ({ code: 'agreed', lineId: null, units: null, amount: r.value }));
const cashOf = (rows: readonly CompensationRow[]): number =>
  rows.reduce((sum, r) => sum + (r.kind === 'cash' ? r.value : 0), 0);
const isReason = (reason: Reason): reason is (typeof COMPENSATION_REASONS)[number] =>
  COMPENSATION_REASONS.includes(reason);

/**
 * A case of this kind is carried out by the compensations given for it (`caseId`), which follow their own money. When there is none, the
 * amount agreed in the case is given in cash, if whoever carries the case out may decide so much alone.
 * @throws CompensationAwaited when there is nothing to give yet, or somebody has to decide first
 */
const execute: Executor = async (tx, ctx, { order, row }) => {
  const known = await ofCase(tx, row.id);
  if (known.some((r) => r.state === 'requested')) throw new CompensationAwaited({ no: row.no });
  const given = known.filter((r) => r.state !== 'rejected');
  if (given.length === 0) {
    const amount = row.agreed_amount ?? 0;
    if (amount === 0 || !isReason(row.reason)) throw new CompensationAwaited({ no: row.no });
    const asked = {
      orderId: order.id,
      kind: 'cash',
      amount,
      reason: row.reason,
      note: row.no,
      caseId: row.id,
    } as const;
    const made = await grantCompensation(tx, ctx, asked);
    if (made.state === 'requested') throw new CompensationAwaited({ no: row.no }); // asked for where one sees what it takes
    given.push(made);
  }
  return { legs: [], amount: cashOf(given), breakdown: comesTo(given) };
};

const preview: Previewer = async (tx, _ctx, { row }) => {
  const given = (await ofCase(tx, row.id)).filter((r) => r.state !== 'rejected');
  if (given.length > 0) return { amount: cashOf(given), breakdown: comesTo(given) };
  const amount = row.agreed_amount ?? 0;
  return { amount, breakdown: amount > 0 ? [{ code: 'agreed', lineId: null, units: null, amount }] : [] };
};

export const tieCompensation = (): void => useExecutor('compensation', { execute, preview });
