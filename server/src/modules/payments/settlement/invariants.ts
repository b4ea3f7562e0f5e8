import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of what is settled, checked by `doctor` from every item up. */
export const settlementInvariants: Invariant[] = [
  wrong(
    'settlement: what the books owe a party is what its items say, less what was paid',
    `select p.name || ': items ' || coalesce(i.amount, 0) || ', paid ' || coalesce(o.amount, 0) || ', booked ' || coalesce(b.amount, 0) as says
       from payments.settlement_parties p
       left join (select party_id, sum(amount) as amount from payments.settlement_items where org_id = $1 group by 1) i on i.party_id = p.id
       left join (select party_id, sum(amount) as amount from payments.payouts where org_id = $1 and state = 'paid' group by 1) o on o.party_id = p.id
       left join (select shop_id, sum(credit - debit) as amount from ledger.postings where org_id = $1 and account = 'merchants_payable' group by 1) b on b.shop_id = p.id
      where p.org_id = $1 and not p.own and coalesce(i.amount, 0) - coalesce(o.amount, 0) <> coalesce(b.amount, 0)`,
  ),
  wrong(
    'settlement: nobody is owed who is no party',
    `select b.shop_id || ': ' || b.amount as says from (select shop_id, sum(credit - debit) as amount from ledger.postings where org_id = $1 and account = 'merchants_payable' group by 1) b
       left join payments.settlement_parties p on p.org_id = $1 and p.id = b.shop_id where p.id is null and b.amount <> 0`,
  ),
  wrong(
    'settlement: a statement is the sum of its items, kind by kind',
    `select s.no || ': ' || s.payable || ' of ' || coalesce(i.total, 0) as says
       from payments.settlement_statements s left join (
         select statement_id, count(*) as n, sum(amount) as total, sum(amount) filter (where kind = 'sale') as sale, sum(amount) filter (where kind = 'refund') as refund,
                sum(amount) filter (where kind = 'commission') as commission, sum(amount) filter (where kind = 'fee') as fee, sum(amount) filter (where kind = 'compensation') as compensation,
                sum(amount) filter (where kind = 'adjustment') as adjustment, sum(amount) filter (where kind = 'hold') as hold, sum(amount) filter (where kind = 'release') as release,
                sum(amount) filter (where kind = 'carry_in') as carry_in, sum(amount) filter (where kind = 'carry_out') as carry_out
           from payments.settlement_items where org_id = $1 and statement_id is not null group by 1) i on i.statement_id = s.id
      where s.org_id = $1 and (s.items, s.payable, s.sales, s.refunds, s.commission, s.fees, s.compensation, s.adjustments, s.held, s.released, s.carried_in, s.carried_out)
        is distinct from (coalesce(i.n, 0), coalesce(i.total, 0), coalesce(i.sale, 0), coalesce(i.refund, 0), coalesce(i.commission, 0), coalesce(i.fee, 0), coalesce(i.compensation, 0),
                          coalesce(i.adjustment, 0), coalesce(i.hold, 0), coalesce(i.release, 0), coalesce(i.carry_in, 0), coalesce(i.carry_out, 0))`,
  ),
  wrong(
    'settlement: items are in statements of their party and currency',
    `select i.subject_no || ' ' || i.kind || ': in ' || s.no as says from payments.settlement_items i
       join payments.settlement_parties p on p.org_id = i.org_id and p.id = i.party_id
       left join payments.settlement_statements s on s.org_id = i.org_id and s.id = i.statement_id
      where i.org_id = $1 and (i.currency <> p.currency or s.party_id <> i.party_id or s.currency <> i.currency)`,
  ),
  wrong(
    'settlement: what was approved is as it was',
    `select s.no || ': its contents are not what was approved' as says from payments.settlement_statements s
      where s.org_id = $1 and s.content_hash is not null and s.content_hash is distinct from payments.statement_hash(s.org_id, s.id)`,
  ),
  wrong(
    'settlement: what one statement holds back or carries over, a later one gets',
    `select s.no || ': held ' || s.held || ', carried ' || s.carried_out as says from payments.settlement_statements s left join lateral (
       select coalesce(sum(amount) filter (where kind = 'release'), 0) as released, coalesce(sum(amount) filter (where kind = 'carry_in'), 0) as carried
         from payments.settlement_items i where i.org_id = s.org_id and i.party_id = s.party_id and i.subject = s.id and i.kind in ('release', 'carry_in')) f on true
      where s.org_id = $1 and (s.held + f.released <> 0 or s.carried_out + f.carried <> 0)`,
  ),
  wrong(
    'settlement: payments and statements are in the same state',
    `select s.no || ': ' || s.state || ', its payment ' || coalesce(p.state, 'none') as says from payments.settlement_statements s left join lateral (
       select state, amount from payments.payouts p where p.org_id = s.org_id and p.statement_id = s.id order by p.id desc limit 1) p on true
      where s.org_id = $1 and ((s.state in ('paying', 'paid', 'failed') and (p.state is distinct from s.state or p.amount <> s.payable)) or (s.state not in ('paying', 'paid', 'failed') and p.state is not null))`,
  ),
];
