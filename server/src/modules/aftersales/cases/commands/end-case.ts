import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { OrderRow } from '#modules/orders/index.ts';
import { CaseCancelled, CaseExpired } from '../events.ts';
import { type CaseRow } from '../store/cases.ts';
import { endOffer, openOfferOf } from '../store/extras.ts';
import { factsOf, tell } from '../tell.ts';
import { oweBack } from './instant-refund.ts';
import { lockCase } from './lock-case.ts';
import { caseLines } from '../store/lines.ts';
import { releaseReplacement } from './replacement.ts';
import { settleUnits, stepCase } from './step-case.ts';

type Locked = { order: OrderRow; row: CaseRow };

/** The customer, or staff for them, take the request back: whatever was kept for it is free again. @throws TransitionRefused */
export async function cancelCase(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; note?: string | undefined },
): Promise<CaseRow> {
  return cancelLockedCase(tx, ctx, await lockCase(tx, ctx, input.caseId), {
    why: ctx.actor.kind === 'customer' ? 'customer' : 'staff',
    note: input.note ?? '',
  });
}

/** As cancelCase; order and case are locked. */
export async function cancelLockedCase(
  tx: Tx,
  ctx: Ctx,
  { order, row }: Locked,
  input: { why: string; note: string },
): Promise<CaseRow> {
  const saved = await stepCase(tx, ctx, row, 'cancel', {
    moveNote: input.note,
    ...(input.note === '' ? {} : { note: input.note }),
  });
  await withdrawOffer(tx, ctx, saved);
  await releaseReplacement(tx, ctx, saved, saved.no);
  await CaseCancelled.emit(tx, ctx, order.id, { ...factsOf(saved), why: input.why });
  return saved;
}

/** A case that ends takes its open offer along. */
export async function withdrawOffer(tx: Tx, ctx: Ctx, row: CaseRow): Promise<void> {
  const offer = await openOfferOf(tx, row.id);
  if (offer) await endOffer(tx, ctx, offer.id, 'withdrawn');
}

/** The customer did not send the goods in time (逾期未寄): the case expires, and what was kept for it is free. */
export async function expireUnsent(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (row.state !== 'approved') return;
  const saved = await stepCase(tx, ctx, row, 'expire');
  await releaseReplacement(tx, ctx, saved, saved.no);
  await CaseExpired.emit(tx, ctx, order.id, { ...factsOf(saved), why: 'not_sent' });
  await tell(tx, ctx, { order, row: saved }, 'expired');
}

/**
 * Goods that were sent back did not come: the case is over. Money that was given ahead is owed, and the units it was for are settled:
 * nobody is given it twice.
 */
export async function expireNotCome(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (row.state !== 'in_transit') return;
  const ahead = row.instant_amount > 0;
  if (ahead) {
    const lines = await caseLines(tx, [row.id]);
    await settleUnits(tx, row, lines, new Map(lines.map((l) => [l.line_id, l.quantity])));
    await oweBack(tx, ctx, { order, row }, { amount: row.instant_amount, why: 'never_came' });
  }
  const saved = await stepCase(tx, ctx, ahead ? { ...row, holds_units: false } : row, 'never_came', {
    holds_units: false,
    ...(ahead ? { refund_amount: row.instant_amount } : {}),
  });
  await releaseReplacement(tx, ctx, saved, saved.no);
  await CaseExpired.emit(tx, ctx, order.id, { ...factsOf(saved), why: 'not_come' });
  await tell(tx, ctx, { order, row: saved }, 'expired');
}
