import type { z } from 'zod';
import { defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineLimit } from '#kernel/limits.ts';
import { newId } from '#kernel/ids.ts';
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { actorNames } from '#kernel/actors.ts';
import { cancelLocked } from '../commands/cancel-order.ts';
import { holdOrder, mustBeOpen, releaseOrder } from '../commands/hold-order.ts';
import { IDENTITY_HOLD } from '../domain/review-rules.ts';
import { NotOnHold } from '../errors.ts';
import { OrderReviewed } from '../events.ts';
import { orderSettings } from '../settings.ts';
import { visibleOrder } from '../queries/order.ts';
import { lockOrder, type OrderRow } from '../store/orders.ts';
import { IdentityNotVerified, ReviewClaimed, SecondReviewNeeded } from './errors.ts';
import { IdentityVerified } from './events.ts';
import type { VerifyIdentity } from './schema.ts';

export const REVIEW_APPROVAL = 'orders.review';
const DOCUMENT = 'orders.identity_document';
const CLAIM_MS = 5 * MINUTE_MS;
/** Holds that end by the stock, the parcel or the payment being there, not by anybody's opinion. */
const NOT_BY_REVIEW = new Set(['shortage', 'interception', 'balance_due']);

/** Up to which total a reviewer lets an order go alone. */
export const reviewLimit = defineLimit({
  name: 'orders.review',
  unit: 'money',
  permission: 'orders.order.review',
  organisation: async (tx) => (await orderSettings.get(tx)).reviewLimit,
});

/** An order above the reviewer's limit is let go by two people (ORD-5), the second of whom must have a sufficient one. */
const secondReview = defineApproval({
  kind: REVIEW_APPROVAL,
  permission: 'orders.order.review',
  fourEyes: true,
  expiresAfterMs: 72 * HOUR_MS,
  onApproved: async (tx, ctx, { subject, facts }) => {
    const row = await lockOrder(tx, subject);
    await reviewLimit.mustReach(tx, ctx, row.total_amount);
    const asked = (facts['holds'] as string[]).filter((h) => row.holds.includes(h));
    // Holds that came after the question stay: nobody has looked at them.
    if (asked.length > 0)
      await releaseOrder(tx, ctx, { orderId: row.id, codes: asked, note: String(facts['note'] ?? '') });
  },
});

export type Decision = 'approve' | 'reject' | 'ask' | 'require_id';

/**
 * The reviewer's decision on a held order: approve lifts the holds, above the reviewer's limit only once a second person
 * agrees; reject cancels and refunds; ask waits for the customer; require_id waits for proof of who the buyer is.
 * @throws IdentityNotVerified when approving before that
 */
export async function reviewOrder(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; decision: Decision; note: string },
): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  mustBeOpen(row, 'review');
  if (row.holds.length === 0) throw new NotOnHold({ holds: row.holds });
  const { decision, note } = input;
  if (decision === 'approve' && row.holds.includes(IDENTITY_HOLD))
    throw new IdentityNotVerified({ orderNo: row.order_no });
  await OrderReviewed.emit(tx, ctx, row.id, { orderNo: row.order_no, decision, note });
  await tx.query('delete from orders.review_claims where org_id = $1 and order_id = $2', [tx.orgId, row.id]);
  if (decision === 'reject') return cancelLocked(tx, ctx, row, note === '' ? 'rejected in review' : note);
  if (decision !== 'approve') {
    const code = decision === 'ask' ? 'awaiting_customer' : IDENTITY_HOLD;
    return holdOrder(tx, ctx, { orderId: row.id, code, note });
  }
  const ours = row.holds.filter((h) => !NOT_BY_REVIEW.has(h));
  const codes = ours.length > 0 ? ours : row.holds;
  if (row.total_amount <= (await reviewLimit.of(tx, ctx)))
    return releaseOrder(tx, ctx, { orderId: row.id, codes, note });
  await secondReview.request(tx, ctx, {
    subject: row.id,
    facts: { orderNo: row.order_no, amount: row.total_amount, currency: row.currency, holds: codes, note },
  });
  return row;
}

/**
 * Lifts holds without a review. What a rule has found in an order above the actor's limit takes two people all the same, and who
 * the buyer is has to be shown. @throws SecondReviewNeeded, IdentityNotVerified
 */
export async function releaseByHand(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; codes?: string[] | undefined; note: string },
): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  const lifted = row.holds.filter((h) => input.codes?.includes(h) ?? true);
  if (lifted.includes(IDENTITY_HOLD)) throw new IdentityNotVerified({ orderNo: row.order_no });
  if (row.total_amount > (await reviewLimit.of(tx, ctx))) {
    const [found] = await tx.query<{ hold: string }>(
      `select hold from orders.hold_reasons where org_id = $1 and order_id = $2 and rule <> '' and hold = any ($3) limit 1`,
      [tx.orgId, row.id, lifted],
    );
    if (found) throw new SecondReviewNeeded({ orderNo: row.order_no, hold: found.hold });
  }
  return releaseOrder(tx, ctx, input);
}

/** Writes down that the buyer has shown who they are; the order is no longer held for that. */
export async function verifyIdentity(tx: Tx, ctx: Ctx, input: z.output<typeof VerifyIdentity>): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  mustBeOpen(row, 'verify_identity');
  await fieldCrypto.load(ctx.orgId);
  const sealed = input.documentEnd === undefined ? null : fieldCrypto.seal(ctx.orgId, input.documentEnd, DOCUMENT);
  await tx.query(
    `insert into orders.identity_checks (org_id, id, order_id, method, document_end, note, checked_at, checked_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.orgId, newId(ctx.now.getTime()), row.id, input.method, sealed, input.note, ctx.now, ctx.actor.id],
  );
  await IdentityVerified.emit(tx, ctx, row.id, { orderNo: row.order_no, method: input.method });
  if (!row.holds.includes(IDENTITY_HOLD)) return row;
  return releaseOrder(tx, ctx, { orderId: row.id, codes: [IDENTITY_HOLD], note: input.note });
}

/**
 * Tells the others for five minutes that somebody is at this order; asking again prolongs it. It keeps nobody from deciding.
 * @throws ReviewClaimed while it is another's
 */
export async function claimReview(tx: Tx, ctx: Ctx, { orderId }: { orderId: string }): Promise<{ until: string }> {
  const row = await visibleOrder(tx, ctx, orderId);
  const until = new Date(ctx.now.getTime() + CLAIM_MS);
  const taken = await tx.query(
    `insert into orders.review_claims as c (org_id, order_id, claimed_by, claimed_at, until) values ($1, $2, $3, $4, $5)
     on conflict (org_id, order_id) do update set claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at, until = excluded.until
       where c.claimed_by = excluded.claimed_by or c.until <= excluded.claimed_at returning 1`,
    [tx.orgId, row.id, ctx.actor.id, ctx.now, until],
  );
  if (taken.length === 1) return { until: until.toISOString() };
  const [other] = await tx.query<{ claimed_by: string; until: Date }>(
    'select claimed_by, until from orders.review_claims where org_id = $1 and order_id = $2',
    [tx.orgId, row.id],
  );
  const by = other?.claimed_by ?? '';
  const name = (await actorNames(tx, [by])).get(by) ?? by;
  throw new ReviewClaimed({ orderNo: row.order_no, by: name, until: other?.until.toISOString() ?? '' });
}

/** Gives an own claim back. */
export async function unclaimReview(
  tx: Tx,
  ctx: Ctx,
  { orderId }: { orderId: string },
): Promise<Record<string, never>> {
  const row = await visibleOrder(tx, ctx, orderId);
  await tx.query('delete from orders.review_claims where org_id = $1 and order_id = $2 and claimed_by = $3', [
    tx.orgId,
    row.id,
    ctx.actor.id,
  ]);
  return {};
}
