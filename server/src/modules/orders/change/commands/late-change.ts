import { defineApproval } from '#kernel/approvals/index.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { DAY_MS } from '#kernel/time.ts';
import { ChangeRequested } from '../../events.ts';
import { lockOrder, type OrderRow } from '../../store/orders.ts';
import type { Amendment } from '../plan-amendment.ts';
import { findChangeRequest, insertChangeRequest } from '../store/versions.ts';
import { type Amended, applyAmendment } from '../apply-amendment.ts';

const SECRET = 'orders.change_request';

/** A change of an order the warehouse has begun with: another person decides; then it is done, picks and packing stopped. */
export const lateChange = defineApproval({
  kind: 'orders.late_change',
  permission: 'orders.order.approve_change',
  fourEyes: true,
  expiresAfterMs: 2 * DAY_MS,
  onApproved: async (tx, ctx, request) => {
    const row = await lockOrder(tx, request.subject);
    const asked = present(
      await findChangeRequest(tx, String(request.facts['requestId'])),
      'what was asked for is kept until it is decided',
    );
    await fieldCrypto.load(tx.orgId);
    const change = JSON.parse(fieldCrypto.open(tx.orgId, asked.change, SECRET)) as Amendment & { reason: string };
    await applyAmendment(tx, ctx, row, change);
  },
});

/** Keeps what is asked for, sealed, and asks. @throws ApprovalPending when a change waits already. */
export async function requestLateChange(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  asked: Amendment & { reason: string },
  would: Amended,
): Promise<string> {
  const id = newId();
  const { shipTo, lines, remark, reason } = asked;
  const change = fieldCrypto.seal(tx.orgId, JSON.stringify({ shipTo, lines, remark, reason }), SECRET);
  await insertChangeRequest(tx, ctx, { id, orderId: row.id, change });
  const changed = Object.entries({ shipTo, lines, remark }).flatMap(([k, v]) => (v === undefined ? [] : [k]));
  await ChangeRequested.emit(tx, ctx, row.id, { orderNo: row.order_no, requestId: id, changed });
  return lateChange.request(tx, ctx, {
    subject: row.id,
    facts: {
      orderNo: row.order_no,
      requestId: id,
      changed: changed.join(', '),
      before: would.change.before,
      after: would.change.after,
      currency: row.currency,
    },
  });
}
