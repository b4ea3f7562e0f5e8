import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { BankMatchNotFound } from '../../errors.ts';

export const MATCH_KINDS = ['payment', 'settlement', 'refund', 'entry', 'other'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

export type MatchRow = {
  id: string;
  line_id: string;
  kind: MatchKind;
  amount: number;
  fee: number;
  payment_id: string | null;
  refund_id: string | null;
  entry_id: string | null;
  channel: string | null;
  account: string | null;
  note: string;
  created_by: string;
  created_at: Date;
  undone_by: string | null;
  undone_at: Date | null;
};

const COLUMNS =
  'id, line_id, kind, amount, fee, payment_id, refund_id, entry_id, channel, account, note, created_by, created_at, undone_by, undone_at';

export type NewMatch = {
  lineId: string;
  kind: MatchKind;
  amount: number;
  fee?: number;
  paymentId?: string;
  refundId?: string;
  entryId?: string;
  channel?: string;
  account?: string;
  note: string;
};

export async function insertMatch(tx: Tx, ctx: Ctx, m: NewMatch): Promise<MatchRow> {
  return one(
    await tx.query<MatchRow>(
      `insert into payments.bank_matches (org_id, id, line_id, kind, amount, fee, payment_id, refund_id, entry_id, channel, account, note, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning ${COLUMNS}`,
      [
        tx.orgId,
        newId(),
        m.lineId,
        m.kind,
        m.amount,
        m.fee ?? 0,
        m.paymentId ?? null,
        m.refundId ?? null,
        m.entryId ?? null,
        m.channel ?? null,
        m.account ?? null,
        m.note,
        ctx.actor.id,
        ctx.now,
      ],
    ),
  );
}

export async function getMatch(tx: Tx, id: string, lock: '' | 'for update' = ''): Promise<MatchRow> {
  const row = maybeOne(
    await tx.query<MatchRow>(`select ${COLUMNS} from payments.bank_matches where org_id = $1 and id = $2 ${lock}`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new BankMatchNotFound({ matchId: id });
  return row;
}

/** Newest first. */
export const matchesOf = (tx: Tx, lineIds: readonly string[]): Promise<MatchRow[]> =>
  tx.query<MatchRow>(
    `select ${COLUMNS} from payments.bank_matches where org_id = $1 and line_id = any ($2) order by id desc limit 1000`,
    [tx.orgId, lineIds],
  );

/** What lines have brought for a payment so far. */
export async function broughtFor(tx: Tx, paymentId: string): Promise<number> {
  const rows = await tx.query<{ sum: number }>(
    'select coalesce(sum(amount), 0)::bigint as sum from payments.bank_matches where org_id = $1 and payment_id = $2 and undone_at is null',
    [tx.orgId, paymentId],
  );
  return one(rows).sum;
}

export async function saveUndone(tx: Tx, ctx: Ctx, id: string): Promise<MatchRow> {
  await tx.query('delete from payments.bank_match_items where org_id = $1 and match_id = $2', [tx.orgId, id]);
  return one(
    await tx.query<MatchRow>(
      `update payments.bank_matches set undone_by = $3, undone_at = $4 where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, id, ctx.actor.id, ctx.now],
    ),
  );
}

export type Item = { id: string; amount: number };

/** Notes what a settlement paid out. Answers how many of them no other settlement has paid out. */
export async function insertItems(
  tx: Tx,
  matchId: string,
  kind: 'bill' | 'collection',
  items: readonly Item[],
): Promise<number> {
  const rows = await tx.query(
    `insert into payments.bank_match_items (org_id, item_id, kind, match_id, amount)
     select $1, id, $2, $3, amount from jsonb_to_recordset($4) x (id uuid, amount bigint) on conflict do nothing returning 1`,
    [tx.orgId, kind, matchId, JSON.stringify(items)],
  );
  return rows.length;
}

export type Outstanding = { id: string; label: string; on: string; amount: number };

/** Bills of a channel that no settlement has paid out, oldest first: what came, less what went back and what it kept. */
export const outstandingBills = (tx: Tx, channel: string): Promise<Outstanding[]> =>
  tx.query<Outstanding>(
    `select b.id, b.channel || ' ' || b.bill_date as label, b.bill_date::text as on, (b.paid_amount - b.refunded_amount - b.fee_amount)::bigint as amount
       from payments.bills b where b.org_id = $1 and b.channel = $2 and b.family = 'trade'
        and not exists (select from payments.bank_match_items i where i.org_id = b.org_id and i.item_id = b.id) order by b.bill_date, b.id limit 200`,
    [tx.orgId, channel],
  );

/** What was collected at doors and not handed over, oldest first. */
export const outstandingCollections = (tx: Tx, after: string | undefined, limit: number): Promise<Outstanding[]> =>
  tx.query<Outstanding>(
    `select p.id, p.subject_no as label, p.settled_at::date::text as on, p.received_amount as amount from payments.payments p
      where p.org_id = $1 and p.channel = 'cod' and p.status = 'succeeded' and ($2::uuid is null or p.id > $2)
        and not exists (select from payments.bank_match_items i where i.org_id = p.org_id and i.item_id = p.id) order by p.id limit $3`,
    [tx.orgId, after ?? null, limit],
  );

/** Of these orders' numbers, what couriers collected for them. */
export const collectionsOf = (tx: Tx, orderNos: readonly string[]): Promise<Outstanding[]> =>
  tx.query<Outstanding>(
    `select p.id, p.subject_no as label, p.settled_at::date::text as on, p.received_amount as amount from payments.payments p
      where p.org_id = $1 and p.channel = 'cod' and p.status = 'succeeded' and p.subject_no = any ($2) order by p.id limit 5000`,
    [tx.orgId, orderNos],
  );
