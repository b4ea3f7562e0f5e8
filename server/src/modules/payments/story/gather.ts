import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { eventText } from '#kernel/outbox/event-text.ts';
import { redact } from './redact.ts';

/** Of each source. */
const ROWS_MAX = 300;

export const SOURCES = ['event', 'request', 'callback', 'answer', 'entry', 'bill', 'difference', 'bank'] as const;
export type Source = (typeof SOURCES)[number];

export type Item = {
  at: Date;
  source: Source;
  /** What happened, in a word the reader's language has, or a type's name. */
  what: string;
  /** A sentence, where there is one. */
  text: string;
  /** Who: an id, resolved to a name later. */
  by: string | null;
  paymentId: string | null;
  refundId: string | null;
  /** Where its own page is: a bill, an entry, a movement. */
  ref: string | null;
  data: Record<string, unknown>;
};

export type About = { payments: string[]; refunds: string[]; subjects: string[]; differences: string[] };

type Row = Omit<Item, 'source' | 'text' | 'data'> & { data: Record<string, unknown> };
type Gather = (tx: Tx, ctx: Ctx, about: About) => Promise<Item[]>;

const items = (source: Source, rows: readonly Row[]): Item[] =>
  rows.map((row) => ({ ...row, source, text: '', data: redact(row.data) as Record<string, unknown> }));

/** What was told of payments and differences; of an order the rest is on its own page. */
const events: Gather = async (tx, ctx, about) => {
  const rows = await tx.query<Row & { type: string }>(
    `select at, type as what, type, actor_id as by, coalesce(data ->> 'paymentId', null) as "paymentId", data ->> 'refundId' as "refundId", null as ref, data from kernel.outbox
      where org_id = $1 and key = any ($2) and type like 'payments.%' and (data ->> 'paymentId' is null or data ->> 'paymentId' = any ($3)) order by seq limit ${ROWS_MAX}`,
    [tx.orgId, [...about.subjects, ...about.differences], about.payments],
  );
  return items('event', rows).map((item, i) => ({
    ...item,
    text: eventText(ctx.locale, (rows[i] as { type: string }).type, (rows[i] as Row).data),
  }));
};

/** What channels said, and what they answered when asked. */
const records: Gather = async (tx, _ctx, about) => {
  const rows = await tx.query<Row & { source: 'callback' | 'query' }>(
    `select received_at as at, source, verdict as what, null as by, payment_id as "paymentId", null as "refundId", null as ref, payload as data from payments.callbacks
      where org_id = $1 and payment_id = any ($2) order by received_at, id limit ${ROWS_MAX}`,
    [tx.orgId, about.payments],
  );
  return rows.flatMap(({ source, ...row }) => items(source === 'callback' ? 'callback' : 'answer', [row]));
};

/** What we asked a channel, and what it answered; of a callback only what `records` have not. */
const calls: Gather = async (tx, _ctx, about) =>
  items(
    'request',
    await tx.query<Row>(
      `select c.at, c.outcome as what, null as by, c.payment_id as "paymentId", c.refund_id as "refundId", null as ref,
              jsonb_strip_nulls(jsonb_build_object('method', c.method, 'path', c.path, 'httpStatus', c.http_status, 'durationMs', c.duration_ms, 'request', c.request, 'response', c.response)) as data
         from payments.channel_calls c where c.org_id = $1 and c.direction = 'out' and (c.payment_id = any ($2) or c.refund_id = any ($3)) order by c.id limit ${ROWS_MAX}`,
      [tx.orgId, about.payments, about.refunds],
    ),
  );

const entries: Gather = async (tx, _ctx, about) =>
  items(
    'entry',
    await tx.query<Row>(
      `select e.booked_at as at, e.kind as what, e.actor as by, p.id as "paymentId", r.id as "refundId", e.id as ref, jsonb_build_object('lines', e.lines) as data
         from ledger.entries e left join payments.payments p on p.org_id = e.org_id and p.id = e.subject left join payments.refunds r on r.org_id = e.org_id and r.id = e.subject
        where e.org_id = $1 and (e.subject = any ($2) or e.about = any ($3)) and (p.id is null or p.id = any ($2)) order by e.booked_at, e.id limit ${ROWS_MAX}`,
      [tx.orgId, [...about.payments, ...about.refunds], [...about.subjects, ...about.differences]],
    ),
  );

const bills: Gather = async (tx, _ctx, about) =>
  items(
    'bill',
    await tx.query<Row>(
      `select b.loaded_at as at, l.outcome as what, b.loaded_by as by, l.payment_id as "paymentId", l.refund_id as "refundId", b.id as ref,
              jsonb_build_object('channel', b.channel, 'billDate', b.bill_date, 'line', l.line, 'kind', l.kind, 'txn', l.txn, 'merchantNo', l.merchant_no, 'refundTxn', l.refund_txn,
                'refundNo', l.refund_no, 'amount', l.amount, 'fee', l.fee, 'status', l.status, 'currency', l.currency, 'at', l.at) as data
         from payments.bill_lines l join payments.bills b on b.org_id = l.org_id and b.id = l.bill_id
        where l.org_id = $1 and (l.local_id = any ($2) or (l.bill_id, l.line) in (select d.bill_id, d.line from payments.bill_differences d where d.org_id = $1 and d.id = any ($3)))
        order by b.loaded_at, l.line limit ${ROWS_MAX}`,
      [tx.orgId, [...about.payments, ...about.refunds], about.differences],
    ),
  );

const decisions: Gather = async (tx, _ctx, about) =>
  items(
    'difference',
    await tx.query<Row>(
      `select m.at, m.event as what, m.by, d.payment_id as "paymentId", d.refund_id as "refundId", d.id as ref,
              jsonb_strip_nulls(jsonb_build_object('kind', d.kind, 'state', m.state, 'note', nullif(m.note, ''), 'files', nullif(cardinality(m.file_ids), 0), 'action', case m.event when 'confirm' then d.action end)) as data
         from payments.bill_difference_moves m join payments.bill_differences d on d.org_id = m.org_id and d.id = m.difference_id
        where m.org_id = $1 and d.id = any ($2) order by m.id limit ${ROWS_MAX}`,
      [tx.orgId, about.differences],
    ),
  );

const movements: Gather = async (tx, _ctx, about) =>
  items(
    'bank',
    await tx.query<Row>(
      `select m.created_at as at, m.kind as what, m.created_by as by, m.payment_id as "paymentId", m.refund_id as "refundId", l.id as ref,
              jsonb_strip_nulls(jsonb_build_object('ref', l.ref, 'at', l.at, 'amount', m.amount, 'currency', l.currency, 'undone', m.undone_at)) as data
         from payments.bank_matches m join payments.bank_lines l on l.org_id = m.org_id and l.id = m.line_id
        where m.org_id = $1 and (m.payment_id = any ($2) or m.refund_id = any ($3)) order by m.id limit ${ROWS_MAX}`,
      [tx.orgId, about.payments, about.refunds],
    ),
  );

/** Whoever sees payments sees what was said of them; books, bills and the bank are for those who may see these. */
const GATHER: readonly { needs: string | null; of: Gather }[] = [
  { needs: null, of: events },
  { needs: null, of: calls },
  { needs: null, of: records },
  { needs: 'payments.ledger.read', of: entries },
  { needs: 'payments.reconciliation.read', of: bills },
  { needs: 'payments.reconciliation.read', of: decisions },
  { needs: 'payments.bank.read', of: movements },
];

/** Everything the actor may see of what a story is about, oldest first. */
export async function gather(tx: Tx, ctx: Ctx, about: About): Promise<Item[]> {
  const all: Item[] = [];
  for (const { needs, of } of GATHER) if (needs === null || can(ctx, needs)) all.push(...(await of(tx, ctx, about)));
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
