import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import {
  closePending,
  createPayment,
  openRefunds,
  type PAY_METHODS,
  type PaymentView,
  postEntry,
  refundSubject,
} from '#modules/payments/index.ts';
import type { z } from 'zod';
import { type Due, NOTHING_DUE } from '../clocks.ts';
import { FeeNotDue, FeeNotPaid } from '../errors.ts';
import { RepairFeeCancelled, RepairFeeOutside } from '../events.ts';
import { caseSettings, type CaseSettings } from '../settings.ts';
import { type CaseRow, saveCase } from '../store/cases.ts';
import { type FeeRow, findFee, insertFee, lockFee, saveFee } from '../store/fees.ts';
import { factsOf, tell } from '../tell.ts';
import { type LockedCase, lockCase } from './lock-case.ts';

/** What of the fee is here to stay: what is on its way back counts as gone. */
export async function keptOf(tx: Tx, fee: FeeRow): Promise<number> {
  let going = 0;
  for (const amount of (await openRefunds(tx, fee.case_id)).values()) going += amount;
  return fee.paid - fee.refunded - going;
}

/** What is still to be paid of a fee; nothing while nothing is wanted. */
export const dueOf = async (tx: Tx, fee: FeeRow): Promise<number> =>
  fee.state === 'due' ? Math.max(fee.amount - (await keptOf(tx, fee)), 0) : 0;

/**
 * Changes a fee, and books as income what is kept of it once the repair is finished, or takes back what is not kept any more. `cause` is
 * what changed it: the case, a payment, a refund. The fee is locked.
 */
export async function changeFee(
  tx: Tx,
  ctx: Ctx,
  of: { row: CaseRow; fee: FeeRow; cause: string },
  patch: Parameters<typeof saveFee>[2],
): Promise<FeeRow> {
  const { row, fee, cause } = of;
  const next = { ...fee, ...patch };
  const earned = next.finished_at === null ? 0 : await keptOf(tx, next);
  if (earned !== fee.earned) await bookEarned(tx, ctx, { row, cause, currency: fee.currency }, earned - fee.earned);
  return saveFee(tx, fee, { ...patch, earned });
}

async function bookEarned(
  tx: Tx,
  ctx: Ctx,
  { row, cause, currency }: { row: CaseRow; cause: string; currency: string },
  more: number,
): Promise<void> {
  const income = { account: 'repair_fees', currency, shopId: row.shop_id } as const;
  const owed = { account: 'prepayments', currency } as const;
  await postEntry(tx, ctx, {
    kind: more > 0 ? 'repair_fee_earned' : 'repair_fee_given_back',
    subject: cause,
    about: row.id,
    at: ctx.now,
    lines:
      more > 0
        ? [
            { ...owed, debit: more },
            { ...income, credit: more },
          ]
        : [
            { ...income, debit: -more },
            { ...owed, credit: -more },
          ],
  });
}

/**
 * The customer has accepted a quote: its fee is owed. What was paid by an earlier quote counts, and what is more than the new one goes
 * back. Answers the case, with what it is due by now. Order and case are locked.
 */
export async function feeAgreed(tx: Tx, ctx: Ctx, { order, row }: LockedCase): Promise<CaseRow> {
  const amount = row.quote_amount ?? 0;
  const had = await lockFee(tx, row.id);
  if (amount === 0) {
    await withdrawFee(tx, ctx, { order, row });
    return row;
  }
  const kept = had ? await keptOf(tx, had) : 0;
  const isPaid = kept >= amount;
  const { currency } = row;
  if (had) await saveFee(tx, had, { amount, state: isPaid ? 'paid' : 'due' });
  else await insertFee(tx, ctx, { case_id: row.id, amount, currency });
  if (kept > amount) await refundSubject(tx, ctx, row.id, { amount: kept - amount, reason: row.no, kind: 'repriced' });
  if (isPaid) return row;
  await tell(tx, ctx, { order, row }, 'fee_due', {
    data: { fee: { amount: amount - kept, currency } },
    key: String(row.version),
  });
  return saveCase(tx, ctx, row, await expectFee(tx, ctx));
}

/** An unpaid fee shows up on the desk's list by then. */
async function expectFee(tx: Tx, ctx: Ctx): Promise<Due> {
  return { due_at: after(ctx.now, (await caseSettings.get(tx)).repairFeeDays * DAY_MS), due_kind: 'fee' };
}

/** Another quote is made: until it is answered nothing is wanted, and what arrives goes back. */
export async function holdFee(tx: Tx, ctx: Ctx, row: CaseRow): Promise<void> {
  const fee = await lockFee(tx, row.id);
  if (fee?.state !== 'due' && fee?.state !== 'paid') return;
  await saveFee(tx, fee, { state: 'held' });
  await closePending(tx, ctx, row.id);
}

/** Nothing is mended for it after all: what was paid goes back, and what still arrives will. Order and case are locked. */
export async function withdrawFee(tx: Tx, ctx: Ctx, { order, row }: LockedCase): Promise<void> {
  const fee = await lockFee(tx, row.id);
  if (!fee || fee.state === 'cancelled') return;
  await closePending(tx, ctx, row.id);
  const back = await keptOf(tx, fee);
  if (back > 0) await refundSubject(tx, ctx, row.id, { amount: back, reason: row.no, kind: 'cancel' });
  await saveFee(tx, fee, { state: 'cancelled' });
  await RepairFeeCancelled.emit(tx, ctx, order.id, { ...factsOf(row), amount: back, currency: row.currency });
}

const WAITS: Readonly<Record<CaseSettings['repairWaitsForFee'], readonly Step[]>> = {
  finish: ['finish', 'send_back'],
  send_back: ['send_back'],
  never: [],
};
export type Step = 'finish' | 'send_back';

/** Whether a step of a repair waits for its fee, by what the organisation has settled. */
export const waitsForFee = async (tx: Tx, fee: FeeRow, step: Step): Promise<boolean> =>
  fee.state === 'due' && WAITS[(await caseSettings.get(tx)).repairWaitsForFee].includes(step);

/**
 * The fee is paid, or was paid outside as `reference` says, before a step that waits for it. Answers the fee, locked; undefined where
 * nothing is owed. Order and case are locked. @throws FeeNotPaid
 */
export async function mustBePaid(
  tx: Tx,
  ctx: Ctx,
  { order, row }: LockedCase,
  step: Step,
  reference: string | undefined,
): Promise<FeeRow | undefined> {
  const fee = await lockFee(tx, row.id);
  if (fee?.state !== 'due') return fee;
  const due = { amount: await dueOf(tx, fee), currency: fee.currency };
  if (reference !== undefined) {
    await closePending(tx, ctx, row.id);
    await RepairFeeOutside.emit(tx, ctx, order.id, { ...factsOf(row), ...due });
    return saveFee(tx, fee, { state: 'outside' });
  }
  if (await waitsForFee(tx, fee, step)) throw new FeeNotPaid({ no: row.no, fee: due });
  return fee;
}

/** The goods are mended: from now on the fee is earned. Its row is locked. */
export async function feeEarned(tx: Tx, ctx: Ctx, row: CaseRow, fee: FeeRow | undefined): Promise<void> {
  if (!fee || fee.finished_at !== null) return;
  await changeFee(tx, ctx, { row, fee, cause: row.id }, { finished_at: ctx.now });
}

/** What a case is due by once its fee is not waited for any more. */
export const feeSettled = (row: CaseRow): Partial<Due> => (row.due_kind === 'fee' ? NOTHING_DUE : {});

export type PayFee = {
  caseId: string;
  channel: string;
  method?: (typeof PAY_METHODS)[number] | undefined;
  openid?: string | undefined;
  clientIp?: string | undefined;
};

/** Opens a payment of what is owed for a repair. @throws FeeNotDue, and what `createPayment` throws */
export async function payFee(tx: Tx, ctx: Ctx, input: PayFee): Promise<z.input<typeof PaymentView>> {
  const { row } = await lockCase(tx, ctx, input.caseId);
  const fee = await findFee(tx, row.id);
  if (!fee || (await dueOf(tx, fee)) === 0) throw new FeeNotDue({ no: row.no });
  return createPayment(tx, ctx, {
    subjectId: row.id,
    channel: input.channel,
    method: input.method,
    // a customer pays from where they ask; a shop's server says from where its customer does
    payer: { openid: input.openid, clientIp: input.clientIp ?? (ctx.actor.kind === 'customer' ? ctx.from : undefined) },
  });
}
