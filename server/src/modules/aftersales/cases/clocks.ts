import type { Ctx } from '#kernel/context.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { caseSettings } from './settings.ts';
import type { CaseRow, DueKind } from './store/cases.ts';

type Handler = (tx: Tx, ctx: Ctx, subject: string) => Promise<void>;
/** What happens when each runs out. Set by the commands, which know the clocks: they would go round in a circle otherwise. */
export const onTime: { [K in 'unanswered' | 'remind' | 'notSent' | 'notCome' | 'offerOver' | 'quoteOver']?: Handler } =
  {};
const fire =
  (name: keyof typeof onTime): Handler =>
  async (tx, ctx, subject) =>
    onTime[name]?.(tx, ctx, subject);

/** AFT-3: a case is answered within 24 hours. A promise: warned at 80 %, told when missed. */
export const answerClock = defineDeadline({ kind: 'aftersales.answer', onBreach: fire('unanswered') });
/** AFT-5: the customer is reminded to send goods back, and both sides of goods on their way. The subject says which. */
export const reminderClock = defineDeadline({
  kind: 'aftersales.return_reminder',
  told: false,
  onBreach: fire('remind'),
});
/** Goods the customer does not send back in time: the case expires. */
export const sendClock = defineDeadline({ kind: 'aftersales.return_send', told: false, onBreach: fire('notSent') });
/** Goods that were sent back and do not come. */
export const arriveClock = defineDeadline({ kind: 'aftersales.return_arrive', told: false, onBreach: fire('notCome') });
/** AFT-3: the customer is asked within 48 hours how it went. */
export const followUpClock = defineDeadline({ kind: 'aftersales.follow_up', onBreach: async () => undefined });
/** A proposed solution stands for a while; its subject is the offer's id. */
export const offerClock = defineDeadline({ kind: 'aftersales.offer', told: false, onBreach: fire('offerOver') });
/** So does a quote. */
export const quoteClock = defineDeadline({ kind: 'aftersales.quote', told: false, onBreach: fire('quoteOver') });

export const caseClocks = [answerClock, reminderClock, sendClock, arriveClock, followUpClock, offerClock, quoteClock];

export type Due = { due_at: Date | null; due_kind: DueKind | null };
export const NOTHING_DUE: Due = { due_at: null, due_kind: null };

/** When the first answer is due: sooner for VIPs. */
export async function answerDue(tx: Tx, ctx: Ctx, vip: boolean): Promise<Date> {
  const { answerWithinHours, vipAnswerWithinHours } = await caseSettings.get(tx);
  return after(ctx.now, (vip ? Math.min(vipAnswerWithinHours, answerWithinHours) : answerWithinHours) * HOUR_MS);
}

const open = (tx: Tx, ctx: Ctx, clock: typeof sendClock, subject: string, dueAt: Date): Promise<void> =>
  clock.reopen(tx, ctx, [{ subject, startsAt: ctx.now, dueAt }]);

export const expectAnswer = (tx: Tx, ctx: Ctx, row: Pick<CaseRow, 'id'>, dueAt: Date): Promise<void> =>
  open(tx, ctx, answerClock, row.id, dueAt);

/** The customer is to send the goods: reminded once, and given up in the end. Answers what the case is due by. */
export async function expectGoods(tx: Tx, ctx: Ctx, row: Pick<CaseRow, 'id'>): Promise<Due> {
  const { returnReminderHours, sendWithinDays } = await caseSettings.get(tx);
  const dueAt = after(ctx.now, sendWithinDays * DAY_MS);
  await open(tx, ctx, sendClock, row.id, dueAt);
  if (returnReminderHours > 0)
    await open(tx, ctx, reminderClock, `${row.id}/send`, after(ctx.now, returnReminderHours * HOUR_MS));
  return { due_at: dueAt, due_kind: 'send' };
}

/** The goods are on their way. */
export async function expectArrival(tx: Tx, ctx: Ctx, row: Pick<CaseRow, 'id'>): Promise<Due> {
  const { returnReminderHours, arriveWithinDays } = await caseSettings.get(tx);
  await sendClock.close(tx, ctx, [row.id]);
  await reminderClock.close(tx, ctx, [`${row.id}/send`], 'cancelled');
  const dueAt = after(ctx.now, arriveWithinDays * DAY_MS);
  await open(tx, ctx, arriveClock, row.id, dueAt);
  if (returnReminderHours > 0)
    await open(tx, ctx, reminderClock, `${row.id}/sent`, after(ctx.now, returnReminderHours * HOUR_MS));
  return { due_at: dueAt, due_kind: 'arrive' };
}

/** The goods are here: nothing is waited for any more. */
export async function goodsAreHere(tx: Tx, ctx: Ctx, row: Pick<CaseRow, 'id'>): Promise<void> {
  await sendClock.close(tx, ctx, [row.id]);
  await arriveClock.close(tx, ctx, [row.id]);
  await reminderClock.close(tx, ctx, [`${row.id}/send`, `${row.id}/sent`], 'cancelled');
}

/** A case that came to an end, other than by being carried out, waits for nothing. */
export async function stopClocks(tx: Tx, ctx: Ctx, row: Pick<CaseRow, 'id'>): Promise<void> {
  await answerClock.close(tx, ctx, [row.id], 'cancelled');
  await sendClock.close(tx, ctx, [row.id], 'cancelled');
  await arriveClock.close(tx, ctx, [row.id], 'cancelled');
  await reminderClock.close(tx, ctx, [`${row.id}/send`, `${row.id}/sent`], 'cancelled');
  await quoteClock.close(tx, ctx, [row.id], 'cancelled');
}

/** It was carried out: the customer is to be asked. */
export async function expectFollowUp(tx: Tx, ctx: Ctx, row: Pick<CaseRow, 'id'>): Promise<Due> {
  const dueAt = after(ctx.now, (await caseSettings.get(tx)).followUpWithinHours * HOUR_MS);
  await open(tx, ctx, followUpClock, row.id, dueAt);
  return { due_at: dueAt, due_kind: 'follow_up' };
}

/** A quote stands until then. */
export async function expectQuoteAnswer(tx: Tx, ctx: Ctx, row: Pick<CaseRow, 'id'>): Promise<Due> {
  const dueAt = after(ctx.now, (await caseSettings.get(tx)).quoteValidDays * DAY_MS);
  await open(tx, ctx, quoteClock, row.id, dueAt);
  return { due_at: dueAt, due_kind: 'quote' };
}
