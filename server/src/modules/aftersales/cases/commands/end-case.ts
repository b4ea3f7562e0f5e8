import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { OrderRow } from '#modules/orders/index.ts';
import { ReplacementSent } from '../errors.ts';
import { CaseCancelled, CaseExpired } from '../events.ts';
import { type CaseRow } from '../store/cases.ts';
import { endOffer, openOfferOf } from '../store/extras.ts';
import { factsOf, tell } from '../tell.ts';
import { oweBack } from './instant-refund.ts';
import { lockCase } from './lock-case.ts';
import { caseLines } from '../store/lines.ts';
import { releaseReplacement, sentAhead } from './replacement.ts';
import { settleUnits, stepCase } from './step-case.ts';

type Locked = { order: OrderRow; row: CaseRow };

/**
 * The customer, or staff for them, take the request back: whatever was kept for it is free again.
 * @throws TransitionRefused, ReplacementSent once the other goods have gone ahead
 */
export async function cancelCase(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; note?: string | undefined },
): Promise<CaseRow> {
  const locked = await lockCase(tx, ctx, input.caseId);
  if ((await sentAhead(tx, locked.row)) > 0) throw new ReplacementSent({ no: locked.row.no });
  return cancelLockedCase(tx, ctx, locked, {
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

/**
 * The customer did not send the goods in time (逾期未寄): the case expires, and what was kept for it is free. Who has the other goods
 * already has both, and owes them.
 */
export async function expireUnsent(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (row.state !== 'approved') return;
  await oweBack(tx, ctx, { order, row }, { amount: await sentAhead(tx, row), why: 'never_came' });
  const saved = await stepCase(tx, ctx, row, 'expire');
  await releaseReplacement(tx, ctx, saved, saved.no);
  await CaseExpired.emit(tx, ctx, order.id, { ...factsOf(saved), why: 'not_sent' });
  await tell(tx, ctx, { order, row: saved }, 'expired');
}

/**
 * Goods that were sent back did not come: the case is over. Money, or other goods, that were given ahead are owed, and the units they
 * were for are settled: nobody is given them twice.
 */
export async function expireNotCome(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (row.state !== 'in_transit') return;
  const goods = await sentAhead(tx, row);
  const ahead = row.instant_amount + goods > 0;
  if (ahead) {
    const lines = await caseLines(tx, [row.id]);
    await settleUnits(tx, row, lines, new Map(lines.map((l) => [l.line_id, l.quantity])));
    await oweBack(tx, ctx, { order, row }, { amount: row.instant_amount + goods, why: 'never_came' });
  }
  const saved = await stepCase(tx, ctx, ahead ? { ...row, holds_units: false } : row, 'never_came', {
    holds_units: false,
    ...(row.instant_amount > 0 ? { refund_amount: row.instant_amount } : {}),
  });
  await releaseReplacement(tx, ctx, saved, saved.no);
  await CaseExpired.emit(tx, ctx, order.id, { ...factsOf(saved), why: 'not_come' });
  await tell(tx, ctx, { order, row: saved }, 'expired');
}
