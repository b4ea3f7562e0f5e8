import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { PartyNotFound } from '../../errors.ts';
import type { Terms } from '../schema.ts';

export type PartyKind = 'shop' | 'supplier' | 'station';
export type PartyRow = {
  id: string;
  kind: PartyKind;
  reference: string;
  name: string;
  own: boolean;
  currency: Currency;
  settled_through: string;
  created_at: Date;
  version: number;
};
const COLUMNS = 'id, kind, reference, name, own, currency, settled_through::text, created_at, version';

/** Returns undefined when there is one of that kind and reference. */
export async function insertParty(
  tx: Tx,
  ctx: Ctx,
  row: Omit<PartyRow, 'created_at' | 'version'>,
): Promise<PartyRow | undefined> {
  return maybeOne(
    await tx.query<PartyRow>(
      `insert into payments.settlement_parties (org_id, id, kind, reference, name, own, currency, settled_through, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        row.kind,
        row.reference,
        row.name,
        row.own,
        row.currency,
        row.settled_through,
        ctx.now,
        ctx.actor.id,
      ],
    ),
  );
}

export async function findParty(tx: Tx, kind: PartyKind, reference: string): Promise<PartyRow | undefined> {
  return maybeOne(
    await tx.prepared<PartyRow>(
      `select ${COLUMNS} from payments.settlement_parties where org_id = $1 and kind = $2 and reference = $3`,
      [tx.orgId, kind, reference],
    ),
  );
}

async function byId(tx: Tx, id: string, lock: '' | 'for no key update'): Promise<PartyRow> {
  const row = maybeOne(
    await tx.query<PartyRow>(
      `select ${COLUMNS} from payments.settlement_parties where org_id = $1 and id = $2 ${lock}`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new PartyNotFound({ partyId: id });
  return row;
}
export const getParty = (tx: Tx, id: string): Promise<PartyRow> => byId(tx, id, '');
/** Before its statements. Whoever posts items does not wait for it. */
export const lockParty = (tx: Tx, id: string): Promise<PartyRow> => byId(tx, id, 'for no key update');

export async function saveSettledThrough(tx: Tx, party: PartyRow, through: string): Promise<void> {
  await tx.query(
    `update payments.settlement_parties set settled_through = greatest(settled_through, $3::date), version = version + 1 where org_id = $1 and id = $2`,
    [tx.orgId, party.id, through],
  );
}

export type PartySummaryRow = PartyRow & { open_items: number; open_amount: number; balance: number };

/** With what of it is open, and what it is owed by all items less what was paid. Those with the given ids, or a page by name. */
export async function listParties(
  tx: Tx,
  by: {
    kind?: PartyKind | undefined;
    q?: string | undefined;
    id?: string | undefined;
    after?: [string, string] | undefined;
    limit: number;
  },
): Promise<PartySummaryRow[]> {
  return tx.query<PartySummaryRow>(
    `with page as (
       select ${COLUMNS} from payments.settlement_parties where org_id = $1 and ($2::text is null or kind = $2) and ($3::uuid is null or id = $3)
          and ($4::text is null or strpos(lower(name || ' ' || reference), lower($4)) > 0) and ($5::text is null or (name, id) > ($5, $6::uuid))
        order by name, id limit $7)
     select p.*, coalesce(o.items, 0) as open_items, coalesce(o.amount, 0) as open_amount, coalesce(o.amount, 0) + coalesce(s.unpaid, 0) as balance
       from page p
       left join lateral (select count(*) as items, sum(amount)::bigint as amount from payments.settlement_items i
         where i.org_id = $1 and i.party_id = p.id and i.statement_id is null) o on true
       left join lateral (select sum(payable)::bigint as unpaid from payments.settlement_statements s
         where s.org_id = $1 and s.party_id = p.id and s.state not in ('paid', 'closed')) s on true
      order by p.name, p.id`,
    [tx.orgId, by.kind ?? null, by.id ?? null, by.q ?? null, by.after?.[0] ?? null, by.after?.[1] ?? null, by.limit],
  );
}

/** Everybody whose cycles may have something to do. */
export async function allPartyIds(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id from payments.settlement_parties where org_id = $1 order by id',
    [tx.orgId],
  );
  return rows.map((r) => r.id);
}

export type AgreementRow = {
  id: string;
  party_id: string;
  no: number;
  effective_from: Date;
  terms: Terms;
  note: string;
  created_at: Date;
  created_by: string;
};
const AGREEMENT = 'id, party_id, no, effective_from, terms, note, created_at, created_by';

export async function insertAgreement(
  tx: Tx,
  ctx: Ctx,
  input: { partyId: string; no: number; effectiveFrom: Date; terms: Terms; note: string },
): Promise<AgreementRow> {
  return one(
    await tx.query<AgreementRow>(
      `insert into payments.settlement_agreements (org_id, id, party_id, no, effective_from, terms, note, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${AGREEMENT}`,
      [
        tx.orgId,
        newId(),
        input.partyId,
        input.no,
        input.effectiveFrom,
        JSON.stringify(input.terms),
        input.note,
        ctx.now,
        ctx.actor.id,
      ],
    ),
  );
}

/** Newest first. */
export async function agreementsOf(tx: Tx, partyId: string): Promise<AgreementRow[]> {
  return tx.query<AgreementRow>(
    `select ${AGREEMENT} from payments.settlement_agreements where org_id = $1 and party_id = $2 order by no desc`,
    [tx.orgId, partyId],
  );
}

/** The version in force at a moment; before the first began, the first. A party always has one. */
export async function agreementAt(tx: Tx, partyId: string, at: Date): Promise<AgreementRow> {
  return one(
    await tx.prepared<AgreementRow>(
      `select ${AGREEMENT} from payments.settlement_agreements where org_id = $1 and party_id = $2
        order by (effective_from <= $3) desc, case when effective_from <= $3 then effective_from end desc, effective_from limit 1`,
      [tx.orgId, partyId, at],
    ),
  );
}

export async function getAgreement(tx: Tx, id: string): Promise<AgreementRow> {
  return one(
    await tx.query<AgreementRow>(
      `select ${AGREEMENT} from payments.settlement_agreements where org_id = $1 and id = $2`,
      [tx.orgId, id],
    ),
  );
}
