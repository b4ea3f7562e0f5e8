import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { StatementNotFound } from '../../errors.ts';
import type { StatementState } from '../domain/statement-flow.ts';
import type { PartyKind } from './parties.ts';

export type Figures = {
  items: number;
  sales: number;
  refunds: number;
  commission: number;
  fees: number;
  compensation: number;
  adjustments: number;
  held: number;
  released: number;
  carried_in: number;
  carried_out: number;
  payable: number;
};
export type StatementRow = Figures & {
  id: string;
  no: string;
  party_id: string;
  party: string;
  kind: PartyKind;
  own: boolean;
  agreement_id: string;
  agreement: number;
  state: StatementState;
  period_from: string;
  period_to: string;
  due_on: string;
  currency: Currency;
  dispute: string | null;
  content_hash: Buffer | null;
  submitted_by: string | null;
  approval_id: string | null;
  approved_by: string | null;
  approved_at: Date | null;
  created_at: Date;
  version: number;
};
const SELECT = `select s.id, s.no, s.party_id, p.name as party, p.kind, p.own, s.agreement_id, a.no as agreement, s.state, s.period_from::text, s.period_to::text, s.due_on::text, s.currency,
    s.items, s.sales, s.refunds, s.commission, s.fees, s.compensation, s.adjustments, s.held, s.released, s.carried_in, s.carried_out, s.payable,
    s.dispute, s.content_hash, s.submitted_by, s.approval_id, s.approved_by, s.approved_at, s.created_at, s.version
  from payments.settlement_statements s join payments.settlement_parties p on p.org_id = s.org_id and p.id = s.party_id
  join payments.settlement_agreements a on a.org_id = s.org_id and a.id = s.agreement_id`;

export async function insertStatement(
  tx: Tx,
  ctx: Ctx,
  row: Pick<StatementRow, 'no' | 'party_id' | 'agreement_id' | 'period_from' | 'period_to' | 'due_on' | 'currency'>,
): Promise<string> {
  const id = newId();
  await tx.query(
    `insert into payments.settlement_statements (org_id, id, no, party_id, agreement_id, state, period_from, period_to, due_on, currency, created_at)
     values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10)`,
    [
      tx.orgId,
      id,
      row.no,
      row.party_id,
      row.agreement_id,
      row.period_from,
      row.period_to,
      row.due_on,
      row.currency,
      ctx.now,
    ],
  );
  return id;
}

/** Writes the figures of what is in it, counted anew from its items. Of a statement nobody has submitted. */
export async function countStatement(tx: Tx, id: string): Promise<StatementRow> {
  await tx.query(
    `update payments.settlement_statements s set items = f.items, sales = f.sale, refunds = f.refund, commission = f.commission, fees = f.fee, compensation = f.compensation,
            adjustments = f.adjustment, held = f.hold, released = f.release, carried_in = f.carry_in, carried_out = f.carry_out, payable = f.total, version = version + 1
       from (select count(*)::int as items, coalesce(sum(amount), 0) as total,
                    ${['sale', 'refund', 'commission', 'fee', 'compensation', 'adjustment', 'hold', 'release', 'carry_in', 'carry_out'].map((k) => `coalesce(sum(amount) filter (where kind = '${k}'), 0) as ${k}`).join(', ')}
               from payments.settlement_items where org_id = $1 and statement_id = $2) f
      where s.org_id = $1 and s.id = $2 and s.state in ('draft', 'rejected')`,
    [tx.orgId, id],
  );
  return getStatement(tx, id);
}

export async function getStatement(tx: Tx, id: string): Promise<StatementRow> {
  const row = maybeOne(await tx.query<StatementRow>(`${SELECT} where s.org_id = $1 and s.id = $2`, [tx.orgId, id]));
  if (!row) throw new StatementNotFound({ statementId: id });
  return row;
}

/** In the order of their ids, after their parties where both are locked. */
export async function lockStatements(tx: Tx, ids: readonly string[]): Promise<StatementRow[]> {
  const rows = await tx.query<StatementRow>(
    `${SELECT} where s.org_id = $1 and s.id = any ($2) order by s.id for update of s`,
    [tx.orgId, ids],
  );
  const found = new Set(rows.map((r) => r.id));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new StatementNotFound({ statementId: missing });
  return rows;
}
export const lockStatement = async (tx: Tx, id: string): Promise<StatementRow> => one(await lockStatements(tx, [id]));

/** Changes the state, with its line in the history. `submitted` is the request another person decides; null takes it back. */
export async function moveStatement(
  tx: Tx,
  ctx: Ctx,
  row: StatementRow,
  move: { event: string; state: StatementState; note?: string; submitted?: string | null; approved?: boolean },
): Promise<StatementRow> {
  await tx.query(
    `update payments.settlement_statements set state = $3, submitted_by = $4, approval_id = $8, approved_by = case when $5 then $6 else approved_by end,
            approved_at = case when $5 then $7::timestamptz else approved_at end,
            content_hash = case when $5 then payments.statement_hash(org_id, id) else content_hash end, version = version + 1
      where org_id = $1 and id = $2`,
    [
      tx.orgId,
      row.id,
      move.state,
      move.submitted === undefined ? row.submitted_by : move.submitted && ctx.actor.id,
      move.approved ?? false,
      ctx.actor.id,
      ctx.now,
      move.submitted === undefined ? row.approval_id : move.submitted,
    ],
  );
  await noteStatement(tx, ctx, row.id, { event: move.event, state: move.state, note: move.note ?? '' });
  return getStatement(tx, row.id);
}

export async function saveDispute(tx: Tx, row: StatementRow, dispute: string | null): Promise<void> {
  await tx.query(
    'update payments.settlement_statements set dispute = $3, version = version + 1 where org_id = $1 and id = $2',
    [tx.orgId, row.id, dispute],
  );
}

export async function noteStatement(
  tx: Tx,
  ctx: Ctx,
  statementId: string,
  move: { event: string; state: StatementState; note: string },
): Promise<void> {
  await tx.query(
    `insert into payments.settlement_moves (org_id, id, statement_id, event, state, note, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.orgId, newId(), statementId, move.event, move.state, move.note, ctx.actor.id, ctx.now],
  );
}

export type MoveRow = { event: string; state: StatementState; note: string; by: string; at: Date };
export const movesOfStatement = (tx: Tx, id: string): Promise<MoveRow[]> =>
  tx.query<MoveRow>(
    'select event, state, note, by, at from payments.settlement_moves where org_id = $1 and statement_id = $2 order by id',
    [tx.orgId, id],
  );

export type StatementFilter = {
  states?: readonly string[] | undefined;
  partyId?: string | undefined;
  kind?: PartyKind | undefined;
  from?: string | undefined;
  to?: string | undefined;
  disputed?: boolean | undefined;
  q?: string | undefined;
};
const WHERE = `s.org_id = $1 and ($2::text[] is null or s.state = any ($2)) and ($3::uuid is null or s.party_id = $3) and ($4::text is null or p.kind = $4)
   and ($5::date is null or s.period_to >= $5) and ($6::date is null or s.period_from <= $6) and ($7::boolean is null or (s.dispute is not null) = $7)
   and ($8::text is null or s.no = $8 or strpos(lower(p.name), lower($8)) > 0)`;
const valuesOf = (tx: Tx, by: StatementFilter): unknown[] => [
  tx.orgId,
  by.states ?? null,
  by.partyId ?? null,
  by.kind ?? null,
  by.from ?? null,
  by.to ?? null,
  by.disputed ?? null,
  by.q ?? null,
];

/** Newest first. */
export const listStatements = (
  tx: Tx,
  by: StatementFilter & { before?: string | undefined; limit: number },
): Promise<StatementRow[]> =>
  tx.query<StatementRow>(`${SELECT} where ${WHERE} and ($9::uuid is null or s.id < $9) order by s.id desc limit $10`, [
    ...valuesOf(tx, by),
    by.before ?? null,
    by.limit,
  ]);

export type StateCount = { state: StatementState; currency: string; count: number; payable: number };
export const countStatements = (tx: Tx, by: StatementFilter): Promise<StateCount[]> =>
  tx.query<StateCount>(
    `select s.state, s.currency, count(*)::int as count, sum(s.payable)::bigint as payable from payments.settlement_statements s
       join payments.settlement_parties p on p.org_id = s.org_id and p.id = s.party_id where ${WHERE} group by 1, 2 order by 1, 2`,
    valuesOf(tx, by),
  );
