import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { StoryNotFound } from '../errors.ts';
import { subject } from '../port.ts';
import { presentPayment, presentRefund } from '../present.ts';
import { viewDifferences } from '../reconciliation/present.ts';
import { getDifference } from '../reconciliation/store/differences.ts';
import { findPayment, type PaymentRow } from '../store/payments.ts';
import { listRefunds } from '../store/refunds.ts';
import { type About, gather } from './gather.ts';
import { resolveDifferences, resolvePayments } from './resolve.ts';
import type { StoryView } from './schema.ts';

const REFUNDS_MAX = 200;

/** The payments a number stands for that the actor's data scope includes. */
async function seenPayments(tx: Tx, ctx: Ctx, number: string): Promise<PaymentRow[]> {
  const { visible } = subject();
  const seen: PaymentRow[] = [];
  for (const id of await resolvePayments(tx, number)) {
    const row = await findPayment(tx, id);
    if (row && (!visible || (await visible(tx, ctx, row.subject_id)))) seen.push(row);
  }
  return seen;
}

const differencesOf = (tx: Tx, paymentIds: readonly string[]): Promise<{ id: string }[]> =>
  tx.query<{ id: string }>(
    'select id from payments.bill_differences where org_id = $1 and payment_id = any ($2) order by id limit 100',
    [tx.orgId, paymentIds],
  );

/**
 * The whole story of a number, whatever it is of: the payments and refunds it stands for, and every request, callback, booking
 * and decision about them in the order they came. Secrets and personal data are hidden. @throws StoryNotFound
 */
export async function tellStory(tx: Tx, ctx: Ctx, input: { number: string }): Promise<StoryView> {
  const payments = await seenPayments(tx, ctx, input.number);
  // Whoever sees only some shops sees nothing that is of no order.
  const seesBills = can(ctx, 'payments.reconciliation.read');
  const alone =
    payments.length > 0 || ctx.actor.shops !== null || !seesBills ? [] : await resolveDifferences(tx, input.number);
  if (payments.length + alone.length === 0) throw new StoryNotFound({ number: input.number });
  const ids = payments.map((p) => p.id);
  const refunds = (
    await Promise.all(ids.map((paymentId) => listRefunds(tx, { paymentId, limit: REFUNDS_MAX })))
  ).flat();
  const differenceIds = [...alone, ...(seesBills ? await differencesOf(tx, ids) : []).map((d) => d.id)];
  const about: About = {
    payments: ids,
    refunds: refunds.map((r) => r.id),
    subjects: [...new Set(payments.map((p) => p.subject_id))],
    differences: differenceIds,
  };
  const items = await gather(tx, ctx, about);
  const names = await actorNames(
    tx,
    items.flatMap((i) => (i.by === null ? [] : [i.by])),
  );
  const differences = [];
  for (const id of differenceIds) differences.push(await getDifference(tx, id));
  return {
    number: input.number,
    payments: payments.map((p) => presentPayment(ctx, p)),
    refunds: refunds.map((r) => presentRefund(ctx, r)),
    differences: await viewDifferences(tx, ctx, differences),
    items: items.map((i) => ({
      at: i.at.toISOString(),
      source: i.source,
      what: i.what,
      text: i.text,
      by: i.by === null ? null : (names.get(i.by) ?? i.by),
      paymentId: i.paymentId,
      refundId: i.refundId,
      ref: i.ref,
      data: i.data,
    })),
  };
}
