import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { DifferenceNotFound } from '../../errors.ts';
import type { DifferenceAction, DifferenceKind, DifferenceState } from '../domain/difference-flow.ts';

export type DifferenceRow = {
  id: string;
  bill_id: string;
  line: number | null;
  channel: string;
  bill_date: string;
  kind: DifferenceKind;
  subject: 'payment' | 'refund';
  reference: string;
  txn: string;
  payment_id: string | null;
  refund_id: string | null;
  expected_amount: number | null;
  actual_amount: number | null;
  expected_status: string | null;
  actual_status: string | null;
  currency: string;
  occurred_at: Date;
  state: DifferenceState;
  due_on: string | null;
  owner_id: string | null;
  action: DifferenceAction | null;
  reason: string | null;
  proposed_by: string | null;
  proposed_at: Date | null;
  confirmed_by: string | null;
  closed_at: Date | null;
  evidence_bill_id: string | null;
  evidence_line: number | null;
  made_refund_id: string | null;
  created_at: Date;
  version: number;
};

const COLUMNS = `id, bill_id, line, channel, bill_date::text, kind, subject, reference, txn, payment_id, refund_id, expected_amount, actual_amount, expected_status,
  actual_status, currency, occurred_at, state, due_on::text, owner_id, action, reason, proposed_by, proposed_at, confirmed_by, closed_at, evidence_bill_id,
  evidence_line, made_refund_id, created_at, version`;

export async function getDifference(tx: Tx, id: string, lock: '' | 'for update' = ''): Promise<DifferenceRow> {
  const row = maybeOne(
    await tx.query<DifferenceRow>(
      `select ${COLUMNS} from payments.bill_differences where org_id = $1 and id = $2 ${lock}`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new DifferenceNotFound({ differenceId: id });
  return row;
}

/** After the payment's row, where both are locked. */
export const lockDifference = (tx: Tx, id: string): Promise<DifferenceRow> => getDifference(tx, id, 'for update');

export type DifferenceChange = Partial<
  Pick<
    DifferenceRow,
    | 'state'
    | 'owner_id'
    | 'action'
    | 'reason'
    | 'proposed_by'
    | 'proposed_at'
    | 'confirmed_by'
    | 'closed_at'
    | 'made_refund_id'
  >
>;

export async function saveDifference(tx: Tx, row: DifferenceRow, change: DifferenceChange): Promise<DifferenceRow> {
  const next = { ...row, ...change };
  return one(
    await tx.query<DifferenceRow>(
      `update payments.bill_differences set state = $3, owner_id = $4, action = $5, reason = $6, proposed_by = $7, proposed_at = $8, confirmed_by = $9,
              closed_at = $10, made_refund_id = $11, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        next.state,
        next.owner_id,
        next.action,
        next.reason,
        next.proposed_by,
        next.proposed_at,
        next.confirmed_by,
        next.closed_at,
        next.made_refund_id,
      ],
    ),
  );
}

export async function noteMove(
  tx: Tx,
  ctx: Ctx,
  move: { differenceId: string; event: string; state: DifferenceState; note: string; fileIds?: readonly string[] },
): Promise<void> {
  await tx.query(
    `insert into payments.bill_difference_moves (org_id, id, difference_id, event, state, note, file_ids, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.orgId,
      newId(),
      move.differenceId,
      move.event,
      move.state,
      move.note,
      move.fileIds ?? [],
      ctx.actor.id,
      ctx.now,
    ],
  );
}

export type MoveRow = { event: string; state: DifferenceState; note: string; file_ids: string[]; by: string; at: Date };

/** Newest first; a work item has few. */
export const movesOf = (tx: Tx, differenceId: string): Promise<MoveRow[]> =>
  tx.query<MoveRow>(
    `select event, state, note, file_ids, by, at from payments.bill_difference_moves where org_id = $1 and difference_id = $2 order by id desc limit 200`,
    [tx.orgId, differenceId],
  );

export type DifferenceFilter = {
  billId?: string | undefined;
  channel?: string | undefined;
  kind?: string | undefined;
  /** `unsettled`: open, proposed or parked. */
  state?: string | undefined;
  ownerId?: string | undefined;
  billDate?: string | undefined;
  q?: string | undefined;
};

const WHERE = `org_id = $1 and ($2::uuid is null or bill_id = $2) and ($3::text is null or channel = $3) and ($4::text is null or kind = $4)
  and ($5::text is null or state = $5 or ($5 = 'unsettled' and state in ('open', 'proposed', 'parked'))) and ($6::text is null or owner_id = $6)
  and ($7::date is null or bill_date = $7) and ($8::text is null or reference = $8 or txn = $8)`;
const params = (tx: Tx, f: DifferenceFilter): unknown[] => [
  tx.orgId,
  f.billId ?? null,
  f.channel ?? null,
  f.kind ?? null,
  f.state ?? null,
  f.ownerId ?? null,
  f.billDate ?? null,
  f.q ?? null,
];

/** `order`: as they came to light, or the newest first. */
export async function listDifferences(
  tx: Tx,
  filter: DifferenceFilter & { at?: string | undefined; order: 'oldest' | 'newest'; limit: number },
): Promise<DifferenceRow[]> {
  const [than, way] = filter.order === 'oldest' ? ['>', 'asc'] : ['<', 'desc'];
  return tx.query<DifferenceRow>(
    `select ${COLUMNS} from payments.bill_differences where ${WHERE} and ($9::uuid is null or id ${than} $9) order by id ${way} limit $10`,
    [...params(tx, filter), filter.at ?? null, filter.limit],
  );
}

export type DifferenceCount = { kind: DifferenceKind; state: DifferenceState; count: number };

export const countDifferences = (tx: Tx, filter: DifferenceFilter): Promise<DifferenceCount[]> =>
  tx.query<DifferenceCount>(
    `select kind, state, count(*)::integer as count from payments.bill_differences where ${WHERE} group by 1, 2 order by 1, 2`,
    params(tx, filter),
  );

/** The least id made at a moment: ids begin with their time. */
function firstIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

export type Suggestion = {
  paymentId: string;
  paymentNo: string;
  amount: number;
  currency: string;
  at: Date;
  status: string;
};

/** Payments of the same amount at about the same time. A person decides: amount and time never match by themselves. */
export async function suggestionsFor(tx: Tx, row: DifferenceRow): Promise<Suggestion[]> {
  if (row.kind !== 'channel_only' || row.subject !== 'payment') return [];
  return tx.query<Suggestion>(
    `select p.id as "paymentId", p.no as "paymentNo", p.amount, p.currency, coalesce(p.settled_at, p.created_at) as at, p.status from payments.payments p
      where p.org_id = $1 and p.amount = $2 and p.currency = $3 and p.id between $4 and $5
        and not exists (select from payments.bill_lines l where l.org_id = p.org_id and l.local_id = p.id) order by p.id desc limit 5`,
    [
      tx.orgId,
      row.actual_amount,
      row.currency,
      firstIdAt(row.occurred_at.getTime() - DAY_MS),
      firstIdAt(row.occurred_at.getTime() + HOUR_MS),
    ],
  );
}
