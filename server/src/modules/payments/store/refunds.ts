import { randomInt } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { documentNo } from '../domain/numbers.ts';
import type { RefundState } from '../domain/refund-flow.ts';
import type { RefundKind } from '../domain/verdict.ts';
import { RefundNotFound } from '../errors.ts';
import type { PaymentRow } from './payments.ts';

export type RefundRow = {
  id: string;
  payment_id: string;
  subject_id: string;
  no: string;
  amount: number;
  currency: string;
  reason: string;
  kind: RefundKind;
  /** The subject whose money goes back, when it is not the one that was paid for. */
  on_behalf_of: string | null;
  status: RefundState;
  attempts: number;
  channel_ref: string | null;
  paid_by_hand: boolean;
  /** Who looks after it while it needs a person. */
  owner_id: string | null;
  failure: string | null;
  requested_by: string;
  created_at: Date;
  settled_at: Date | null;
  version: number;
};

const COLUMNS = `id, payment_id, subject_id, no, amount, currency, reason, kind, on_behalf_of, status, attempts, channel_ref, paid_by_hand, owner_id, failure, requested_by,
  created_at, settled_at, version`;

/** Why a refund has to be paid by hand from the start. */
export const COMPENSATED = 'compensated';

export async function insertRefund(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  refund: {
    amount: number;
    reason: string;
    kind: RefundKind;
    onBehalfOf?: string | undefined;
    waits?: boolean | undefined;
    /** The channel has not got so much any more: somebody pays it. */
    byHand?: boolean | undefined;
  },
): Promise<RefundRow> {
  const no = documentNo('R', ctx.now, randomInt(10 ** 12));
  const rows = await tx.query<RefundRow>(
    `insert into payments.refunds (org_id, id, payment_id, subject_id, no, amount, currency, reason, kind, status, requested_by, created_at, on_behalf_of, failure)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $13, $10, $11, $12, $14) returning ${COLUMNS}`,
    [
      tx.orgId,
      newId(),
      payment.id,
      payment.subject_id,
      no,
      refund.amount,
      payment.received_currency,
      refund.reason,
      refund.kind,
      ctx.actor.id,
      ctx.now,
      refund.onBehalfOf ?? null,
      refund.waits ? 'awaiting_approval' : refund.byHand ? 'abnormal' : 'requested',
      refund.byHand ? COMPENSATED : null,
    ],
  );
  return rows[0] as RefundRow;
}

export async function getRefund(tx: Tx, id: string): Promise<RefundRow> {
  const row = maybeOne(
    await tx.query<RefundRow>(`select ${COLUMNS} from payments.refunds where org_id = $1 and id = $2`, [tx.orgId, id]),
  );
  if (!row) throw new RefundNotFound({ refundId: id });
  return row;
}

/** After the payment's row, where both are locked. */
export async function lockRefund(tx: Tx, id: string): Promise<RefundRow> {
  const rows = await tx.query<RefundRow>(
    `select ${COLUMNS} from payments.refunds where org_id = $1 and id = $2 for update`,
    [tx.orgId, id],
  );
  const row = maybeOne(rows);
  if (!row) throw new RefundNotFound({ refundId: id });
  return row;
}

export async function saveRefund(
  tx: Tx,
  row: RefundRow,
  next: {
    status: RefundState;
    attempts?: number;
    ref?: string | undefined;
    failure?: string | null;
    settledAt?: Date;
    byHand?: boolean;
  },
): Promise<RefundRow> {
  const rows = await tx.query<RefundRow>(
    `update payments.refunds set status = $3, attempts = $4, channel_ref = coalesce($5, channel_ref), failure = $6, settled_at = $7,
            paid_by_hand = $8, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [
      tx.orgId,
      row.id,
      next.status,
      next.attempts ?? row.attempts,
      next.ref ?? null,
      next.failure ?? null,
      next.settledAt ?? null,
      next.byHand ?? false,
    ],
  );
  return rows[0] as RefundRow;
}

export async function saveOwner(tx: Tx, row: RefundRow, ownerId: string): Promise<RefundRow> {
  const rows = await tx.query<RefundRow>(
    `update payments.refunds set owner_id = $3, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [tx.orgId, row.id, ownerId],
  );
  return rows[0] as RefundRow;
}

/** The refund of a payment with a number; not locked. */
export async function findRefundNo(tx: Tx, paymentId: string, no: string): Promise<RefundRow | undefined> {
  return maybeOne(
    await tx.query<RefundRow>(
      `select ${COLUMNS} from payments.refunds where org_id = $1 and payment_id = $2 and no = $3`,
      [tx.orgId, paymentId, no],
    ),
  );
}

export async function listRefunds(
  tx: Tx,
  filter: { paymentId?: string | undefined; status?: string | undefined; before?: string | undefined; limit: number },
): Promise<RefundRow[]> {
  return tx.query<RefundRow>(
    `select ${COLUMNS} from payments.refunds where org_id = $1
        and ($2::uuid is null or payment_id = $2) and ($3::text is null or status = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [tx.orgId, filter.paymentId ?? null, filter.status ?? null, filter.before ?? null, filter.limit],
  );
}

/**
 * Of refunds that are neither paid nor given up: how much is on its way back from the subject's payments for itself
 * (`null`) and for each subject that lives on them.
 */
export async function openRefunds(tx: Tx, subjectId: string): Promise<Map<string | null, number>> {
  const rows = await tx.query<{ on_behalf_of: string | null; amount: number }>(
    `select r.on_behalf_of, sum(r.amount)::bigint as amount from payments.refunds r join payments.payments p on p.org_id = r.org_id and p.id = r.payment_id
      where p.org_id = $1 and p.subject_id = $2 and p.accepted and r.kind <> 'compensation' and r.status in ('awaiting_approval', 'requested', 'processing', 'abnormal') group by 1`,
    [tx.orgId, subjectId],
  );
  return new Map(rows.map((r) => [r.on_behalf_of, r.amount]));
}
