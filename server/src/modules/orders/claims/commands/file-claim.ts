import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { after, localDate } from '#kernel/time.ts';
import { couponsAt, offerThen } from '#modules/promotions/index.ts';
import { tellCustomer } from '../../exceptions/commands/tell-customer.ts';
import { lockAnyOrder, type OrderRow } from '../../store/orders.ts';
import { CLAIM_MS, claimClock } from '../clock.ts';
import type { ClaimKind } from '../domain/flow.ts';
import { ClaimExists, ClaimRefused, TooManyClaims } from '../errors.ts';
import { ClaimFiled } from '../events.ts';
import { buyerOf } from '../queries/circumstances.ts';
import { reportOn } from '../queries/report.ts';
import { type ClaimRow, countOpen, getClaim, insertClaim, openTwin } from '../store/claims.ts';
import { type Proof, proofOf } from '../store/snapshots.ts';
import { zoneOf } from '../zone.ts';

type Filed = { kind: ClaimKind; offer?: string | undefined; couponCode?: string | undefined; note: string };

/** Open claims about one order, its customer's own among them, from which on the customer files no more. */
const OWN_OPEN_MAX = 10;

/**
 * Files a claim about an order: the report is computed at once, the clock of 48 hours starts, the customer is told the number.
 * Of a part of a split order it is filed on the whole. @throws SnapshotNotKept, ClaimRefused, ClaimExists when the same is open.
 */
export async function fileClaim(tx: Tx, ctx: Ctx, row: OrderRow, input: Filed): Promise<ClaimRow> {
  const { order } = await proofOf(tx, row);
  const proof = await proofOf(tx, await lockAnyOrder(tx, order.id));
  const asked = await readAsked(tx, proof, input);
  const claim = {
    id: newId(),
    order_id: order.id,
    order_no: order.order_no,
    shop_id: order.shop_id,
    customer_id: order.customer_id,
    kind: input.kind,
    offer_code: asked.offer,
    coupon_code: asked.coupon,
    note: input.note,
    currency: order.currency,
    opened_at: ctx.now,
    opened_by_kind: ctx.actor.kind,
    opened_by: ctx.actor.id,
    due_at: after(ctx.now, CLAIM_MS),
  };
  const twin = await openTwin(tx, claim);
  if (twin) throw new ClaimExists({ no: twin.no, claimId: twin.id });
  if (ctx.actor.kind === 'customer' && (await countOpen(tx, order.id)) >= OWN_OPEN_MAX)
    throw new TooManyClaims({ max: OWN_OPEN_MAX });
  const report = await reportOn(tx, ctx, proof, { kind: input.kind, ...asked });
  const no = `C${readableNo(localDate(ctx.now, await zoneOf(tx)), await nextNumber(tx, 'claim'))}`;
  await insertClaim(tx, { ...claim, no }, report);
  await claimClock.open(tx, ctx, [{ subject: claim.id, startsAt: ctx.now, dueAt: claim.due_at }]);
  const facts = { claimId: claim.id, no, orderNo: order.order_no, dueAt: claim.due_at.toISOString() };
  await ClaimFiled.emit(tx, ctx, order.id, { ...facts, kind: input.kind, verdict: report.verdict });
  await tellCustomer(tx, ctx, proof.order, {
    template: 'orders.claim_filed',
    dedupeKey: `claim_filed:${claim.id}`,
    data: { no, orderNo: order.order_no, dueAt: facts.dueAt },
  });
  return getClaim(tx, claim.id);
}

/** The offer must have existed; a coupon's code is taken as it is stored, known or not. */
async function readAsked(
  tx: Tx,
  { order, snapshot }: Proof,
  input: Filed,
): Promise<{ offer: string | null; coupon: string | null }> {
  const problems: FieldProblem[] = [];
  const at = new Date(snapshot.at);
  if (input.offer !== undefined && !(await offerThen(tx, input.offer, at)))
    problems.push({ path: 'offer', code: 'unknown_offer', facts: { offer: input.offer } });
  if (problems.length > 0) throw new ClaimRefused({}, problems);
  if (input.couponCode === undefined) return { offer: input.offer ?? null, coupon: null };
  const by = { buyer: await buyerOf(tx, order), orderId: order.id, at };
  const [coupon] = await couponsAt(tx, [input.couponCode], by);
  return { offer: input.offer ?? null, coupon: coupon?.code ?? input.couponCode };
}
