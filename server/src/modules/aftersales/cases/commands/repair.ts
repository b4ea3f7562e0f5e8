import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { expectQuoteAnswer, NOTHING_DUE, quoteClock } from '../clocks.ts';
import { NotAllInspected } from '../errors.ts';
import { RepairAnswered, RepairBegun, RepairFinished, RepairGivenUp, RepairQuoted } from '../events.ts';
import { type CaseRow } from '../store/cases.ts';
import { caseLines } from '../store/lines.ts';
import { factsOf, tell } from '../tell.ts';
import { feeAgreed, feeEarned, feeSettled, holdFee, mustBePaid, withdrawFee } from './fee.ts';
import { lockCase } from './lock-case.ts';
import { stepCase } from './step-case.ts';

/** Everything that came was looked at. @throws NotAllInspected */
async function mustBeDiagnosed(tx: Tx, row: CaseRow): Promise<void> {
  const unseen = (await caseLines(tx, [row.id]))
    .filter((l) => l.inspected < l.received)
    .map((l) => ({ sku: l.sku, left: l.received - l.inspected }));
  if (unseen.length > 0) throw new NotAllInspected({ no: row.no, unseen });
}

/**
 * What mending costs (AFT-7). The customer accepts or declines; nothing is mended for money before. Under the warranty, that is where the
 * policy lets the seller bear it, nothing needs to be quoted. A quote may be made anew until it is answered, and when more is found;
 * what was paid by the one before counts.
 */
export async function quoteRepair(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; amount: number; note?: string | undefined },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  await mustBeDiagnosed(tx, row);
  const saved = await stepCase(tx, ctx, row, 'quote', {
    quote_amount: input.amount,
    quote_note: input.note ?? '',
    ...(await expectQuoteAnswer(tx, ctx, row)),
  });
  await holdFee(tx, ctx, saved);
  await RepairQuoted.emit(tx, ctx, order.id, { ...factsOf(row), amount: input.amount, currency: row.currency });
  await tell(tx, ctx, { order, row: saved }, 'quote', {
    data: { fee: { amount: input.amount, currency: row.currency } },
    key: String(saved.version),
  });
  return saved;
}

/** The customer's answer to a quote, by themselves or told to staff. */
export async function answerQuote(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; answer: 'accept' | 'decline' },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const accepted = input.answer === 'accept';
  const saved = await stepCase(tx, ctx, row, accepted ? 'accept_quote' : 'decline_quote', NOTHING_DUE);
  await quoteClock.close(tx, ctx, [row.id]);
  await RepairAnswered.emit(tx, ctx, order.id, { ...factsOf(row), answer: input.answer });
  if (!accepted) {
    await withdrawFee(tx, ctx, { order, row: saved });
    return saved;
  }
  await begun(tx, ctx, saved);
  return feeAgreed(tx, ctx, { order, row: saved });
}

async function begun(tx: Tx, ctx: Ctx, row: CaseRow): Promise<void> {
  await RepairBegun.emit(tx, ctx, row.order_id, factsOf(row));
}

/** A quote nobody answered counts as declined: the goods go back as they are. */
export async function expireQuote(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, caseId);
  if (row.state !== 'quoted') return;
  const saved = await stepCase(tx, ctx, row, 'decline_quote', NOTHING_DUE);
  await RepairAnswered.emit(tx, ctx, order.id, { ...factsOf(row), answer: 'expired' });
  await withdrawFee(tx, ctx, { order, row: saved });
}

/** Mended free of charge: under the warranty, or as a kindness. */
export async function beginRepair(tx: Tx, ctx: Ctx, input: { caseId: string }): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  await mustBeDiagnosed(tx, row);
  const saved = await stepCase(tx, ctx, row, 'repair', NOTHING_DUE);
  await begun(tx, ctx, saved);
  await tell(tx, ctx, { order, row: saved }, 'repairing');
  return saved;
}

/**
 * It cannot be mended, or is not to be after all: the goods go back as they are, and so does what was paid. A customer may say so as long
 * as nothing was paid.
 */
export async function giveUpRepair(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; note?: string | undefined },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const note = input.note ?? '';
  const saved = await stepCase(tx, ctx, row, 'give_up_repair', {
    ...NOTHING_DUE,
    moveNote: note,
    ...(note === '' ? {} : { note }),
  });
  await withdrawFee(tx, ctx, { order, row: saved });
  await RepairGivenUp.emit(tx, ctx, order.id, factsOf(row));
  await tell(tx, ctx, { order, row: saved }, 'repair_given_up', { data: { note }, key: String(saved.version) });
  return saved;
}

/** It works again, and is to be sent back. Its fee is earned. @throws FeeNotPaid where the organisation waits for it */
export async function finishRepair(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; note?: string | undefined; feeReference?: string | undefined },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const fee = await mustBePaid(tx, ctx, { order, row }, 'finish', input.feeReference);
  const saved = await stepCase(tx, ctx, row, 'finish_repair', {
    moveNote: input.note ?? '',
    ...(fee?.state === 'due' ? {} : feeSettled(row)),
    ...(input.feeReference === undefined ? {} : { fee_reference: input.feeReference }),
  });
  await feeEarned(tx, ctx, saved, fee);
  await RepairFinished.emit(tx, ctx, order.id, factsOf(row));
  await tell(tx, ctx, { order, row: saved }, 'repaired');
  return saved;
}
