import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { PaymentNotFound } from '../../errors.ts';

const SHOWN_MAX = 10;

export type TransferRow = {
  id: string;
  paymentNo: string;
  orderNo: string;
  amount: number;
  named: boolean;
  createdAt: string;
};

/** Open payments by transfer that miss just this much, or that the remark names; named ones first. */
export async function openTransfers(
  tx: Tx,
  of: { amount: number; currency: string; remark: string },
): Promise<TransferRow[]> {
  const rows = await tx.query<Omit<TransferRow, 'createdAt'> & { created_at: Date }>(
    `select x.* from (select p.id, p.no as "paymentNo", p.subject_no as "orderNo", p.amount, p.created_at,
              position(p.no in upper($4)) > 0 or position(upper(p.subject_no) in upper($4)) > 0 as named,
              p.amount - coalesce((select sum(m.amount) from payments.bank_matches m where m.org_id = p.org_id and m.payment_id = p.id and m.undone_at is null), 0) as missing
         from payments.payments p where p.org_id = $1 and p.channel = 'bank_transfer' and p.status in ('pending', 'closed') and p.currency = $3) x
      where x.named or (x.missing = $2) order by x.named desc, x.id desc limit ${SHOWN_MAX}`,
    [tx.orgId, of.amount, of.currency, of.remark],
  );
  return rows.map(({ id, paymentNo, orderNo, amount, named, created_at }) => ({
    id,
    paymentNo,
    orderNo,
    amount,
    named,
    createdAt: created_at.toISOString(),
  }));
}

/** Refunds somebody has to pay by hand, of just this much; oldest first. */
export async function abnormalRefunds(
  tx: Tx,
  amount: number,
  currency: string,
): Promise<{ id: string; refundNo: string; amount: number; createdAt: string }[]> {
  const rows = await tx.query<{ id: string; no: string; amount: number; created_at: Date }>(
    `select id, no, amount, created_at from payments.refunds where org_id = $1 and status = 'abnormal' and amount = $2 and currency = $3 order by id limit ${SHOWN_MAX}`,
    [tx.orgId, amount, currency],
  );
  return rows.map((r) => ({ id: r.id, refundNo: r.no, amount: r.amount, createdAt: r.created_at.toISOString() }));
}

/** Channels that have bills nothing has paid out. */
export async function billedChannels(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ channel: string }>(
    `select distinct b.channel from payments.bills b where b.org_id = $1 and b.family = 'trade'
        and not exists (select from payments.bank_match_items i where i.org_id = b.org_id and i.item_id = b.id) order by 1 limit 20`,
    [tx.orgId],
  );
  return rows.map((r) => r.channel);
}

/** The payment a person names by its id, its number, or its order's number; of an order the newest by transfer. @throws PaymentNotFound */
export async function transferNamed(tx: Tx, name: string): Promise<string> {
  const row = maybeOne(
    await tx.query<{ id: string }>(
      `select id from payments.payments where org_id = $1 and (id::text = lower($2) or no = upper($2) or (subject_no = $2 and channel = 'bank_transfer'))
        order by (status <> 'succeeded') desc, id desc limit 1`,
      [tx.orgId, name],
    ),
  );
  if (!row) throw new PaymentNotFound({ payment: name });
  return row.id;
}
