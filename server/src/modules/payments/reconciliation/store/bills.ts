import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { ReconciliationNotFound } from '../../errors.ts';
import type { BillTotals } from '../domain/bill-reader.ts';

export type BillRow = {
  id: string;
  channel: string;
  bill_date: string;
  form: string;
  bill_type: string;
  family: 'trade' | 'fund';
  merchant: string;
  covers: string[];
  file_id: string;
  source: 'upload' | 'fetch';
  rows: number;
  payments: number;
  paid_amount: number;
  refunds: number;
  refunded_amount: number;
  fee_amount: number;
  matched: number;
  loaded_at: Date;
  loaded_by: string;
  /** Of its differences. */
  differences: number;
  open: number;
  carried: number;
};

const COLUMNS = `b.id, b.channel, b.bill_date::text, b.form, b.bill_type, b.family, b.merchant, b.covers, b.file_id, b.source, b.rows, b.payments, b.paid_amount,
  b.refunds, b.refunded_amount, b.fee_amount, b.matched, b.loaded_at, b.loaded_by, d.differences, d.open, d.carried`;
const COUNTS = `cross join lateral (select count(*) as differences, count(*) filter (where d.state in ('open', 'proposed', 'parked')) as open,
  count(*) filter (where d.state = 'carried') as carried from payments.bill_differences d where d.org_id = b.org_id and d.bill_id = b.id) d`;

export async function billByHash(tx: Tx, sha256: string): Promise<string | undefined> {
  return maybeOne(
    await tx.query<{ id: string }>('select id from payments.bills where org_id = $1 and sha256 = $2', [
      tx.orgId,
      Buffer.from(sha256, 'hex'),
    ]),
  )?.id;
}

/** One bill of a channel and day at a time: of two that bring the same one, the second sees the first. */
export async function lockDay(tx: Tx, channel: string, billDate: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [`bills/${tx.orgId}/${channel}/${billDate}`]);
}

export async function insertBill(
  tx: Tx,
  ctx: Ctx,
  bill: {
    id: string;
    channel: string;
    billDate: string;
    sha256: string;
    fileId: string;
    source: 'upload' | 'fetch';
    totals: BillTotals;
  },
): Promise<void> {
  const { totals: t } = bill;
  await tx.query(
    `insert into payments.bills (org_id, id, channel, bill_date, form, bill_type, family, merchant, covers, sha256, file_id, source, rows, payments, paid_amount,
            refunds, refunded_amount, fee_amount, loaded_at, loaded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, array[$3], $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      tx.orgId,
      bill.id,
      bill.channel,
      bill.billDate,
      t.form,
      t.type,
      t.family,
      t.merchant,
      Buffer.from(bill.sha256, 'hex'),
      bill.fileId,
      bill.source,
      t.rows,
      t.payments,
      t.paid,
      t.refunds,
      t.refunded,
      t.fee,
      ctx.now,
      ctx.actor.id,
    ],
  );
}

export async function getBill(tx: Tx, id: string): Promise<BillRow> {
  const row = maybeOne(
    await tx.query<BillRow>(`select ${COLUMNS} from payments.bills b ${COUNTS} where b.org_id = $1 and b.id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ReconciliationNotFound({ reconciliationId: id });
  return row;
}

export async function listBills(
  tx: Tx,
  filter: {
    channel?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
    before?: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<BillRow[]> {
  return tx.query<BillRow>(
    `select ${COLUMNS} from payments.bills b ${COUNTS} where b.org_id = $1 and ($2::text is null or b.channel = $2) and ($3::date is null or b.bill_date >= $3)
        and ($4::date is null or b.bill_date <= $4) and ($5::date is null or (b.bill_date, b.id) < ($5, $6::uuid))
      order by b.bill_date desc, b.id desc limit $7`,
    [
      tx.orgId,
      filter.channel ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.before?.[0] ?? null,
      filter.before?.[1] ?? null,
      filter.limit,
    ],
  );
}

export type LineRow = {
  line: number;
  kind: string;
  txn: string;
  merchant_no: string;
  refund_txn: string;
  refund_no: string;
  amount: number;
  fee: number;
  status: string;
  currency: string;
  at: Date;
  outcome: string;
  payment_id: string | null;
  refund_id: string | null;
};

export async function linesOfBill(
  tx: Tx,
  billId: string,
  filter: { outcome?: string | undefined; q?: string | undefined; after: number; limit: number },
): Promise<LineRow[]> {
  return tx.query<LineRow>(
    `select line, kind, txn, merchant_no, refund_txn, refund_no, amount, fee, status, currency, at, outcome, payment_id, refund_id from payments.bill_lines
      where org_id = $1 and bill_id = $2 and line > $3 and ($4::text is null or outcome = $4)
        and ($5::text is null or $5 in (txn, merchant_no, refund_txn, refund_no)) order by line limit $6`,
    [tx.orgId, billId, filter.after, filter.outcome ?? null, filter.q ?? null, filter.limit],
  );
}

export type DayRow = {
  bill_date: string;
  channel: string;
  bills: number;
  rows: number;
  matched: number;
  paid_amount: number;
  refunded_amount: number;
  fee_amount: number;
  differences: number;
  open: number;
  carried: number;
};

/** Day by channel: how much was in the bills, and how much of it is settled. */
export async function reportDays(
  tx: Tx,
  filter: { from: string; to: string; channel?: string | undefined },
): Promise<DayRow[]> {
  return tx.query<DayRow>(
    `select b.bill_date::text, b.channel, count(*)::integer as bills, sum(b.rows)::integer as rows, sum(b.matched)::integer as matched, sum(b.paid_amount)::bigint as paid_amount,
            sum(b.refunded_amount)::bigint as refunded_amount, sum(b.fee_amount)::bigint as fee_amount, sum(d.differences)::integer as differences,
            sum(d.open)::integer as open, sum(d.carried)::integer as carried
       from payments.bills b ${COUNTS} where b.org_id = $1 and b.family = 'trade' and b.bill_date between $2 and $3 and ($4::text is null or b.channel = $4)
      group by 1, 2 order by 1 desc, 2`,
    [tx.orgId, filter.from, filter.to, filter.channel ?? null],
  );
}
