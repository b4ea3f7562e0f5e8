import { maybeOne, one, type Tx } from '#kernel/db/index.ts';

export type BankEntry = { id: string; kind: string; at: Date; amount: number; currency: string; matched: boolean };

const SELECT = `select e.id, e.kind, e.at, (p.debit - p.credit)::bigint as amount, p.currency,
    exists (select from payments.bank_matches m where m.org_id = e.org_id and m.entry_id = e.id and m.undone_at is null)
      or e.kind like 'bank_matched%' or exists (select from payments.bank_matches m where m.org_id = e.org_id and m.refund_id = e.subject and m.undone_at is null) as matched
  from ledger.postings p join ledger.entries e on e.org_id = p.org_id and e.id = p.entry_id
  where p.org_id = $1 and p.account = 'bank'`;

/** What an entry has moved on the bank's account: in is more than nothing. Undefined where it has not. */
export async function entryOnBank(tx: Tx, entryId: string, currency: string): Promise<BankEntry | undefined> {
  return maybeOne(
    await tx.query<BankEntry>(`${SELECT} and e.id = $2 and p.currency = $3`, [tx.orgId, entryId, currency]),
  );
}

/** Bookings with the bank's account in them that no line of a statement has shown, of an amount where one is named; newest first. */
export async function unseenEntries(
  tx: Tx,
  of: { amount?: number | undefined; currency?: string | undefined; limit: number },
): Promise<BankEntry[]> {
  return tx.query<BankEntry>(
    `select * from (${SELECT} and ($2::bigint is null or p.debit - p.credit = $2) and ($3::text is null or p.currency = $3)) x where not x.matched order by x.at desc, x.id desc limit $4`,
    [tx.orgId, of.amount ?? null, of.currency ?? null, of.limit],
  );
}

/** What they come to, by the way it went; in minor units of the organisation's currency. */
export async function unseenSums(tx: Tx): Promise<{ in: number; out: number }> {
  return one(
    await tx.query<{ in: number; out: number }>(
      `select coalesce(sum(amount) filter (where amount > 0), 0)::bigint as in, coalesce(-sum(amount) filter (where amount < 0), 0)::bigint as out from (${SELECT}) x where not x.matched`,
      [tx.orgId],
    ),
  );
}
