import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { answerClock, offerClock } from '../clocks.ts';
import { decide } from '../../policies/index.ts';
import { CaseInvalid, OfferNotOpen, OfferPending, PolicyRefuses } from '../errors.ts';
import { CaseOffered, CaseOfferAnswered } from '../events.ts';
import { quoteCase } from '../queries/quote.ts';
import { caseSettings } from '../settings.ts';
import { addMove, type CaseRow, getCase, saveCase } from '../store/cases.ts';
import { caseLines } from '../store/lines.ts';
import { endOffer, insertOffer, type OfferRow, openOfferOf, offersOf } from '../store/extras.ts';
import { factsOf, tell } from '../tell.ts';
import { approveLocked } from './decide-case.ts';
import { lockCase } from './lock-case.ts';

export type MakeOffer = {
  caseId: string;
  kind: OfferRow['kind'];
  /** Minor units: less than would be computed, and the goods stay with the customer. */ amount?: number | undefined;
  note?: string | undefined;
};

/**
 * Proposes a solution (AFT-4): what was asked for with another amount, or something else. It stands for a while; the customer takes it or
 * not. Nobody can promise more than the goods are worth: the amount is at most what would be computed.
 * @throws OfferPending while another stands, CaseInvalid
 */
export async function makeOffer(tx: Tx, ctx: Ctx, input: MakeOffer): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  if (row.state !== 'submitted') throw new OfferNotOpen({ no: row.no, state: row.state });
  if (await openOfferOf(tx, row.id)) throw new OfferPending({ no: row.no });
  await mustMakeSense(tx, row, input);
  const policy = await policyFor(tx, ctx, row, input.kind);
  if (!policy.allowed && row.goodwill !== 'granted')
    throw new PolicyRefuses({ clause: policy.clause, text: policy.text, because: policy.refusedBecause });
  if (input.amount !== undefined) {
    const most = (await quoteCase(tx, order, { ...row, kind: input.kind, policy, agreed_amount: null })).amount;
    if (input.amount > most)
      throw new CaseInvalid({ no: row.no }, [{ path: 'amount', code: 'too_big', facts: { maximum: most } }]);
  }
  const expires = after(ctx.now, (await caseSettings.get(tx)).offerValidHours * HOUR_MS);
  const offer = await insertOffer(tx, ctx, {
    case_id: row.id,
    kind: input.kind,
    amount: input.amount ?? null,
    note: input.note ?? '',
    expires_at: expires,
  });
  await offerClock.open(tx, ctx, [{ subject: offer.id, startsAt: ctx.now, dueAt: expires }]);
  await answerClock.close(tx, ctx, [row.id]);
  const saved = await saveCase(tx, ctx, row, {
    accepted_at: row.accepted_at ?? ctx.now,
    diagnosed_at: row.diagnosed_at ?? ctx.now,
    due_at: expires,
    due_kind: 'quote',
  });
  await addMove(tx, ctx, saved, { event: 'offer', was: row.state, state: row.state, note: offer.kind });
  await CaseOffered.emit(tx, ctx, order.id, { ...factsOf(row), solution: offer.kind });
  await tell(tx, ctx, { order, row: saved }, 'offer', {
    data: { amount: { amount: offer.amount ?? 0, currency: row.currency } },
    key: offer.id,
  });
  return saved;
}

/** What the policy says of a solution, as of when the case was opened: nobody can promise beyond it (AFT-10). */
async function policyFor(tx: Tx, ctx: Ctx, row: CaseRow, kind: OfferRow['kind']): Promise<CaseRow['policy']> {
  if (kind === row.kind) return row.policy;
  const lines = (await caseLines(tx, [row.id])).map((l) => ({ lineId: l.line_id, quantity: l.quantity }));
  const asked = { orderId: row.order_id, lines, type: kind, reason: row.reason, at: row.opened_at };
  const { lines: _lines, ...answer } = await decide(tx, ctx, asked);
  return answer;
}

/** Goods not sent yet can only be refunded; an amount is named for money. */
async function mustMakeSense(tx: Tx, row: CaseRow, input: MakeOffer): Promise<void> {
  const lines = await caseLines(tx, [row.id]);
  const unsent = lines.some((l) => l.unsent > 0);
  if (!row.holds_units) throw new CaseInvalid({ no: row.no }, [{ path: 'kind', code: 'not_for_kind', facts: {} }]);
  if (unsent && input.kind !== 'refund')
    throw new CaseInvalid({ no: row.no }, [{ path: 'kind', code: 'not_sent_yet', facts: {} }]);
  if (input.amount !== undefined && input.kind !== 'refund' && input.kind !== 'return')
    throw new CaseInvalid({ no: row.no }, [{ path: 'amount', code: 'not_for_kind', facts: {} }]);
}

/** The offer as asked for, on a locked case. @throws OfferNotOpen when it is another's, answered, or over */
async function openOffer(tx: Tx, ctx: Ctx, row: CaseRow, offerId: string | undefined): Promise<OfferRow> {
  const offer = await openOfferOf(tx, row.id);
  if (!offer || (offerId !== undefined && offer.id !== offerId) || offer.expires_at <= ctx.now)
    throw new OfferNotOpen({ no: row.no });
  return offer;
}

/**
 * The customer takes the solution: the case goes on as what was offered, agreed. Or declines it: it waits for another decision.
 * @throws OfferNotOpen, InsufficientStock when what was offered in place is gone
 */
export async function answerOffer(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; offerId?: string | undefined; answer: 'accept' | 'decline' },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const offer = await openOffer(tx, ctx, row, input.offerId);
  const accepted = input.answer === 'accept';
  await endOffer(tx, ctx, offer.id, accepted ? 'accepted' : 'declined');
  await offerClock.close(tx, ctx, [offer.id]);
  await addMove(tx, ctx, row, { event: 'answer', was: row.state, state: row.state, note: input.answer });
  await CaseOfferAnswered.emit(tx, ctx, order.id, { ...factsOf(row), solution: offer.kind, answer: input.answer });
  if (!accepted) return saveCase(tx, ctx, row, { due_at: ctx.now, due_kind: 'answer' });
  const lines = await caseLines(tx, [row.id]);
  const replaced = offer.kind === 'exchange' || offer.kind === 'reship';
  const wanted =
    row.wanted.length > 0 ? row.wanted : lines.map((l) => ({ lineId: l.line_id, sku: l.sku, quantity: l.quantity }));
  const changed = await saveCase(tx, ctx, row, {
    kind: offer.kind,
    agreed_amount: offer.amount,
    policy: await policyFor(tx, ctx, row, offer.kind),
    ...(replaced ? { wanted } : {}),
  });
  return approveLocked(tx, ctx, { order, row: changed }, { note: '' });
}

/** Nobody answered in time: the offer is over, and the case waits for a decision again. */
export async function expireOffer(tx: Tx, ctx: Ctx, offerId: string): Promise<void> {
  const [found] = await tx.query<{ case_id: string }>(
    'select case_id from aftersales.offers where org_id = $1 and id = $2',
    [tx.orgId, offerId],
  );
  if (!found) return;
  const { row } = await lockCase(tx, ctx, (await getCase(tx, found.case_id)).id);
  const offer = (await offersOf(tx, row.id)).find((o) => o.id === offerId);
  if (offer?.state !== 'open') return;
  await endOffer(tx, ctx, offer.id, 'expired');
  if (row.state === 'submitted') await saveCase(tx, ctx, row, { due_at: ctx.now, due_kind: 'answer' });
}
