import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { lockOrder, type OrderRow, saveOrder } from '../../store/orders.ts';
import { exceptionClock } from '../clock.ts';
import { exceptionFlow } from '../domain/flow.ts';
import { NotAShortage, NothingMissing, OptionNotOffered } from '../errors.ts';
import { ExceptionAnswered } from '../events.ts';
import { type Answer, type ExceptionRow, getException, lockException, saveException } from '../store/exceptions.ts';
import { type MissingLine, missingOf } from '../store/missing.ts';
import { refundMissing } from './cancel-missing.ts';
import { liftIfWhole, settle } from './settle-exception.ts';
import { substituteMissing } from './substitute-missing.ts';

export type AnswerInput = { exceptionId: string; answer: Answer; by: 'customer' | 'staff' };

/**
 * Does what the customer chose about missing units, at once and in one transaction: sends a substitute, gives the money
 * back, or waits with a new promise. @throws NothingMissing when the stock has come meanwhile, TransitionRefused when it is
 * settled, OptionNotOffered, SubstituteGone.
 */
export async function answerException(tx: Tx, ctx: Ctx, input: AnswerInput): Promise<ExceptionRow> {
  const order = await lockOrder(tx, (await getException(tx, input.exceptionId)).order_id);
  return answerLocked(tx, ctx, order, await lockException(tx, input.exceptionId), input);
}

/** As answerException, with the order and the exception locked. */
export async function answerLocked(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  row: ExceptionRow,
  { answer, by }: Omit<AnswerInput, 'exceptionId'>,
): Promise<ExceptionRow> {
  if (row.kind !== 'shortage') throw new NotAShortage({ kind: row.kind });
  const state = step(exceptionFlow, row.state, 'answer');
  const missing = (await missingOf(tx, order)).find((m) => m.line.id === row.line_id);
  if (!missing) throw new NothingMissing({ orderNo: order.order_no });
  const promisedAt = answer.kind === 'wait' ? new Date(answer.expectedAt ?? Number.NaN) : null;
  if (promisedAt !== null && !(promisedAt > ctx.now)) throw new OptionNotOffered({ choice: answer.kind });
  const answered = await saveException(tx, row, {
    state,
    answer,
    answered_at: ctx.now,
    answered_by: by,
    promised_at: promisedAt,
    next_contact_at: null,
  });
  await ExceptionAnswered.emit(tx, ctx, order.id, {
    exceptionId: row.id,
    no: row.no,
    orderNo: order.order_no,
    choice: answer.kind,
    by,
    promisedAt: promisedAt?.toISOString() ?? null,
  });
  if (promisedAt !== null) return waitFor(tx, ctx, order, answered, promisedAt);
  return applyAtOnce(tx, ctx, order, answered, missing);
}

/** The hold stays; it is lifted by the stock. The promise moves to the day named, and with it the deadline. */
async function waitFor(tx: Tx, ctx: Ctx, order: OrderRow, row: ExceptionRow, until: Date): Promise<ExceptionRow> {
  if (order.promised_ship_at === null || order.promised_ship_at < until)
    await saveOrder(tx, order, { promised_ship_at: until });
  await exceptionClock.move(tx, ctx, row.id, until);
  return saveException(tx, row, { due_at: until });
}

async function applyAtOnce(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  row: ExceptionRow,
  missing: MissingLine,
): Promise<ExceptionRow> {
  const { kind, sku } = row.answer as Answer;
  if (kind === 'substitute') await substituteMissing(tx, ctx, order, missing, sku ?? '');
  else await refundMissing(tx, ctx, order, missing);
  const resolution = kind === 'substitute' ? 'substituted' : 'refunded';
  const settled = await settle(tx, ctx, row, { event: 'resolve', resolution, orderNo: order.order_no });
  await liftIfWhole(tx, ctx, order.id, resolution);
  return settled;
}
