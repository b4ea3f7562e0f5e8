import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import type { Currency } from '#kernel/money.ts';
import { membershipSettings } from '#modules/customers/index.ts';
import type { ClaimKind, ClaimState } from '../domain/flow.ts';
import type { Report, Verdict } from '../domain/report.ts';
import { ClaimNotFound } from '../errors.ts';

/** What somebody asked to have done about a claim. */
export type Correction = {
  refund: number;
  points: number;
  sendGift: boolean;
  note: string;
  /** What the report came to when it was asked for. */
  due: { amount: number; points: number };
};

export type ClaimRow = {
  id: string;
  no: string;
  order_id: string;
  order_no: string;
  shop_id: string;
  customer_id: string;
  kind: ClaimKind;
  state: ClaimState;
  offer_code: string | null;
  coupon_code: string | null;
  note: string;
  verdict: Verdict;
  currency: Currency;
  difference: number;
  opened_at: Date;
  opened_by_kind: string;
  opened_by: string;
  due_at: Date;
  missed_at: Date | null;
  asked: Correction | null;
  refunded_amount: number | null;
  granted_points: number | null;
  exception_id: string | null;
  answer: string | null;
  resolved_at: Date | null;
  resolved_by: string | null;
  version: number;
};
export const CLAIM_COLUMNS = `id, no, order_id, order_no, shop_id, customer_id, kind, state, offer_code, coupon_code, note, verdict, currency, difference, opened_at, opened_by_kind,
  opened_by, due_at, missed_at, asked, refunded_amount, granted_points, exception_id, answer, resolved_at, resolved_by, version`;

/** @throws ClaimNotFound. */
export async function getClaim(tx: Tx, id: string): Promise<ClaimRow> {
  const row = maybeOne(
    await tx.query<ClaimRow>(`select ${CLAIM_COLUMNS} from orders.claims where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ClaimNotFound({ claimId: id });
  return row;
}

/** The row lock; the caller holds the locks of the orders already. @throws ClaimNotFound. */
export async function lockClaim(tx: Tx, id: string): Promise<ClaimRow> {
  const row = maybeOne(
    await tx.query<ClaimRow>(`select ${CLAIM_COLUMNS} from orders.claims where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ClaimNotFound({ claimId: id });
  return row;
}

/** The report of a claim, as it was computed when it was made. */
export async function reportOf(tx: Tx, id: string): Promise<Report> {
  const row = one(
    await tx.query<{ report: string }>('select report from orders.claims where org_id = $1 and id = $2', [
      tx.orgId,
      id,
    ]),
  );
  return JSON.parse(row.report) as Report;
}

/** An open claim about the same, if there is one. */
export async function openTwin(
  tx: Tx,
  claim: Pick<ClaimRow, 'order_id' | 'kind' | 'offer_code' | 'coupon_code'>,
): Promise<{ id: string; no: string } | undefined> {
  return maybeOne(
    await tx.query<{ id: string; no: string }>(
      `select id, no from orders.claims where org_id = $1 and order_id = $2 and kind = $3
          and coalesce(offer_code, '') = $4 and coalesce(coupon_code, '') = $5 and resolved_at is null`,
      [tx.orgId, claim.order_id, claim.kind, claim.offer_code ?? '', claim.coupon_code ?? ''],
    ),
  );
}

/** How many claims about the order are open. */
export async function countOpen(tx: Tx, orderId: string): Promise<number> {
  return one(
    await tx.query<{ n: number }>(
      'select count(*) as n from orders.claims where org_id = $1 and order_id = $2 and resolved_at is null',
      [tx.orgId, orderId],
    ),
  ).n;
}

export type NewClaim = Pick<
  ClaimRow,
  | 'id'
  | 'no'
  | 'order_id'
  | 'order_no'
  | 'shop_id'
  | 'customer_id'
  | 'kind'
  | 'offer_code'
  | 'coupon_code'
  | 'note'
  | 'currency'
  | 'opened_at'
  | 'opened_by_kind'
  | 'opened_by'
  | 'due_at'
>;

export async function insertClaim(tx: Tx, row: NewClaim, report: Report): Promise<void> {
  await tx.query(
    `insert into orders.claims (org_id, id, no, order_id, shop_id, customer_id, kind, state, offer_code, coupon_code, note, verdict, currency, difference, report,
       opened_at, opened_by_kind, opened_by, due_at, order_no)
     values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      tx.orgId,
      row.id,
      row.no,
      row.order_id,
      row.shop_id,
      row.customer_id,
      row.kind,
      row.offer_code,
      row.coupon_code,
      row.note,
      report.verdict,
      row.currency,
      report.totals.charged.total - report.totals.rules.total,
      JSON.stringify(report),
      row.opened_at,
      row.opened_by_kind,
      row.opened_by,
      row.due_at,
      row.order_no,
    ],
  );
}

export type ClaimPatch = Partial<
  Pick<
    ClaimRow,
    | 'state'
    | 'missed_at'
    | 'asked'
    | 'refunded_amount'
    | 'granted_points'
    | 'exception_id'
    | 'answer'
    | 'resolved_at'
    | 'resolved_by'
  >
>;

/** Saves fields of a locked claim. @throws PreconditionFailed when the row is no longer the one that was read. */
export async function saveClaim(tx: Tx, row: ClaimRow, patch: ClaimPatch): Promise<ClaimRow> {
  const fields = Object.keys(patch) as (keyof ClaimPatch)[];
  const value = (f: keyof ClaimPatch): unknown => (f === 'asked' ? JSON.stringify(patch.asked) : patch[f]);
  const done = await tx.query(
    `update orders.claims set ${fields.map((f, i) => `${f} = $${i + 4}`).join(', ')}, version = version + 1
      where org_id = $1 and id = $2 and version = $3 returning 1`,
    [tx.orgId, row.id, row.version, ...fields.map(value)],
  );
  if (done.length !== 1) throw new PreconditionFailed({ version: row.version });
  return { ...row, ...patch, version: row.version + 1 };
}

/**
 * What claims about the order were given before: money, and points given in its stead by what they are worth; and points that
 * were missing.
 */
export async function correctedBefore(tx: Tx, orderId: string): Promise<{ amount: number; points: number }> {
  const { pointValue } = await membershipSettings.get(tx);
  const sums = one(
    await tx.query<{ money: number; instead: number; points: number }>(
      `select coalesce(sum(refunded_amount), 0)::bigint as money,
              coalesce(sum(granted_points) filter (where kind not in ('points_missing', 'gift_missing')), 0)::bigint as instead,
              coalesce(sum(granted_points) filter (where kind = 'points_missing'), 0)::bigint as points
         from orders.claims where org_id = $1 and order_id = $2 and state = 'corrected'`,
      [tx.orgId, orderId],
    ),
  );
  return { amount: sums.money + sums.instead * pointValue, points: sums.points };
}

/** The request for approval that waits for a claim. */
export async function pendingApproval(
  tx: Tx,
  kind: string,
  claimIds: readonly string[],
  now: Date,
): Promise<Map<string, { id: string; requestedAt: Date; expiresAt: Date; requestedBy: string }>> {
  const rows = await tx.query<{ id: string; subject: string; at: Date; until: Date; by: string }>(
    `select id, subject, requested_at as at, expires_at as until, requested_by as by from kernel.approvals
      where org_id = $1 and kind = $2 and subject = any ($3) and state = 'pending' and expires_at > $4`,
    [tx.orgId, kind, claimIds, now],
  );
  return new Map(rows.map((r) => [r.subject, { id: r.id, requestedAt: r.at, expiresAt: r.until, requestedBy: r.by }]));
}
