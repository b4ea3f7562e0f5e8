import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { getFile } from '#kernel/files/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { localDate } from '#kernel/time.ts';
import { lockOrRestore } from '#modules/orders/index.ts';
import { sealBuyer, taxIdIdx } from '../buyer.ts';
import { resumeClock } from '../clocks.ts';
import { qualificationFlow } from '../domain/invoice-flow.ts';
import type { Title } from '../domain/title.ts';
import { QualificationFourEyes, QualificationOpen } from '../errors.ts';
import { QualificationDecided } from '../events.ts';
import { lockInvoice, openIds } from '../store/invoices.ts';
import {
  decide,
  getQualification,
  insertQualification,
  openQualification,
  type QualificationRow,
} from '../store/qualifications.ts';
import { addMove } from '../store/records.ts';
import { INVOICE_ZONE } from '../zone.ts';
import { advance } from './advance.ts';
import { checkedTitle } from './apply.ts';
import { reject } from './move-invoice.ts';

const WAITING_MAX = 200;
type Submit = { customerId: string; title: Title; fileIds: string[]; note: string };

/** Hands in what shows that a buyer may have special invoices. Applications that waited for it wait for the decision now. @throws QualificationOpen. */
export async function submitQualification(tx: Tx, ctx: Ctx, input: Submit): Promise<QualificationRow> {
  const title = await checkedTitle(tx, input.title, { type: 'special', medium: 'digital' });
  const idx = taxIdIdx(ctx.orgId, title.taxId ?? '');
  for (const id of input.fileIds) await getFile(tx, ctx, id);
  const open = await openQualification(tx, input.customerId, idx);
  if (open?.state === 'pending') throw new QualificationOpen();
  // A new one stands in for what was approved before: until it is decided, that holds no longer.
  if (open)
    await decide(tx, open, {
      ...ended(ctx, 'revoked', ''),
      valid_until: open.valid_until,
      decided_by: open.decided_by,
    });
  const row = await insertQualification(tx, {
    id: newId(),
    customer_id: input.customerId,
    tax_id_idx: idx,
    sealed: sealBuyer(ctx.orgId, title),
    file_ids: input.fileIds,
    note: input.note,
    submitted_by: ctx.actor.id,
    submitted_at: ctx.now,
  });
  await eachWaiting(tx, ctx, row, async (invoice) => {
    await addMove(tx, ctx, await resumeClock(tx, ctx, invoice), 'documents_came');
  });
  return row;
}

const ended = (ctx: Ctx, state: QualificationRow['state'], note: string) => ({
  state,
  decided_by: ctx.actor.id,
  decided_at: ctx.now,
  decision_note: note,
});

type Locked = Awaited<ReturnType<typeof lockInvoice>>;
type Held = { order: Awaited<ReturnType<typeof lockOrRestore>> };

/** Applications that wait for this buyer's qualification, each under its order's lock. */
async function eachWaiting(
  tx: Tx,
  ctx: Ctx,
  q: QualificationRow,
  act: (row: Locked, held: Held) => Promise<unknown>,
): Promise<void> {
  const waiting = await openIds(tx, { status: 'pending_review', customerId: q.customer_id, limit: WAITING_MAX });
  for (const { id, order_id } of waiting) {
    const order = await lockOrRestore(tx, ctx, order_id);
    const row = await lockInvoice(tx, id);
    if (row.status === 'pending_review' && row.tax_id_idx?.equals(q.tax_id_idx)) await act(row, { order });
  }
}

type Decide = {
  qualificationId: string;
  decision: 'approve' | 'reject' | 'revoke';
  validUntil?: string | undefined;
  note: string;
};

/**
 * Decides who may have special invoices: another person than the one who handed the documents in, and a person. What waits
 * for it goes on, or is refused with the reason. @throws QualificationFourEyes.
 */
export async function decideQualification(tx: Tx, ctx: Ctx, input: Decide): Promise<QualificationRow> {
  const peeked = await getQualification(tx, input.qualificationId);
  const orders = await openIds(tx, { status: 'pending_review', customerId: peeked.customer_id, limit: WAITING_MAX });
  for (const { order_id } of orders) await lockOrRestore(tx, ctx, order_id); // orders before what hangs on them
  const row = await getQualification(tx, input.qualificationId, true);
  const state = step(qualificationFlow, row.state, input.decision);
  if (ctx.actor.kind !== 'user' || (state === 'approved' && row.submitted_by === ctx.actor.id))
    throw new QualificationFourEyes();
  const validUntil = state === 'approved' ? input.validUntil : row.valid_until;
  if (state === 'approved' && (!validUntil || validUntil < localDate(ctx.now, INVOICE_ZONE)))
    throw new InvalidRequest({}, [{ path: 'validUntil', code: 'invalid_value' }]);
  const saved = await decide(tx, row, {
    ...ended(ctx, state, input.note),
    valid_until: validUntil ?? null,
    ...(state === 'revoked' ? { decided_by: row.decided_by } : {}),
  });
  await QualificationDecided.emit(tx, ctx, row.id, { qualificationId: row.id, customerId: row.customer_id, state });
  await eachWaiting(tx, ctx, saved, async (invoice, { order }) => {
    if (state === 'approved') await advance(tx, ctx, order, invoice);
    else if (state === 'rejected') await reject(tx, ctx, invoice, input.note);
  });
  return saved;
}
