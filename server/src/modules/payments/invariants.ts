import type { Tx } from '#kernel/db/index.ts';
import type { Invariant } from '#kernel/module.ts';

const SHOWN_MAX = 20;

const check = (name: string, sql: string, says: string): Invariant => ({
  name,
  check: async (tx: Tx) => {
    const rows = await tx.query<{ no: string }>(`${sql} limit ${SHOWN_MAX}`, [tx.orgId]);
    return rows.map((r) => `${r.no}: ${says}`);
  },
});

/** What must hold of payments at any moment. */
export const invariants: Invariant[] = [
  check(
    'payments.refunds_within_payment',
    `select p.no from payments.payments p left join lateral (
       select coalesce(sum(amount) filter (where status = 'succeeded' and kind <> 'compensation'), 0) as done,
              coalesce(sum(amount) filter (where status in ('awaiting_approval', 'requested', 'processing', 'abnormal') and kind <> 'compensation'), 0) as open,
              coalesce(sum(amount) filter (where status <> 'failed' and kind = 'compensation'), 0) as compensated,
              coalesce(sum(amount) filter (where status = 'succeeded' and not paid_by_hand), 0) as by_channel
         from payments.refunds r where r.org_id = p.org_id and r.payment_id = p.id) s on true
      where p.org_id = $1 and (s.done <> p.refunded_amount or s.open <> p.refunding_amount
        or s.done + s.open > coalesce(p.received_amount, 0) or s.compensated <> p.compensated_amount or s.by_channel > coalesce(p.received_amount, 0))`,
    'its refunds do not add up to what the payment says, or exceed it',
  ),
  check(
    'payments.settled_by_one_record',
    `select p.no from payments.payments p where p.org_id = $1 and p.status = 'succeeded' and 1 <> (
       select count(*) from payments.callbacks c where c.org_id = p.org_id and c.payment_id = p.id and c.settles and c.payload ->> 'outcome' is distinct from 'failure'
          and c.payload ->> 'state' is distinct from 'failed')`,
    'money is booked that no one record of the channel explains',
  ),
  check(
    'payments.unwanted_money_goes_back',
    `select p.no from payments.payments p where p.org_id = $1 and p.accepted = false
        and not exists (select from payments.refunds r where r.org_id = p.org_id and r.payment_id = p.id)`,
    'money nothing was waiting for has no refund',
  ),
  check(
    'payments.paid_by_hand_is_proven',
    `select r.no from payments.refunds r where r.org_id = $1 and r.paid_by_hand and r.settled_at > (select min(proposed_at) from payments.refund_payouts o where o.org_id = $1)
        and not exists (select from payments.refund_payouts o where o.org_id = r.org_id and o.refund_id = r.id and o.state = 'confirmed' and o.amount = r.amount)`,
    'paid by hand, and nobody said how',
  ),
  check(
    'payments.bills_as_counted',
    `select b.channel || ' ' || b.bill_date as no from payments.bills b left join lateral (
       select count(*) as rows, count(*) filter (where outcome = 'matched') as matched, coalesce(sum(amount) filter (where kind = 'payment'), 0) as paid,
              coalesce(sum(amount) filter (where kind = 'refund'), 0) as refunded from payments.bill_lines l where l.org_id = b.org_id and l.bill_id = b.id) s on true
      where b.org_id = $1 and (s.rows <> b.rows or s.matched <> b.matched or s.paid <> b.paid_amount or s.refunded <> b.refunded_amount)`,
    'its lines are not what the bill was counted to',
  ),
  check(
    'payments.lines_matched_once',
    `select l.merchant_no as no from payments.bill_lines l where l.org_id = $1 and l.local_id is not null and l.outcome in ('matched', 'amount', 'fee', 'status')
      group by l.merchant_no, l.local_id, l.family having count(*) > 1`,
    'two lines of bills count as the same payment or refund',
  ),
  check(
    'payments.differences_have_work',
    `select l.merchant_no as no from payments.bill_lines l where l.org_id = $1 and l.outcome not in ('matched', 'recorded')
        and not exists (select from payments.bill_differences d where d.org_id = l.org_id and d.bill_id = l.bill_id and d.line = l.line)`,
    'a line differs and nobody has the work',
  ),
];
