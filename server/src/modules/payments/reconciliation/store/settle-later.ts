import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { takeBack } from '../book-difference.ts';

const BATCH_MAX = 10_000;

const OURS = {
  payment: `join payments.payments o on o.org_id = d.org_id and o.status = 'succeeded'
      and (o.no = l.merchant_no or (o.channel = d.channel and o.channel_ref = l.txn))`,
  refund: `join payments.refunds o on o.org_id = d.org_id and o.status = 'succeeded' and (o.no = l.refund_no or o.channel_ref = nullif(l.refund_txn, ''))`,
} as const;
const FACTS = {
  payment: `o.id as payment_id, null::uuid as refund_id, coalesce(o.received_amount, o.amount) as ours, coalesce(o.received_currency, o.currency) as currency`,
  refund: `o.payment_id, o.id as refund_id, o.amount as ours, o.currency`,
} as const;

type Changed = { id: string; state: 'open' | 'closed' };

/** Lines we had nothing of, or had not as paid, and now have. What is now another amount is a difference of that kind. */
async function settleLines(tx: Tx, ctx: Ctx, channel: string, subject: 'payment' | 'refund'): Promise<Changed[]> {
  return tx.query<Changed>(
    `with found as (
       select distinct on (d.id) d.id, d.bill_id, d.line, l.amount, l.currency as line_currency, ${FACTS[subject]} from payments.bill_differences d
         join payments.bill_lines l on l.org_id = d.org_id and l.bill_id = d.bill_id and l.line = d.line and l.status = 'success' ${OURS[subject]}
        where d.org_id = $1 and d.channel = $2 and d.kind in ('channel_only', 'status') and d.subject = $3 and d.state <> 'closed' order by d.id limit ${BATCH_MAX}),
     judged as (select f.*, f.amount = f.ours and f.line_currency = f.currency as same from found f),
     lines as (update payments.bill_lines l set payment_id = j.payment_id, refund_id = j.refund_id, outcome = case when same then 'matched' else 'amount' end
       from judged j where l.org_id = $1 and l.bill_id = j.bill_id and l.line = j.line),
     bills as (update payments.bills b set matched = b.matched + n from (select bill_id, count(*)::integer as n from judged where same group by 1) s
       where b.org_id = $1 and b.id = s.bill_id),
     items as (update payments.bill_differences d set state = case when same then 'closed' else 'open' end, closed_at = case when same then $4::timestamptz end,
         kind = case when same then d.kind else 'amount' end, expected_amount = case when same then d.expected_amount else j.ours end,
         payment_id = j.payment_id, refund_id = j.refund_id, evidence_bill_id = j.bill_id, evidence_line = j.line, version = d.version + 1
       from judged j where d.org_id = $1 and d.id = j.id returning d.id, d.state),
     moves as (insert into payments.bill_difference_moves (org_id, id, difference_id, event, state, note, by, at)
       select $1, uuidv7(), id, case state when 'closed' then 'settle' else 'change' end, state, '', $5, $4 from items)
     select id, state from items`,
    [tx.orgId, channel, subject, ctx.now, ctx.actor.id],
  );
}

/** What we had and no bill had, and which the bill that is staged has brought. */
export async function settleShort(tx: Tx, ctx: Ctx, channel: string, billId: string): Promise<void> {
  const settled = await tx.query<{ id: string }>(
    `with found as (
       select distinct on (d.id) d.id, h.line from payments.bill_differences d join bill_hit h on coalesce(h.refund_id, h.payment_id) = coalesce(d.refund_id, d.payment_id)
         join payments.bill_lines l on l.org_id = d.org_id and l.bill_id = $3 and l.line = h.line and l.outcome <> 'duplicate'
        where d.org_id = $1 and d.channel = $2 and d.kind = 'local_only' and d.state <> 'closed' order by d.id, h.line),
     items as (update payments.bill_differences d set state = 'closed', closed_at = $4, evidence_bill_id = $3, evidence_line = f.line, version = d.version + 1
       from found f where d.org_id = $1 and d.id = f.id returning d.id),
     moves as (insert into payments.bill_difference_moves (org_id, id, difference_id, event, state, note, by, at)
       select $1, uuidv7(), id, 'settle', 'closed', '', $5, $4 from items)
     select id from items`,
    [tx.orgId, channel, billId, ctx.now, ctx.actor.id],
  );
  await takeBack(
    tx,
    ctx,
    settled.map((d) => d.id),
  );
}

/** What waited for the bill of `billDate`, which has come without it. */
async function mature(tx: Tx, ctx: Ctx, channel: string, billDate: string): Promise<number> {
  const rows = await tx.query<{ opened: number }>(
    `with items as (update payments.bill_differences d set state = 'open', version = d.version + 1
       where d.org_id = $1 and d.channel = $2 and d.state = 'carried' and d.due_on <= $3 returning d.id),
     moves as (insert into payments.bill_difference_moves (org_id, id, difference_id, event, state, note, by, at)
       select $1, uuidv7(), id, 'mature', 'open', '', $5, $4 from items)
     select count(*)::integer as opened from items`,
    [tx.orgId, channel, billDate, ctx.now, ctx.actor.id],
  );
  return one(rows).opened;
}

/** Looks again at what one side had alone. Repeat-safe: what is settled stays, what has not changed stays as it is. */
export async function settleLater(
  tx: Tx,
  ctx: Ctx,
  channel: string,
  billDate: string,
): Promise<{ closed: number; opened: number }> {
  const changed = [
    ...(await settleLines(tx, ctx, channel, 'payment')),
    ...(await settleLines(tx, ctx, channel, 'refund')),
  ];
  await takeBack(
    tx,
    ctx,
    changed.map((d) => d.id),
  );
  const closed = changed.filter((d) => d.state === 'closed').length;
  return { closed, opened: await mature(tx, ctx, channel, billDate) };
}
