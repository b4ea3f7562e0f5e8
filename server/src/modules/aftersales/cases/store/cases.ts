import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import type { Currency } from '#kernel/money.ts';
import type { PolicyAnswer, PolicyDecision, Reason } from '../../policies/index.ts';
import type { BreakdownItem } from '../domain/allocate.ts';
import { type CaseEvent, type CaseKind, type CaseState, ENDED } from '../domain/flow.ts';
import { CaseNotFound } from '../errors.ts';

export type DueKind = 'answer' | 'send' | 'remind' | 'arrive' | 'quote' | 'follow_up' | 'fee';
/** What an exchange or a reship is to send for units of a line. */
export type Wanted = {
  lineId: string;
  sku: string;
  quantity: number;
  /** What the units given up were worth when it was agreed, and how much of that the new ones cost; minor units. */
  value?: number;
  credit?: number;
};
export type Verdict = { verdict: 'uphold' | 'overrule'; note: string; by: string; at: string };

/** What carrying a case out did to accounts of lines, to be undone when its refund fails. */
export type Effects = {
  withheld: { lineId: string; amount: number }[];
  gifts: { lineId: string; units: number }[];
};

export type CaseRow = {
  id: string;
  no: string;
  order_id: string;
  order_no: string;
  shop_id: string;
  customer_id: string;
  kind: CaseKind;
  state: CaseState;
  ended: boolean;
  reason: Reason;
  said: string | null;
  description: string;
  by_customer: boolean;
  vip: boolean;
  owner_id: string | null;
  currency: Currency;
  policy: PolicyAnswer & { texts?: PolicyDecision['texts'] };
  goodwill: 'asked' | 'granted' | 'refused' | null;
  diagnosis: string | null;
  note: string | null;
  agreed_amount: number | null;
  refund_amount: number | null;
  breakdown: BreakdownItem[];
  instant_amount: number;
  /** Whether its units are taken and not settled. */
  holds_units: boolean;
  effects: Effects | null;
  carrier: string | null;
  waybill_no: string | null;
  pickup_id: string | null;
  warehouse_id: string | null;
  sent_back_carrier: string | null;
  sent_back_waybill: string | null;
  replacement_id: string | null;
  wanted: Wanted[];
  quote_amount: number | null;
  quote_note: string | null;
  fee_reference: string | null;
  opened_at: Date;
  opened_by: string;
  accepted_at: Date | null;
  diagnosed_at: Date | null;
  agreed_at: Date | null;
  executed_at: Date | null;
  followed_up_at: Date | null;
  follow_up: string | null;
  satisfied: boolean | null;
  shipped_at: Date | null;
  received_at: Date | null;
  ended_at: Date | null;
  due_at: Date | null;
  due_kind: DueKind | null;
  escalated_from: CaseState | null;
  verdict: Verdict | null;
  version: number;
};
export const CASE_COLUMNS = `id, no, order_id, order_no, shop_id, customer_id, kind, state, ended, reason, said, description, by_customer, vip, owner_id, currency, policy, goodwill,
  diagnosis, note, agreed_amount, refund_amount, breakdown, instant_amount, holds_units, effects, carrier, waybill_no, pickup_id, warehouse_id, sent_back_carrier, sent_back_waybill, replacement_id, wanted,
  quote_amount, quote_note, fee_reference, opened_at, opened_by, accepted_at, diagnosed_at, agreed_at, executed_at, followed_up_at, follow_up, satisfied, shipped_at, received_at,
  ended_at, due_at, due_kind, escalated_from, verdict, version`;
const SELECT = `select ${CASE_COLUMNS} from aftersales.cases where org_id = $1`;

export async function findCase(tx: Tx, id: string): Promise<CaseRow | undefined> {
  return maybeOne(await tx.query<CaseRow>(`${SELECT} and id = $2`, [tx.orgId, id]));
}

/** @throws CaseNotFound */
export async function getCase(tx: Tx, id: string): Promise<CaseRow> {
  const row = await findCase(tx, id);
  if (!row) throw new CaseNotFound({ caseId: id });
  return row;
}

/** The row lock; the caller holds the locks of the orders already. @throws CaseNotFound */
export async function lockCaseRow(tx: Tx, id: string): Promise<CaseRow> {
  const row = maybeOne(await tx.query<CaseRow>(`${SELECT} and id = $2 for update`, [tx.orgId, id]));
  if (!row) throw new CaseNotFound({ caseId: id });
  return row;
}

/** Cases of an order, newest first. */
export const casesOfOrder = (tx: Tx, orderId: string): Promise<CaseRow[]> =>
  tx.query<CaseRow>(`${SELECT} and order_id = $2 order by id desc limit 200`, [tx.orgId, orderId]);

/** Cases of orders that are not at their end, in the order of their orders. */
export const openCasesOf = (tx: Tx, orderIds: readonly string[]): Promise<CaseRow[]> =>
  tx.query<CaseRow>(`${SELECT} and order_id = any ($2) and not ended order by order_id, id`, [tx.orgId, orderIds]);

/** Cases that replacement orders were made for. */
export const casesReplacedBy = (tx: Tx, orderIds: readonly string[]): Promise<CaseRow[]> =>
  tx.query<CaseRow>(`${SELECT} and replacement_id = any ($2) order by order_id, id`, [tx.orgId, orderIds]);

export type NewCase = Pick<
  CaseRow,
  | 'id'
  | 'no'
  | 'order_id'
  | 'order_no'
  | 'shop_id'
  | 'customer_id'
  | 'kind'
  | 'reason'
  | 'said'
  | 'description'
  | 'by_customer'
  | 'vip'
  | 'owner_id'
  | 'currency'
  | 'policy'
  | 'wanted'
  | 'warehouse_id'
  | 'due_at'
  | 'holds_units'
>;

export async function insertCase(tx: Tx, ctx: Ctx, row: NewCase): Promise<CaseRow> {
  const fields = Object.keys(row) as (keyof NewCase)[];
  const params = fields.map((f) => (f === 'policy' || f === 'wanted' ? JSON.stringify(row[f]) : row[f]));
  const rows = await tx.query<CaseRow>(
    `insert into aftersales.cases (org_id, state, opened_at, opened_by, due_kind, ${fields.join(', ')})
     values ($1, 'submitted', $2, $3, 'answer', ${fields.map((_, i) => `$${i + 4}`).join(', ')}) returning ${CASE_COLUMNS}`,
    [tx.orgId, ctx.now, ctx.actor.id, ...params],
  );
  return rows[0] as CaseRow;
}

export type CasePatch = Partial<Omit<CaseRow, 'id' | 'no' | 'order_id' | 'version' | 'ended' | 'ended_at'>>;
const JSON_FIELDS = new Set<string>(['policy', 'breakdown', 'wanted', 'verdict', 'effects']);

/** Saves fields of a locked case. @throws PreconditionFailed when the row is no longer the one that was read. */
export async function saveCase(tx: Tx, ctx: Ctx, row: CaseRow, patch: CasePatch): Promise<CaseRow> {
  const ended = ENDED.has(patch.state ?? row.state);
  const all = {
    ...patch,
    ended,
    ended_at: ended ? (row.ended_at ?? ctx.now) : null,
  };
  const fields = Object.keys(all) as (keyof typeof all)[];
  const done = await tx.query(
    `update aftersales.cases set ${fields.map((f, i) => `${f} = $${i + 4}`).join(', ')}, version = version + 1
      where org_id = $1 and id = $2 and version = $3 returning 1`,
    [
      tx.orgId,
      row.id,
      row.version,
      ...fields.map((f) => (JSON_FIELDS.has(f) && all[f] !== null ? JSON.stringify(all[f]) : all[f])),
    ],
  );
  if (done.length !== 1) throw new PreconditionFailed({ version: row.version });
  return { ...row, ...all, version: row.version + 1 };
}

/** Writes a step of a case down. */
export async function addMove(
  tx: Tx,
  ctx: Ctx,
  row: Pick<CaseRow, 'id'>,
  move: {
    event: CaseEvent | 'open' | 'accept' | 'diagnose' | 'offer' | 'answer' | 'follow_up';
    was: CaseState;
    state: CaseState;
    note: string;
  },
): Promise<void> {
  await tx.query(
    `insert into aftersales.moves (org_id, case_id, n, event, was, state, note, actor_kind, actor_id, at)
     select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7, $8, $9 from aftersales.moves where org_id = $1 and case_id = $2`,
    [tx.orgId, row.id, move.event, move.was, move.state, move.note, ctx.actor.kind, ctx.actor.id, ctx.now],
  );
}

export type MoveRow = {
  n: number;
  event: string;
  was: CaseState;
  state: CaseState;
  note: string;
  actor_kind: string;
  actor_id: string;
  at: Date;
};

/** Oldest first, at most 500. */
export const movesOf = (tx: Tx, caseId: string): Promise<MoveRow[]> =>
  tx.query<MoveRow>(
    'select n, event, was, state, note, actor_kind, actor_id, at from aftersales.moves where org_id = $1 and case_id = $2 order by n limit 500',
    [tx.orgId, caseId],
  );
