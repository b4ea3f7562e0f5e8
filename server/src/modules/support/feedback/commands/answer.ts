import { type Ctx, systemCtx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { t } from '#kernel/i18n/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { hold } from '../../tickets/commands/hold.ts';
import { reopenTicket } from '../../tickets/commands/move-ticket.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { ticketFlow } from '../../tickets/domain/flow.ts';
import { findTicket } from '../../tickets/index.ts';
import { localeOf, tellPeople } from '../../tickets/people.ts';
import { supportSettings } from '../../tickets/settings.ts';
import { requestFlow, SCALE } from '../domain/words.ts';
import { FeedbackOver, FeedbackUnknown } from '../errors.ts';
import { FeedbackGiven } from '../events.ts';
import { feedbackSettings } from '../settings.ts';
import * as store from '../store/requests.ts';
import { openFollowUp } from './follow-up.ts';

const ANSWERS_MAX = 20;
export type Answer = { score: number; more: Readonly<Record<string, number>>; comment: string };

/**
 * The customer's answer. One counts, the last; until the time is over it may be changed, and what it was is kept. A bad score has its
 * consequence once. @throws FeedbackUnknown, FeedbackOver, InvalidRequest
 */
export async function answerFeedback(tx: Tx, ctx: Ctx, hash: Buffer, answer: Answer): Promise<store.RequestRow> {
  await fieldCrypto.load(ctx.orgId);
  const row = await store.findByLink(tx, hash, true);
  if (!row) throw new FeedbackUnknown();
  return answerLocked(tx, ctx, row, answer);
}

/** As `answerFeedback`, for a question whose row is locked. @throws FeedbackOver, InvalidRequest */
export async function answerLocked(tx: Tx, ctx: Ctx, row: store.RequestRow, answer: Answer): Promise<store.RequestRow> {
  if (!mayAnswer(ctx, row)) throw new FeedbackOver();
  await mustFit(tx, row, answer);
  const settings = await feedbackSettings.get(tx);
  const bad = answer.score <= (row.kind === 'csat' ? settings.csatBad : settings.npsBad);
  const more = { ...answer.more };
  await store.insertAnswer(tx, { ...answer, more, requestId: row.id, seq: row.answers + 1, at: ctx.now });
  const isChange = row.answers > 0;
  let saved = await store.saveRequest(tx, row, {
    state: step(requestFlow, row.state, 'answer'),
    score: answer.score,
    bad,
    answers: row.answers + 1,
    answered_at: row.answered_at ?? ctx.now,
    changed_at: ctx.now,
  });
  if (bad && (row.consequence === null || row.consequence === 'none'))
    saved = await store.saveRequest(tx, saved, { consequence: await consequenceOf(tx, ctx, saved, settings.onBad) });
  await FeedbackGiven.emit(tx, ctx, row.id, {
    requestId: row.id,
    kind: row.kind,
    subjectKind: row.subject_kind,
    subjectNo: row.subject_no,
    score: answer.score,
    bad,
    changed: isChange,
    agentId: row.agent_id,
    consequence: saved.consequence ?? 'none',
  });
  return saved;
}

export const mayAnswer = (ctx: Ctx, row: store.RequestRow): boolean =>
  (row.state === 'asked' || row.state === 'answered') &&
  row.answers < ANSWERS_MAX &&
  row.answer_until !== null &&
  row.answer_until > ctx.now;

async function mustFit(tx: Tx, row: store.RequestRow, answer: Answer): Promise<void> {
  const { min, max } = SCALE[row.kind];
  const problems = [];
  if (answer.score < min) problems.push({ path: 'score', code: 'too_small', facts: { minimum: min } });
  if (answer.score > max) problems.push({ path: 'score', code: 'too_big', facts: { maximum: max } });
  const known = new Set((await store.surveyOf(tx, row.survey_id)).questions.map((q) => q.code));
  for (const code of Object.keys(answer.more))
    if (!known.has(code)) problems.push({ path: `more.${code}`, code: 'unrecognized_key' });
  if (problems.length > 0) throw new InvalidRequest({}, problems);
}

type Consequence = NonNullable<store.RequestRow['consequence']>;

/** The system acts on a bad score, not the customer: they have no say in what is done. */
async function consequenceOf(
  tx: Tx,
  ctx: Ctx,
  row: store.RequestRow,
  policy: 'reopen' | 'follow_up' | 'none',
): Promise<Consequence> {
  const system = systemCtx(ctx.orgId, ctx.now, ctx.requestId);
  if (policy === 'none') return 'none';
  await tellAgent(tx, system, row);
  if (policy === 'reopen' && row.subject_kind === 'ticket' && (await reopened(tx, system, row))) return 'reopened';
  await openFollowUp(tx, system, {
    reason: row.kind === 'csat' ? 'csat_bad' : 'nps_bad',
    requestId: row.id,
    ticketId: row.subject_kind === 'ticket' ? row.subject_id : undefined,
    customerId: row.customer_id ?? undefined,
    shopId: row.shop_id ?? undefined,
    ownerId: row.agent_id ?? undefined,
  });
  return 'follow_up';
}

/** False where the ticket is not to be reopened any more: it was merged, is open again, or was closed too long ago. */
async function reopened(tx: Tx, ctx: Ctx, row: store.RequestRow): Promise<boolean> {
  const ticket = await findTicket(tx, row.subject_id);
  if (!ticket || !allowedEvents(ticketFlow, ticket.state).includes('reopen')) return false;
  const { reopenWithinDays } = await supportSettings.get(tx);
  if (ticket.closed_at !== null && after(ticket.closed_at, reopenWithinDays * DAY_MS) < ctx.now) return false;
  const held = await hold(tx, ctx, ticket.id, 'reopen');
  const reason = t(await localeOf(tx), 'feedback.reopened', { score: row.score });
  await reopenTicket(tx, ctx, { ticketId: held.id, reason });
  return true;
}

async function tellAgent(tx: Tx, ctx: Ctx, row: store.RequestRow): Promise<void> {
  if (row.agent_id === null) return;
  await tellPeople(tx, ctx, [row.agent_id], {
    template: 'support.feedback_bad',
    dedupeKey: `support_feedback_bad:${row.id}`,
    data: { no: row.subject_no, score: row.score },
  });
}
