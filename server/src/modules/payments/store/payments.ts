import { randomInt } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Money } from '#kernel/money.ts';
import { documentNo } from '../domain/numbers.ts';
import type { PayMethod } from '../accounts/domain/config.ts';
import type { PaymentState } from '../domain/payment-flow.ts';
import type { Received } from '../domain/verdict.ts';
import { PaymentNotFound } from '../errors.ts';

export type PaymentRow = {
  id: string;
  subject_id: string;
  subject_no: string;
  /** What the subject is: `order`, `repair_fee`. */
  subject_kind: string;
  no: string;
  channel: string;
  amount: number;
  currency: string;
  status: PaymentState;
  accepted: boolean | null;
  received_amount: number | null;
  received_currency: string | null;
  refunded_amount: number;
  refunding_amount: number;
  /** Given back through the channel for customers' trouble, or on its way: beside what was paid for. */
  compensated_amount: number;
  channel_ref: string | null;
  pay_url: string | null;
  method: PayMethod | null;
  pay_params: Record<string, string> | null;
  failure: string | null;
  expires_at: Date;
  settled_at: Date | null;
  created_at: Date;
  version: number;
};

const COLUMNS = `id, subject_id, subject_no, subject_kind, no, channel, amount, currency, status, accepted, received_amount, received_currency,
  refunded_amount, refunding_amount, compensated_amount, channel_ref, pay_url, method, pay_params, failure, expires_at, settled_at, created_at, version`;

export async function insertPayment(
  tx: Tx,
  ctx: Ctx,
  payment: {
    subjectId: string;
    subjectNo: string;
    subjectKind?: string | undefined;
    channel: string;
    amount: Money;
    expiresAt: Date;
    method: PayMethod | null;
    /** Sealed. */
    payer: Buffer | null;
  },
  payUrl: (id: string) => string | null,
): Promise<PaymentRow> {
  const id = newId();
  const no = documentNo('P', ctx.now, randomInt(10 ** 12));
  const { subjectId, subjectNo, subjectKind, channel, amount, expiresAt, method, payer } = payment;
  const [row] = await tx.query<PaymentRow>(
    `insert into payments.payments (org_id, id, subject_id, subject_no, no, channel, amount, currency, status, pay_url, expires_at, created_at, method, payer_sealed, subject_kind)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9, $10, $11, $12, $13, $14) returning ${COLUMNS}`,
    [
      tx.orgId,
      id,
      subjectId,
      subjectNo,
      no,
      channel,
      amount.amount,
      amount.currency,
      payUrl(id),
      expiresAt,
      ctx.now,
      method,
      payer,
      subjectKind ?? 'order',
    ],
  );
  return row as PaymentRow;
}

export async function findPayment(tx: Tx, id: string): Promise<PaymentRow | undefined> {
  return maybeOne(
    await tx.query<PaymentRow>(`select ${COLUMNS} from payments.payments where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
}

export async function getPayment(tx: Tx, id: string): Promise<PaymentRow> {
  const row = await findPayment(tx, id);
  if (!row) throw new PaymentNotFound({ paymentId: id });
  return row;
}

/** Several by id. */
export async function paymentsByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, PaymentRow>> {
  const rows = await tx.query<PaymentRow>(
    `select ${COLUMNS} from payments.payments where org_id = $1 and id = any ($2)`,
    [tx.orgId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The subject is locked before this. */
export async function lockPayment(tx: Tx, id: string): Promise<PaymentRow> {
  const rows = await tx.query<PaymentRow>(
    `select ${COLUMNS} from payments.payments where org_id = $1 and id = $2 for update`,
    [tx.orgId, id],
  );
  const row = maybeOne(rows);
  if (!row) throw new PaymentNotFound({ paymentId: id });
  return row;
}

/** In the order in which money came: refunds spill from one to the next in it. */
export async function lockSucceeded(tx: Tx, subjectId: string): Promise<PaymentRow[]> {
  return tx.query<PaymentRow>(
    `select ${COLUMNS} from payments.payments where org_id = $1 and subject_id = $2 and status = 'succeeded' order by id for update`,
    [tx.orgId, subjectId],
  );
}

/** All of them, not locked. */
export async function paymentsOfSubject(tx: Tx, subjectId: string): Promise<PaymentRow[]> {
  return tx.query<PaymentRow>(
    `select ${COLUMNS} from payments.payments where org_id = $1 and subject_id = $2 order by id`,
    [tx.orgId, subjectId],
  );
}

export async function pendingOf(tx: Tx, subjectId: string): Promise<PaymentRow[]> {
  return tx.query<PaymentRow>(
    `select ${COLUMNS} from payments.payments where org_id = $1 and subject_id = $2 and status = 'pending' order by id`,
    [tx.orgId, subjectId],
  );
}

/** Whether another payment already pays the subject. */
export async function isPaidByAnother(tx: Tx, subjectId: string, paymentId: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from payments.payments where org_id = $1 and subject_id = $2 and id <> $3 and accepted limit 1',
    [tx.orgId, subjectId, paymentId],
  );
  return rows.length > 0;
}

export async function saveSuccess(
  tx: Tx,
  ctx: Ctx,
  row: PaymentRow,
  got: { received: Received; ref: string; accepted: boolean },
): Promise<PaymentRow> {
  const rows = await tx.query<PaymentRow>(
    `update payments.payments set status = 'succeeded', accepted = $3, received_amount = $4, received_currency = $5, channel_ref = $6,
            settled_at = $7, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [tx.orgId, row.id, got.accepted, got.received.amount, got.received.currency, got.ref, ctx.now],
  );
  return rows[0] as PaymentRow;
}

export async function saveEnd(
  tx: Tx,
  ctx: Ctx,
  row: PaymentRow,
  status: 'failed' | 'closed',
  failure: string | null = null,
): Promise<void> {
  await tx.query(
    'update payments.payments set status = $3, settled_at = $4, failure = $5, version = version + 1 where org_id = $1 and id = $2',
    [tx.orgId, row.id, status, ctx.now, failure],
  );
}

/** Keeps what the payer needs; the first answer counts. */
export async function saveOpened(
  tx: Tx,
  id: string,
  opened: { payUrl?: string; payParams?: Readonly<Record<string, string>> },
): Promise<void> {
  await tx.query(
    `update payments.payments set pay_url = coalesce(pay_url, $3), pay_params = coalesce(pay_params, $4), version = version + 1
      where org_id = $1 and id = $2 and status = 'pending' and pay_url is null and pay_params is null`,
    [tx.orgId, id, opened.payUrl ?? null, opened.payParams ? JSON.stringify(opened.payParams) : null],
  );
}

/** Who pays, sealed; null where the channel does not want to know. */
export async function payerOf(tx: Tx, id: string): Promise<Buffer | null> {
  const [row] = await tx.query<{ payer_sealed: Buffer | null }>(
    'select payer_sealed from payments.payments where org_id = $1 and id = $2',
    [tx.orgId, id],
  );
  return row?.payer_sealed ?? null;
}

/** Moves amounts between free, being refunded and refunded; the table refuses what exceeds the payment. */
export async function moveRefund(tx: Tx, id: string, by: { refunding: number; refunded: number }): Promise<void> {
  await tx.query(
    `update payments.payments set refunding_amount = refunding_amount + $3, refunded_amount = refunded_amount + $4, version = version + 1
      where org_id = $1 and id = $2`,
    [tx.orgId, id, by.refunding, by.refunded],
  );
}

/** Takes from, or gives back to, what the channel can still pay back, for a compensation. */
export async function moveCompensated(tx: Tx, id: string, by: number): Promise<void> {
  await tx.query(
    `update payments.payments set compensated_amount = compensated_amount + $3, version = version + 1 where org_id = $1 and id = $2`,
    [tx.orgId, id, by],
  );
}

export async function listPayments(
  tx: Tx,
  filter: { subject?: string | undefined; status?: string | undefined; before?: string | undefined; limit: number },
): Promise<PaymentRow[]> {
  return tx.query<PaymentRow>(
    `select ${COLUMNS} from payments.payments where org_id = $1
        and ($2::uuid is null or subject_id = $2) and ($3::text is null or status = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [tx.orgId, filter.subject ?? null, filter.status ?? null, filter.before ?? null, filter.limit],
  );
}

/** Whether a payment or refund of a channel was settled in a time. */
export async function settledBetween(tx: Tx, channel: string, from: Date, to: Date): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from payments.payments where org_id = $1 and channel = $2 and status = 'succeeded' and settled_at >= $3 and settled_at < $4
     union all select 1 from payments.refunds r join payments.payments p on p.org_id = r.org_id and p.id = r.payment_id
      where r.org_id = $1 and p.channel = $2 and r.status = 'succeeded' and r.settled_at >= $3 and r.settled_at < $4 limit 1`,
    [tx.orgId, channel, from, to],
  );
  return rows.length > 0;
}
