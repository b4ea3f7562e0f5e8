import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { ItemKind, Sums } from '../domain/close-statement.ts';

export type NewItem = {
  partyId: string;
  kind: ItemKind;
  subject: string;
  subjectNo: string;
  about: string | null;
  amount: number;
  currency: string;
  at: Date;
  /** The organisation's day it counts for. */
  day: string;
  agreementId: string | null;
  note: string;
  statementId?: string;
};

/** Returns the id, or undefined when there is one of that kind and subject. */
export async function insertItem(tx: Tx, ctx: Ctx, item: NewItem): Promise<string | undefined> {
  return maybeOne(
    await tx.prepared<{ id: string }>(
      `insert into payments.settlement_items (org_id, id, party_id, kind, subject, subject_no, about, amount, currency, at, day, agreement_id, note, created_at, created_by, statement_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (org_id, party_id, kind, subject) do nothing returning id`,
      [
        tx.orgId,
        newId(),
        item.partyId,
        item.kind,
        item.subject,
        item.subjectNo,
        item.about,
        item.amount,
        item.currency,
        item.at,
        item.day,
        item.agreementId,
        item.note,
        ctx.now,
        ctx.actor.id,
        item.statementId ?? null,
      ],
    ),
  )?.id;
}

/** What stands of an order with a party: all of one kind. */
export async function sumsAbout(
  tx: Tx,
  partyId: string,
  about: string,
): Promise<{ sums: Sums; agreementId: string | null; back: number }> {
  const rows = await tx.query<{ kind: ItemKind; amount: number; back: number; agreement_id: string | null }>(
    `select kind, sum(amount)::bigint as amount, coalesce(sum(amount) filter (where amount > 0), 0)::bigint as back, (min(agreement_id::text))::uuid as agreement_id
       from payments.settlement_items where org_id = $1 and about = $3 and party_id = $2 group by kind`,
    [tx.orgId, partyId, about],
  );
  const sums = Object.fromEntries(rows.map((r) => [r.kind, r.amount])) as Sums;
  return {
    sums,
    agreementId: rows.find((r) => r.kind === 'sale')?.agreement_id ?? null,
    back: rows.find((r) => r.kind === 'commission')?.back ?? 0,
  };
}

/** Whether anything but what was carried over waits to be settled on the days through `through`. */
export async function hasOpen(tx: Tx, partyId: string, through: string, carried: boolean): Promise<boolean> {
  const rows = await tx.query(
    `select from payments.settlement_items where org_id = $1 and party_id = $2 and statement_id is null and day <= $3::date and ($4 or kind <> 'carry_in') limit 1`,
    [tx.orgId, partyId, through, carried],
  );
  return rows.length > 0;
}

/** Takes all that is open on the days through `through` into a statement; what was taken, by kind. One statement of SQL: what comes meanwhile is left for the next. */
export async function takeOpen(
  tx: Tx,
  partyId: string,
  statementId: string,
  through: string,
): Promise<{ sums: Sums; items: number }> {
  const rows = await tx.query<{ kind: ItemKind; amount: number; items: number }>(
    `with taken as (update payments.settlement_items set statement_id = $3 where org_id = $1 and party_id = $2 and statement_id is null and day <= $4::date returning kind, amount)
     select kind, sum(amount)::bigint as amount, count(*)::int as items from taken group by kind`,
    [tx.orgId, partyId, statementId, through],
  );
  return {
    sums: Object.fromEntries(rows.map((r) => [r.kind, r.amount])) as Sums,
    items: rows.reduce((n, r) => n + r.items, 0),
  };
}

export type ItemRow = {
  id: string;
  party_id: string;
  party: string;
  kind: ItemKind;
  subject: string;
  subject_no: string;
  about: string | null;
  amount: number;
  currency: string;
  at: Date;
  day: string;
  agreement: number | null;
  note: string;
  statement_id: string | null;
};

export type ItemFilter = {
  partyId?: string | undefined;
  statementId?: string | undefined;
  kind?: ItemKind | undefined;
  about?: string | undefined;
  open?: boolean | undefined;
};

/** Newest first. */
export async function listItems(
  tx: Tx,
  by: ItemFilter & { before?: string | undefined; limit: number },
): Promise<ItemRow[]> {
  return tx.query<ItemRow>(
    `select i.id, i.party_id, p.name as party, i.kind, i.subject, i.subject_no, i.about, i.amount, i.currency, i.at, i.day::text, a.no as agreement, i.note, i.statement_id
       from payments.settlement_items i join payments.settlement_parties p on p.org_id = i.org_id and p.id = i.party_id
       left join payments.settlement_agreements a on a.org_id = i.org_id and a.id = i.agreement_id
      where i.org_id = $1 and ($2::uuid is null or i.party_id = $2) and ($3::uuid is null or i.statement_id = $3) and ($4::text is null or i.kind = $4)
        and ($5::uuid is null or i.about = $5) and ($6::boolean is null or (i.statement_id is null) = $6) and ($7::uuid is null or i.id < $7)
      order by i.id desc limit $8`,
    [
      tx.orgId,
      by.partyId ?? null,
      by.statementId ?? null,
      by.kind ?? null,
      by.about ?? null,
      by.open ?? null,
      by.before ?? null,
      by.limit,
    ],
  );
}

export async function sumsByKind(
  tx: Tx,
  statementId: string,
): Promise<{ kind: ItemKind; items: number; amount: number }[]> {
  return tx.query(
    `select kind, count(*)::int as items, sum(amount)::bigint as amount from payments.settlement_items where org_id = $1 and statement_id = $2 group by kind`,
    [tx.orgId, statementId],
  );
}

/** Sales of some days by size: how many orders of each amount, and what commission they were charged. */
export async function salesOf(
  tx: Tx,
  partyId: string,
  from: string,
  to: string,
): Promise<{ amount: number; orders: number; commission: number }[]> {
  return tx.query(
    `select s.amount, count(*)::int as orders, coalesce(-sum(c.amount), 0)::bigint as commission
       from payments.settlement_items s left join payments.settlement_items c on c.org_id = s.org_id and c.party_id = s.party_id and c.kind = 'commission' and c.subject = s.subject
      where s.org_id = $1 and s.party_id = $2 and s.kind = 'sale' and s.day between $3::date and $4::date group by s.amount`,
    [tx.orgId, partyId, from, to],
  );
}

/** Money of a subject that came through a channel and has not gone back, by channel. */
export async function heldByChannel(
  tx: Tx,
  subjects: readonly string[],
): Promise<{ channel: string; amount: number }[]> {
  return tx.query(
    `select channel, sum(received_amount - refunded_amount)::bigint as amount from payments.payments
      where org_id = $1 and subject_id = any ($2) and accepted and status = 'succeeded' group by channel having sum(received_amount - refunded_amount) > 0 order by channel`,
    [tx.orgId, subjects],
  );
}

/** What we hold of a subject's money, in minor units: came in for it, and not gone back. */
export async function moneyHeld(tx: Tx, subjectId: string): Promise<number> {
  return (await heldByChannel(tx, [subjectId])).reduce((n, h) => n + h.amount, 0);
}

/** The entry a sale of an order was recognised by, or that of one subject: to which account, and whose. */
export async function saleEntry(
  tx: Tx,
  of: { orderId: string } | { subject: string },
): Promise<{ account: string; shopId: string | null } | undefined> {
  const [column, id] = 'orderId' in of ? ['about', of.orderId] : ['subject', of.subject];
  return maybeOne(
    await tx.prepared<{ account: string; shopId: string | null }>(
      `select l ->> 'account' as account, (l ->> 'shopId')::uuid as "shopId" from ledger.entries e, jsonb_array_elements(e.lines) l
        where e.org_id = $1 and e.kind = 'settled_sale' and e.${column} = $2 and l ? 'credit' limit 1`,
      [tx.orgId, id],
    ),
  );
}

/** Puts an open item into a statement. */
export async function putInto(
  tx: Tx,
  statementId: string,
  item: { partyId: string; kind: ItemKind; subject: string },
): Promise<void> {
  const put = await tx.query(
    'update payments.settlement_items set statement_id = $2 where org_id = $1 and party_id = $3 and kind = $4 and subject = $5 and statement_id is null returning 1',
    [tx.orgId, statementId, item.partyId, item.kind, item.subject],
  );
  assert(put.length === 1, 'an open item is put into a statement');
}
