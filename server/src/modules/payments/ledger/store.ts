import type { Tx } from '#kernel/db/index.ts';
import type { EntryLine } from './entry.ts';

export type BalanceRow = { code: string; currency: string; opened_at: Date; debit: number; credit: number };

/** Accounts with what was posted to them up to the end of a day, by code and currency. */
export async function readBalances(
  tx: Tx,
  filter: { day: string | null; after: readonly [string, string] | null; limit: number },
): Promise<BalanceRow[]> {
  return tx.query<BalanceRow>(
    `select a.code, a.currency, a.opened_at, d.debit, d.credit from ledger.accounts a cross join lateral (
       select sum(t.debit)::bigint as debit, sum(t.credit)::bigint as credit from ledger.day_totals t
        where t.org_id = a.org_id and t.account = a.code and t.currency = a.currency and ($2::date is null or t.day <= $2)) d
      where a.org_id = $1 and d.debit is not null and ($3::text is null or (a.code, a.currency) > ($3, $4)) order by a.code, a.currency limit $5`,
    [tx.orgId, filter.day, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
  );
}

export async function isAccount(tx: Tx, code: string): Promise<boolean> {
  return (
    (await tx.query('select 1 from ledger.accounts where org_id = $1 and code = $2 limit 1', [tx.orgId, code])).length >
    0
  );
}

/** What stands behind an entry, as it is shown: numbers of the payment or refund, and of the order. */
const CAUSE = `e.kind, e.subject, e.about, coalesce(p.no, r.no) as subject_no, coalesce(p.id, r.payment_id) as payment_id,
  (select s.subject_no from payments.payments s where s.org_id = e.org_id and s.subject_id = e.about limit 1) as about_no,
  (select s.subject_kind from payments.payments s where s.org_id = e.org_id and s.subject_id = e.about limit 1) as about_kind`;
const CAUSED_BY = `left join payments.payments p on p.org_id = e.org_id and p.id = e.subject
  left join payments.refunds r on r.org_id = e.org_id and r.id = e.subject`;

export type CauseRow = {
  kind: string;
  subject: string;
  subject_no: string | null;
  about: string | null;
  about_no: string | null;
  about_kind: string | null;
  payment_id: string | null;
  at: Date;
};

export type PostingRow = CauseRow & {
  entry_id: string;
  line: number;
  currency: string;
  debit: number;
  credit: number;
  shop_id: string | null;
  day: string;
};

type PostingFilter = {
  code: string;
  currency?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  before: readonly [number, string, number] | null;
  limit: number;
};

/** Of one account, newest first. Moments are whole milliseconds, so that a cursor can carry them. */
export async function listPostings(tx: Tx, filter: PostingFilter): Promise<PostingRow[]> {
  const [at, entry, line] = filter.before ?? [null, null, null];
  return tx.query<PostingRow>(
    `select x.*, ${CAUSE} from (
       select p.org_id, p.entry_id, p.line, p.at, p.day::text as day, p.currency, p.debit, p.credit, p.shop_id from ledger.postings p
        where p.org_id = $1 and p.account = $2 and ($3::text is null or p.currency = $3) and ($4::timestamptz is null or p.at >= $4) and ($5::timestamptz is null or p.at < $5)
          and ($6::timestamptz is null or (p.at, p.entry_id, p.line) < ($6, $7::uuid, $8::smallint))
        order by p.at desc, p.entry_id desc, p.line desc limit $9) x
       join ledger.entries e on e.org_id = x.org_id and e.id = x.entry_id ${CAUSED_BY}
      order by x.at desc, x.entry_id desc, x.line desc`,
    [
      tx.orgId,
      filter.code,
      filter.currency ?? null,
      filter.from ?? null,
      filter.to ?? null,
      at === null ? null : new Date(at),
      entry,
      line,
      filter.limit,
    ],
  );
}

/** Debit less credit of an account up to and with one of its postings: whole days by their totals, its own by its postings. */
export async function balanceAfter(tx: Tx, code: string, row: PostingRow): Promise<number> {
  const [found] = await tx.query<{ balance: number }>(
    `select (coalesce((select sum(d.debit - d.credit) from ledger.day_totals d where d.org_id = $1 and d.account = $2 and d.currency = $3 and d.day < $4), 0)
       + coalesce((select sum(p.debit - p.credit) from ledger.postings p where p.org_id = $1 and p.account = $2 and p.currency = $3 and p.day = $4
           and p.at > ($4::date - 2)::timestamptz and (p.at, p.entry_id, p.line) <= ($5, $6::uuid, $7::smallint)), 0))::bigint as balance`,
    [tx.orgId, code, row.currency, row.day, row.at, row.entry_id, row.line],
  );
  return found?.balance ?? 0;
}

export type EntryRow = CauseRow & {
  id: string;
  day: string;
  booked_at: Date;
  actor: string;
  lines: EntryLine[];
  reverses: string | null;
  reversed_by: string | null;
};

export async function findEntry(tx: Tx, id: string): Promise<EntryRow | undefined> {
  const [row] = await tx.query<EntryRow>(
    `select e.id, e.at, e.day::text as day, e.booked_at, e.actor, e.lines, e.reverses, v.id as reversed_by, ${CAUSE}
       from ledger.entries e ${CAUSED_BY} left join ledger.entries v on v.org_id = e.org_id and v.reverses = e.id
      where e.org_id = $1 and e.id = $2`,
    [tx.orgId, id],
  );
  return row;
}

export type ExportedRow = { at: Date; entry_id: string; line: number; account: string; currency: string } & Pick<
  PostingRow,
  'kind' | 'subject_no' | 'about_no' | 'debit' | 'credit' | 'day'
>;

/** Every posting of the books in the order of days, a page at a time: both sides of an entry stand together. */
export async function pageOfPostings(
  tx: Tx,
  filter: { fromDay: string | null; toDay: string | null; after: ExportedRow | undefined; limit: number },
): Promise<ExportedRow[]> {
  const { after } = filter;
  return tx.query<ExportedRow>(
    `select x.at, x.day::text as day, x.entry_id, x.line, x.account, x.currency, x.debit, x.credit, ${CAUSE} from (
       select p.* from ledger.postings p where p.org_id = $1 and ($2::date is null or p.day >= $2) and ($3::date is null or p.day <= $3)
          and ($4::date is null or (p.day, p.at, p.entry_id, p.line) > ($4, $5, $6::uuid, $7::smallint))
        order by p.day, p.at, p.entry_id, p.line limit $8) x
       join ledger.entries e on e.org_id = x.org_id and e.id = x.entry_id ${CAUSED_BY}
      order by x.day, x.at, x.entry_id, x.line`,
    [
      tx.orgId,
      filter.fromDay,
      filter.toDay,
      after?.day ?? null,
      after?.at ?? null,
      after?.entry_id ?? null,
      after?.line ?? null,
      filter.limit,
    ],
  );
}
