import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import type { FeeFormula } from '../../accounts/domain/fee.ts';
import type { BillLine, Family } from '../domain/bill.ts';
import { settleShort } from './settle-later.ts';

/** How a bill is held against our books. */
export type Matching = {
  billId: string;
  channel: string;
  family: Family;
  /** The day of the bill, from when to when. */
  from: Date;
  to: Date;
  cutoffMs: number;
  dueOn: string;
  /** The fee agreed on; null: the rate which each line states. */
  fee: FeeFormula | null;
  feeTolerance: number;
};

/** From so many lines on the planner has to be told of them. */
const ANALYZE_FROM = 5_000;

const STAGE = `create temp table bill_in (line integer, kind text, txn text, merchant_no text, refund_txn text, refund_no text,
  amount bigint, fee bigint, rate integer, status text, currency text, at timestamptz) on commit drop`;

const escaped = (text: string): string =>
  /[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (c) => `\\${c}`) : text;

const record = (l: BillLine): string =>
  `${l.line}\t${l.kind}\t${escaped(l.txn)}\t${escaped(l.merchantNo)}\t${escaped(l.refundTxn)}\t${escaped(l.refundNo)}\t${l.amount}\t${l.fee}\t${l.rate ?? '\\N'}\t${l.status}\t${l.currency}\t${l.at}+08\n`;

/** Takes the lines of a bill into this transaction as they are read. What the reading refuses is thrown. */
export async function stageLines(tx: Tx, lines: AsyncIterable<readonly BillLine[]>): Promise<void> {
  await tx.query(STAGE);
  await tx.copyIn('bill_in', records(lines));
  await tx.query('analyze bill_in');
}

async function* records(lines: AsyncIterable<readonly BillLine[]>): AsyncGenerator<string> {
  for await (const batch of lines) yield batch.map(record).join('');
}

/** What names a line: the channel's number of the payment or the refund, or ours where it gives none. */
const keyOf = (t: string): string =>
  `case ${t}.kind when 'payment' then coalesce(nullif(${t}.txn, ''), ${t}.merchant_no) else coalesce(nullif(${t}.refund_txn, ''), nullif(${t}.refund_no, ''), ${t}.txn) end`;

/** Whether a line was in a bill of the same channel, day and family before: then this is that bill once more. */
export async function wasLoaded(
  tx: Tx,
  bill: { channel: string; billDate: string; family: Family },
): Promise<string | undefined> {
  const [found] = await tx.query<{ id: string }>(
    `select b.id from payments.bills b where b.org_id = $1 and b.channel = $2 and b.bill_date = $3 and b.family = $4 and exists (
       select from payments.bill_lines l join bill_in i on i.kind = l.kind and i.txn = l.txn and i.merchant_no = l.merchant_no and i.refund_txn = l.refund_txn
              and i.refund_no = l.refund_no and i.at = l.at
        where l.org_id = b.org_id and l.bill_id = b.id and l.kind <> 'other') limit 1`,
    [tx.orgId, bill.channel, bill.billDate, bill.family],
  );
  return found?.id;
}

/**
 * Finds what each line is of ours: by the channel's number, then by our own, then by the number of what was paid for where
 * that was paid once. Amount and time never decide.
 */
async function findOurs(tx: Tx, channel: string): Promise<void> {
  await tx.query(
    `create temp table bill_hit on commit drop as
     select i.line, p.id as payment_id, null::uuid as refund_id, coalesce(p.received_amount, p.amount) as amount,
            coalesce(p.received_currency, p.currency) as currency, p.status, p.channel
       from bill_in i join payments.payments p on p.org_id = $1 and p.channel = $2 and p.channel_ref = i.txn where i.kind = 'payment' and i.txn <> ''`,
    [tx.orgId, channel],
  );
  await tx.query(
    `create temp table bill_left on commit drop as select i.* from bill_in i left join bill_hit h on h.line = i.line where h.line is null and i.kind <> 'other'`,
  );
  await tx.query('analyze bill_left');
  const left = async (kind: string): Promise<number> => {
    await tx.query('delete from bill_left i using bill_hit h where h.line = i.line');
    return one(await tx.query<{ n: number }>('select count(*) as n from bill_left where kind = $1', [kind])).n;
  };
  const payment = `insert into bill_hit select distinct on (i.line) i.line, p.id, null::uuid, coalesce(p.received_amount, p.amount), coalesce(p.received_currency, p.currency), p.status, p.channel
    from (select * from bill_left where kind = 'payment') i join payments.payments p on p.org_id = $1 and `;
  for (const by of [
    `p.no = i.merchant_no where i.merchant_no <> ''`,
    `p.id = case when i.merchant_no ~ '^[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$' then i.merchant_no::uuid end`,
    `p.channel_ref = i.txn where i.txn <> ''`,
    `p.subject_no = i.merchant_no and p.status = 'succeeded' where i.merchant_no <> '' and 1 = (select count(*) from payments.payments o
       where o.org_id = $1 and o.subject_id = p.subject_id and o.status = 'succeeded')`,
  ])
    if ((await left('payment')) > 0) await tx.query(`${payment}${by} order by i.line, p.id`, [tx.orgId]);
  const refund = `insert into bill_hit select distinct on (i.line) i.line, r.payment_id, r.id, r.amount, r.currency, r.status, p.channel from (select * from bill_left where kind = 'refund') i
    join payments.refunds r on r.org_id = $1 and `;
  const paid = ' join payments.payments p on p.org_id = r.org_id and p.id = r.payment_id where';
  for (const by of [
    `r.channel_ref = i.refund_txn${paid} i.refund_txn <> ''`,
    `r.no = i.refund_no${paid} i.refund_no <> ''`,
    `r.id = case when i.refund_no ~ '^[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$' then i.refund_no::uuid end${paid} true`,
  ])
    if ((await left('refund')) > 0) await tx.query(`${refund}${by} order by i.line, r.id`, [tx.orgId]);
}

/** The channels of ours a bill turns out to be about: one account at a channel may serve several. */
async function coversOf(tx: Tx, channel: string): Promise<string[]> {
  const rows = await tx.query<{ channel: string }>('select distinct channel from bill_hit');
  return [...new Set([channel, ...rows.map((r) => r.channel)])].toSorted();
}

const OUTCOME = `case
    when i.kind = 'other' then 'recorded'
    when i.line > d.first or i.line > e.first or b.seen then 'duplicate'
    when h.line is null then case when i.at >= $4::timestamptz - $5::bigint * interval '1 millisecond' then 'expected' else 'channel_only' end
    when not case when i.kind = 'payment' then h.status = 'succeeded'
                  when i.status = 'success' then h.status = 'succeeded'
                  when i.status = 'processing' then h.status in ('requested', 'processing')
                  else h.status in ('failed', 'abnormal') end then 'status'
    when i.amount <> h.amount or i.currency <> h.currency then 'amount'
    when $6::integer is not null and abs(abs(i.fee) - payments.fee_of(i.amount, i.kind, $6, $8, $9, $10)) > $7 then 'fee'
    when $6::integer is null and i.fee <> 0 and i.rate is not null and abs(abs(i.fee) - (i.amount * i.rate + 500000) / 1000000) > $7 then 'fee'
    else 'matched' end`;

const formula = ({ fee }: Matching): unknown[] => [
  fee?.rateMillionths ?? null,
  fee?.fixedFen ?? 0,
  fee?.floorFen ?? 0,
  fee?.capFen ?? null,
];

/** Writes the lines with what they are. A line that names what another line or an earlier bill has named is a duplicate. */
async function writeLines(tx: Tx, m: Matching): Promise<void> {
  await tx.query(
    `create temp table bill_twice on commit drop as select i.kind, ${keyOf('i')} as key, min(i.line) as first from bill_in i where i.kind <> 'other' group by 1, 2 having count(*) > 1`,
  );
  await tx.query(
    `create temp table bill_one on commit drop as select coalesce(refund_id, payment_id) as local_id, min(line) as first from bill_hit group by 1 having count(*) > 1`,
  );
  await tx.query(
    `create temp table bill_before on commit drop as select h.line, true as seen from bill_hit h where exists (select from payments.bill_lines l
       where l.org_id = $1 and l.local_id = coalesce(h.refund_id, h.payment_id) and l.family = $2)
     union select i.line, true from bill_in i join payments.bill_differences d on d.org_id = $1 and d.kind = 'channel_only' and d.txn = ${keyOf('i')} and d.state <> 'closed'
       join payments.bills b on b.org_id = d.org_id and b.id = d.bill_id and b.family = $2 where i.kind <> 'other'`,
    [tx.orgId, m.family],
  );
  await tx.query('analyze bill_hit, bill_before');
  const [rate, ...rest] = formula(m);
  await tx.query(
    `insert into payments.bill_lines (org_id, bill_id, line, family, kind, txn, merchant_no, refund_txn, refund_no, amount, fee, rate, status, currency, at, outcome, payment_id, refund_id)
     select $1, $2, i.line, $3, i.kind, i.txn, i.merchant_no, i.refund_txn, i.refund_no, i.amount, i.fee, i.rate, i.status, i.currency, i.at, ${OUTCOME}, h.payment_id, h.refund_id
       from bill_in i left join bill_hit h on h.line = i.line left join bill_twice d on d.kind = i.kind and d.key = ${keyOf('i')}
       left join bill_one e on e.local_id = coalesce(h.refund_id, h.payment_id) left join bill_before b on b.line = i.line`,
    [tx.orgId, m.billId, m.family, m.to, m.cutoffMs, rate, m.feeTolerance, ...rest],
  );
}

/** The work the lines make: one item each of those that are not as we have them. */
async function openOfLines(tx: Tx, ctx: Ctx, m: Matching): Promise<void> {
  await tx.query(
    `insert into payments.bill_differences (org_id, id, bill_id, line, channel, bill_date, kind, subject, reference, txn, payment_id, refund_id,
            expected_amount, actual_amount, expected_status, actual_status, currency, occurred_at, state, due_on, created_at)
     select $1, uuidv7(), $2, l.line, $3, b.bill_date, case l.outcome when 'expected' then 'channel_only' else l.outcome end, l.kind,
            coalesce(nullif(case l.kind when 'refund' then l.refund_no else l.merchant_no end, ''), ${keyOf('l')}), ${keyOf('l')}, l.payment_id, l.refund_id,
            case l.outcome when 'fee' then payments.fee_of(l.amount, l.kind, coalesce($6::integer, l.rate), $7, $8, $9) when 'amount' then coalesce(r.amount, p.received_amount, p.amount) end,
            case when l.outcome = 'fee' then abs(l.fee) else l.amount end,
            case when l.outcome = 'status' then coalesce(r.status, p.status) end, case when l.outcome = 'status' then l.status end,
            l.currency, l.at, case l.outcome when 'expected' then 'carried' else 'open' end, case l.outcome when 'expected' then $4::date end, $5
       from payments.bill_lines l join payments.bills b on b.org_id = l.org_id and b.id = l.bill_id
       left join payments.payments p on p.org_id = l.org_id and p.id = l.payment_id left join payments.refunds r on r.org_id = l.org_id and r.id = l.refund_id
      where l.org_id = $1 and l.bill_id = $2 and l.outcome not in ('matched', 'recorded') order by l.line`,
    [tx.orgId, m.billId, m.channel, m.dueOn, ctx.now, ...formula(m)],
  );
}

/** Refunds the channel was asked for: not what was paid by hand, nor what took back a payment no channel had. */
const AT_CHANNEL = `r.kind <> 'reversal' and not r.paid_by_hand`;

/** What we have of the day and the channel has not. Near the end of the day it may stand in tomorrow's bill. */
async function openOfOurs(
  tx: Tx,
  ctx: Ctx,
  m: Matching,
  covers: readonly string[],
  what: 'payment' | 'refund',
): Promise<void> {
  const ours =
    what === 'payment'
      ? `select p.id as payment_id, null::uuid as refund_id, p.id as local_id, p.no, coalesce(p.channel_ref, '') as txn, p.received_amount as amount, p.received_currency as currency, p.settled_at as at
           from payments.payments p where p.org_id = $1 and p.status = 'succeeded' and p.channel = any ($6) and p.settled_at >= $7 and p.settled_at < $8`
      : `select r.payment_id, r.id, r.id, r.no, coalesce(r.channel_ref, ''), r.amount, r.currency, r.settled_at
           from payments.refunds r join payments.payments p on p.org_id = r.org_id and p.id = r.payment_id
          where r.org_id = $1 and r.status = 'succeeded' and ${AT_CHANNEL} and p.channel = any ($6) and r.settled_at >= $7 and r.settled_at < $8`;
  await tx.query(
    `with ours (payment_id, refund_id, local_id, no, txn, amount, currency, at) as (${ours}),
     alone as materialized (select o.* from ours o left join bill_hit h on coalesce(h.refund_id, h.payment_id) = o.local_id where h.line is null)
     insert into payments.bill_differences (org_id, id, bill_id, channel, bill_date, kind, subject, reference, txn, payment_id, refund_id,
            expected_amount, currency, occurred_at, state, due_on, created_at)
     select $1, uuidv7(), $2, $3, b.bill_date, 'local_only', $9, o.no, o.txn, o.payment_id, o.refund_id, o.amount, o.currency, o.at,
            case when late then 'carried' else 'open' end, case when late then $4::date end, $5
       from alone o join payments.bills b on b.org_id = $1 and b.id = $2
       cross join lateral (select o.at >= $8::timestamptz - $10::bigint * interval '1 millisecond' as late) s
       left join lateral (select true as seen from payments.bill_lines l where l.org_id = $1 and l.local_id = o.local_id and l.family = 'trade' limit 1) l on true
      where l.seen is null
      order by o.at, o.local_id on conflict do nothing`,
    [tx.orgId, m.billId, m.channel, m.dueOn, ctx.now, covers, m.from, m.to, what, m.cutoffMs],
  );
}

/** Holds the staged lines against our books and writes what comes of it. Returns the channels of ours it is about. */
export async function matchStaged(
  tx: Tx,
  ctx: Ctx,
  m: Matching,
  about: { rows: number; payments: boolean; refunds: boolean },
): Promise<void> {
  await findOurs(tx, m.channel);
  await writeLines(tx, m);
  if (about.rows >= ANALYZE_FROM) await tx.query('select payments.analyze_bill_lines()');
  await openOfLines(tx, ctx, m);
  if (m.family === 'trade') await settleShort(tx, ctx, m.channel, m.billId);
  const covers = await coversOf(tx, m.channel);
  if (about.payments) await openOfOurs(tx, ctx, m, covers, 'payment');
  if (about.refunds) await openOfOurs(tx, ctx, m, covers, 'refund');
  await tx.query(
    `update payments.bills set covers = $3, matched = (select count(*) from payments.bill_lines where org_id = $1 and bill_id = $2 and outcome = 'matched')
      where org_id = $1 and id = $2`,
    [tx.orgId, m.billId, covers],
  );
}
