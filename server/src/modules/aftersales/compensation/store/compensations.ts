import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import type { CompensationState, Kind, Severity } from '../domain/authority.ts';
import { CompensationNotFound } from '../errors.ts';

export type CompensationRow = {
  id: string;
  no: string;
  order_id: string;
  shop_id: string;
  customer_id: string;
  case_id: string | null;
  kind: Kind;
  reason: string;
  severity: Severity;
  note: string;
  value: number;
  currency: Currency;
  points: number | null;
  offer_id: string | null;
  offer_code: string | null;
  coupon_code: string | null;
  coupon_expires_at: Date | null;
  lines: { lineId: string; quantity: number }[] | null;
  replacement_order_id: string | null;
  state: CompensationState;
  beyond_limit: boolean;
  beyond_budget: boolean;
  paid: number;
  channel_open: number;
  payout_open: number;
  refund_ids: string[];
  roles: string[];
  policy_version: number;
  clause: string;
  requested_by: string;
  requested_at: Date;
  approval_id: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  done_at: Date | null;
  payee_sealed: Buffer | null;
  payee_shown: string | null;
  revoked_at: Date | null;
  revoked_by: string | null;
  revoke_note: string | null;
  version: number;
};
const COLUMNS = `id, no, order_id, shop_id, customer_id, case_id, kind, reason, severity, note, value, currency, points, offer_id, offer_code, coupon_code,
  coupon_expires_at, lines, replacement_order_id, state, beyond_limit, beyond_budget, paid, channel_open, payout_open, refund_ids, roles, policy_version,
  clause, requested_by, requested_at, approval_id, decided_by, decided_at, done_at, payee_sealed, payee_shown,
  revoked_at, revoked_by, revoke_note, version`;

/** As it is asked for: nothing is decided yet. */
export type NewCompensation = Pick<
  CompensationRow,
  | 'id'
  | 'no'
  | 'order_id'
  | 'shop_id'
  | 'customer_id'
  | 'case_id'
  | 'kind'
  | 'reason'
  | 'severity'
  | 'note'
  | 'value'
  | 'currency'
  | 'points'
  | 'offer_id'
  | 'offer_code'
  | 'lines'
  | 'beyond_limit'
  | 'beyond_budget'
  | 'roles'
  | 'policy_version'
  | 'clause'
  | 'requested_by'
  | 'requested_at'
>;

export async function insertCompensation(tx: Tx, row: NewCompensation): Promise<CompensationRow> {
  return one(
    await tx.query<CompensationRow>(
      `insert into aftersales.compensations (org_id, id, no, order_id, shop_id, customer_id, case_id, kind, reason, severity, note, value, currency, points,
         offer_id, offer_code, lines, beyond_limit, beyond_budget, roles, policy_version, clause, requested_by, requested_at, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 'requested') returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        row.no,
        row.order_id,
        row.shop_id,
        row.customer_id,
        row.case_id,
        row.kind,
        row.reason,
        row.severity,
        row.note,
        row.value,
        row.currency,
        row.points,
        row.offer_id,
        row.offer_code,
        row.lines && JSON.stringify(row.lines),
        row.beyond_limit,
        row.beyond_budget,
        row.roles,
        row.policy_version,
        row.clause,
        row.requested_by,
        row.requested_at,
      ],
    ),
  );
}

/** By id or number. @throws CompensationNotFound */
export async function getCompensation(tx: Tx, ref: string): Promise<CompensationRow> {
  const column = isUuid(ref) ? 'id' : 'no';
  const row = maybeOne(
    await tx.query<CompensationRow>(
      `select ${COLUMNS} from aftersales.compensations where org_id = $1 and ${column} = $2`,
      [tx.orgId, ref],
    ),
  );
  if (!row) throw new CompensationNotFound({ compensation: ref });
  return row;
}

/** After the order's row, where both are locked. @throws CompensationNotFound */
export async function lockCompensation(tx: Tx, id: string): Promise<CompensationRow> {
  const row = maybeOne(
    await tx.query<CompensationRow>(
      `select ${COLUMNS} from aftersales.compensations where org_id = $1 and id = $2 for update`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new CompensationNotFound({ compensation: id });
  return row;
}

export type CompensationPatch = Partial<
  Pick<
    CompensationRow,
    | 'state'
    | 'approval_id'
    | 'decided_by'
    | 'decided_at'
    | 'done_at'
    | 'coupon_code'
    | 'coupon_expires_at'
    | 'replacement_order_id'
    | 'paid'
    | 'channel_open'
    | 'payout_open'
    | 'refund_ids'
    | 'payee_sealed'
    | 'payee_shown'
    | 'revoked_at'
    | 'revoked_by'
    | 'revoke_note'
  >
>;

/** The caller holds the row's lock. */
export async function saveCompensation(
  tx: Tx,
  row: CompensationRow,
  patch: CompensationPatch,
): Promise<CompensationRow> {
  const fields = Object.keys(patch) as (keyof CompensationPatch)[];
  const sets = fields.map((f, i) => `${f} = $${i + 3}`).join(', ');
  return one(
    await tx.query<CompensationRow>(
      `update aftersales.compensations set ${sets}, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, ...fields.map((f) => patch[f])],
    ),
  );
}

/** What an order was given, or is to be, of a kind: all but what was rejected or taken back. Minor units. The caller holds the order's lock. */
export async function givenBefore(tx: Tx, orderId: string, kind: Kind): Promise<number> {
  return one(
    await tx.query<{ value: number }>(
      `select coalesce(sum(value), 0)::bigint as value from aftersales.compensations
        where org_id = $1 and order_id = $2 and kind = $3 and state not in ('rejected', 'revoked')`,
      [tx.orgId, orderId, kind],
    ),
  ).value;
}

/** The one a refund is of. */
export async function compensationOfRefund(tx: Tx, refundId: string): Promise<CompensationRow | undefined> {
  return maybeOne(
    await tx.query<CompensationRow>(
      `select ${COLUMNS} from aftersales.compensations where org_id = $1 and refund_ids @> array[$2]::uuid[]`,
      [tx.orgId, refundId],
    ),
  );
}

export async function listCompensations(
  tx: Tx,
  by: {
    orderId: string | null;
    state: CompensationState | null;
    kind: Kind | null;
    toPay: boolean;
    shops: readonly string[] | null;
    before: string | null;
    limit: number;
  },
): Promise<CompensationRow[]> {
  return tx.query<CompensationRow>(
    `select ${COLUMNS} from aftersales.compensations where org_id = $1 and ($2::uuid is null or order_id = $2) and ($3::text is null or state = $3)
        and ($4::text is null or kind = $4) and (not $5::boolean or payout_open > 0) and ($6::uuid[] is null or shop_id = any ($6))
        and ($7::uuid is null or id < $7) order by id desc limit $8`,
    [tx.orgId, by.orderId, by.state, by.kind, by.toPay, by.shops, by.before, by.limit],
  );
}

/** Those given, or asked for, for a case; without what was taken back. */
export async function ofCase(tx: Tx, caseId: string): Promise<CompensationRow[]> {
  return tx.query<CompensationRow>(
    `select ${COLUMNS} from aftersales.compensations where org_id = $1 and case_id = $2 and state <> 'revoked' order by id`,
    [tx.orgId, caseId],
  );
}
