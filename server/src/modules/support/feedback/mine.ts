import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { ownCase } from '#modules/aftersales/index.ts';
import { myTicket } from '../my-tickets/access.ts';
import { isDone } from '../tickets/domain/flow.ts';
import { type Answer, answerLocked } from './commands/answer.ts';
import { askNow } from './commands/ask.ts';
import { FeedbackOver } from './errors.ts';
import { viewFeedback } from './portal.ts';
import type { MyFeedback } from './schema.ts';
import { feedbackSettings } from './settings.ts';
import { latestOf, lockRequest, type RequestRow } from './store/requests.ts';

type Shown = z.input<typeof MyFeedback>;
/** What the customer looks at. */
export type Matter = { caseId: string } | { ticketId: string };

/** The question about a matter of the customer's own, if there is one. @throws CaseNotFound, TicketNotFound */
async function asked(tx: Tx, ctx: Ctx, matter: Matter): Promise<RequestRow | undefined> {
  await fieldCrypto.load(ctx.orgId);
  if ('caseId' in matter) {
    await ownCase(tx, ctx, matter.caseId);
    return latestOf(tx, 'case', matter.caseId);
  }
  const ticket = await myTicket(tx, ctx, matter.ticketId);
  return isDone(ticket.state) ? latestOf(tx, 'ticket', ticket.id) : undefined;
}

/**
 * Until when somebody may answer who was not asked: their question waits to be sent, or there was no address to send it to. They are
 * asked by being shown it. Undefined when it was asked, or is over.
 */
async function openUntil(tx: Tx, ctx: Ctx, row: RequestRow): Promise<Date | undefined> {
  const waits = row.state === 'waiting' || (row.state === 'skipped' && row.why_skipped === 'no_address');
  if (!waits) return undefined;
  const until = after(row.created_at, (await feedbackSettings.get(tx)).answerDays * DAY_MS);
  return until > ctx.now ? until : undefined;
}

/** What I am asked about it; looking records nothing. */
export async function readMine(tx: Tx, ctx: Ctx, matter: Matter): Promise<Shown> {
  const row = await asked(tx, ctx, matter);
  if (!row) return { feedback: null };
  const until = await openUntil(tx, ctx, row);
  const isNothing = row.state === 'waiting' || row.state === 'skipped';
  return { feedback: until === undefined && isNothing ? null : await viewFeedback(tx, ctx, row, until) };
}

/**
 * My answer, the same as by the link of the mail: one counts, every one is kept, and no mail asks for it any more.
 * @throws FeedbackOver, InvalidRequest
 */
export async function giveMine(tx: Tx, ctx: Ctx, matter: Matter, answer: Answer): Promise<Shown> {
  const found = await asked(tx, ctx, matter);
  if (!found) throw new FeedbackOver();
  let row = await lockRequest(tx, found.id);
  if (await openUntil(tx, ctx, row)) row = (await askNow(tx, ctx, row)).row;
  return { feedback: await viewFeedback(tx, ctx, await answerLocked(tx, ctx, row, answer)) };
}
