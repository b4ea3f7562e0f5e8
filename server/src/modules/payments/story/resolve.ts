import type { Tx } from '#kernel/db/index.ts';

/** Payments one story is told of. An order with more attempts shows its newest. */
export const PAYMENTS_MAX = 30;

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * The payments a number stands for, whatever it is the number or id of: a payment, a refund, an order, what a channel calls
 * either, a line of a bill, a movement of the bank, an entry of the books.
 */
export async function resolvePayments(tx: Tx, number: string): Promise<string[]> {
  const id = UUID.test(number.toLowerCase()) ? number.toLowerCase() : null;
  const rows = await tx.query<{ id: string }>(
    `with hit (id) as (
       select p.id from payments.payments p where p.org_id = $1 and (p.id = $3 or p.subject_id = $3 or p.no = upper($2))
       union select p.id from payments.payments p where p.org_id = $1 and p.subject_no = $2
       union select p.id from payments.payments p where p.org_id = $1 and p.channel_ref = $2
       union select r.payment_id from payments.refunds r where r.org_id = $1 and (r.id = $3 or r.no = upper($2) or r.channel_ref = $2)
       union select r.payment_id from payments.refunds r where r.org_id = $1 and r.on_behalf_of = $3
       union select d.payment_id from payments.bill_differences d where d.org_id = $1 and d.payment_id is not null and (d.id = $3 or d.txn = $2 or d.reference = $2)
       union select coalesce(m.payment_id, r.payment_id) from payments.bank_lines l join payments.bank_matches m on m.org_id = l.org_id and m.line_id = l.id
               left join payments.refunds r on r.org_id = m.org_id and r.id = m.refund_id
              where l.org_id = $1 and (l.id = $3 or l.ref = $2) and coalesce(m.payment_id, r.payment_id) is not null
       union select coalesce(p.id, r.payment_id) from ledger.entries e left join payments.payments p on p.org_id = e.org_id and p.id = e.subject
               left join payments.refunds r on r.org_id = e.org_id and r.id = e.subject
              where e.org_id = $1 and e.id = $3 and coalesce(p.id, r.payment_id) is not null)
     select id from hit where id is not null order by id desc limit ${PAYMENTS_MAX}`,
    [tx.orgId, number, id],
  );
  return rows.map((r) => r.id);
}

/** Differences that are of no payment of ours, by their number, their line's or their id. */
export async function resolveDifferences(tx: Tx, number: string): Promise<string[]> {
  const id = UUID.test(number.toLowerCase()) ? number.toLowerCase() : null;
  const rows = await tx.query<{ id: string }>(
    `select id from payments.bill_differences where org_id = $1 and payment_id is null and (id = $3 or txn = $2 or reference = $2) order by id desc limit 20`,
    [tx.orgId, number, id],
  );
  return rows.map((r) => r.id);
}
