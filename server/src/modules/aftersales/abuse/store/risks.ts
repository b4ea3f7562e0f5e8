import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { RiskState } from '../domain/flow.ts';
import type { Claim, Found, Signal } from '../domain/signals.ts';
import { RiskNotFound } from '../errors.ts';

export type RiskRow = {
  id: string;
  no: string;
  customer_id: string;
  order_id: string;
  shop_id: string;
  state: RiskState;
  opened_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  note: string;
  review_until: Date | null;
  version: number;
};
const COLUMNS =
  'id, no, customer_id, order_id, shop_id, state, opened_at, decided_at, decided_by, note, review_until, version';

/** Whether everything a customer asks for is to be looked at by a person: somebody said so, or a pattern waits to be looked at. */
export async function requiresReview(tx: Tx, customerId: string, now: Date): Promise<boolean> {
  const rows = await tx.prepared(
    `select 1 from aftersales.risk_cases where org_id = $1 and customer_id = $2
        and (state = 'open' or (state = 'review' and (review_until is null or review_until > $3)))`,
    [tx.orgId, customerId, now],
  );
  return rows.length > 0;
}

/** Makes one customer's assessments follow one another. */
export const lockCustomer = async (tx: Tx, customerId: string): Promise<void> =>
  void (await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [`aftersales.risk/${customerId}`]));

/** The customer's that is not dismissed, locked. */
export async function lockAlive(tx: Tx, customerId: string): Promise<RiskRow | undefined> {
  return maybeOne(
    await tx.query<RiskRow>(
      `select ${COLUMNS} from aftersales.risk_cases where org_id = $1 and customer_id = $2 and state <> 'dismissed' for update`,
      [tx.orgId, customerId],
    ),
  );
}

/** When one of the customer's was dismissed last: what was seen before counts no more. */
export async function dismissedAt(tx: Tx, customerId: string): Promise<Date | undefined> {
  const rows = await tx.query<{ decided_at: Date }>(
    `select decided_at from aftersales.risk_cases where org_id = $1 and customer_id = $2 and state = 'dismissed' order by decided_at desc limit 1`,
    [tx.orgId, customerId],
  );
  return rows[0]?.decided_at;
}

export async function insertRisk(
  tx: Tx,
  row: Pick<RiskRow, 'id' | 'no' | 'customer_id' | 'order_id' | 'shop_id' | 'opened_at'>,
): Promise<RiskRow> {
  return one(
    await tx.query<RiskRow>(
      `insert into aftersales.risk_cases (org_id, id, no, customer_id, order_id, shop_id, state, opened_at) values ($1, $2, $3, $4, $5, $6, 'open', $7) returning ${COLUMNS}`,
      [tx.orgId, row.id, row.no, row.customer_id, row.order_id, row.shop_id, row.opened_at],
    ),
  );
}

export async function saveRisk(
  tx: Tx,
  row: RiskRow,
  patch: Partial<Pick<RiskRow, 'state' | 'order_id' | 'decided_at' | 'decided_by' | 'note' | 'review_until'>>,
): Promise<RiskRow> {
  const next = { ...row, ...patch };
  return one(
    await tx.query<RiskRow>(
      `update aftersales.risk_cases set state = $3, order_id = $4, decided_at = $5, decided_by = $6, note = $7, review_until = $8, version = version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, next.state, next.order_id, next.decided_at, next.decided_by, next.note, next.review_until],
    ),
  );
}

/** Returns how many of them are new. */
export async function addEvidence(
  tx: Tx,
  riskId: string,
  caseId: string,
  found: readonly Found[],
  at: Date,
): Promise<number> {
  const rows = await tx.query(
    `insert into aftersales.risk_evidence (org_id, risk_id, signal, case_id, value, threshold, detail, at)
     select $1, $2, f.signal, $3, f.value, f.threshold, f.detail, $5 from jsonb_to_recordset($4::jsonb) as f (signal text, value bigint, threshold bigint, detail text)
     on conflict do nothing returning 1`,
    [tx.orgId, riskId, caseId, JSON.stringify(found), at],
  );
  return rows.length;
}

export type EvidenceRow = {
  risk_id: string;
  signal: Signal;
  case_id: string;
  case_no: string;
  order_id: string;
  order_no: string;
  kind: string;
  value: number;
  threshold: number;
  detail: string;
  at: Date;
};

/** Newest first, at most 200 of each. */
export async function evidenceOf(tx: Tx, riskIds: readonly string[]): Promise<EvidenceRow[]> {
  return tx.query<EvidenceRow>(
    `select e.risk_id, e.signal, e.case_id, c.no as case_no, c.order_id, c.order_no, c.kind, e.value, e.threshold, e.detail, e.at
       from unnest($2::uuid[]) as r (id) cross join lateral (
         select * from aftersales.risk_evidence x where x.org_id = $1 and x.risk_id = r.id order by x.at desc, x.signal limit 200) e
       join aftersales.cases c on c.org_id = $1 and c.id = e.case_id order by e.at desc, e.signal`,
    [tx.orgId, riskIds],
  );
}

/** @throws RiskNotFound */
export async function lockRisk(tx: Tx, id: string): Promise<RiskRow> {
  const row = maybeOne(
    await tx.query<RiskRow>(`select ${COLUMNS} from aftersales.risk_cases where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new RiskNotFound({ risk: id });
  return row;
}

/** @throws RiskNotFound */
export async function getRisk(tx: Tx, id: string): Promise<RiskRow> {
  const row = maybeOne(
    await tx.query<RiskRow>(`select ${COLUMNS} from aftersales.risk_cases where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new RiskNotFound({ risk: id });
  return row;
}

export async function listRisks(
  tx: Tx,
  by: {
    state: RiskState | null;
    customerId: string | null;
    shops: readonly string[] | null;
    before: string | null;
    limit: number;
  },
): Promise<RiskRow[]> {
  return tx.query<RiskRow>(
    `select ${COLUMNS} from aftersales.risk_cases where org_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or customer_id = $3)
        and ($4::uuid[] is null or shop_id = any ($4)) and ($5::uuid is null or id < $5) order by id desc limit $6`,
    [tx.orgId, by.state, by.customerId, by.shops, by.before, by.limit],
  );
}

/** A customer's cases since a moment, newest first; at most 500. */
export async function claimsSince(tx: Tx, customerId: string, since: Date): Promise<Claim[]> {
  const rows = await tx.query<{
    id: string;
    order_id: string;
    kind: string;
    state: string;
    text: string;
    amount: number | null;
  }>(
    `select id, order_id, kind, state, coalesce(said, '') || ' ' || description as text, refund_amount as amount from aftersales.cases
      where customer_id = $2 and org_id = $1 and opened_at >= $3 order by id desc limit 500`,
    [tx.orgId, customerId, since],
  );
  return rows.map((r) => ({ ...r, orderId: r.order_id }));
}

/** Those of the customers who have asked for something since a moment. */
export async function withClaims(tx: Tx, customerIds: readonly string[], since: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select u.id from unnest($2::uuid[]) as u (id) where exists (
       select from aftersales.cases c where c.customer_id = u.id and c.org_id = $1 and c.opened_at >= $3)`,
    [tx.orgId, customerIds, since],
  );
  return rows.map((r) => r.id);
}
