import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { PayoutBatchNotFound, PayoutNotFound } from '../../errors.ts';
import type { PayoutState } from '../domain/payout-flow.ts';

export type BatchRow = {
  id: string;
  no: string;
  currency: string;
  payouts: number;
  amount: number;
  paying: number;
  paid: number;
  failed: number;
  created_at: Date;
  created_by: string;
};
export type PayoutRow = {
  id: string;
  no: string;
  batch_id: string;
  statement_id: string;
  statement_no: string;
  party_id: string;
  party: string;
  account_id: string;
  amount: number;
  currency: string;
  state: PayoutState;
  reference: string | null;
  reason: string | null;
  settled_at: Date | null;
  version: number;
};

export async function insertBatch(
  tx: Tx,
  ctx: Ctx,
  row: { id: string; no: string; currency: string; payouts: number; amount: number },
): Promise<void> {
  await tx.query(
    'insert into payments.payout_batches (org_id, id, no, currency, payouts, amount, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [tx.orgId, row.id, row.no, row.currency, row.payouts, row.amount, ctx.now, ctx.actor.id],
  );
}

export async function insertPayout(
  tx: Tx,
  row: Pick<PayoutRow, 'id' | 'no' | 'batch_id' | 'statement_id' | 'party_id' | 'account_id' | 'amount' | 'currency'>,
): Promise<void> {
  await tx.query(
    `insert into payments.payouts (org_id, id, no, batch_id, statement_id, party_id, account_id, amount, currency, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'paying')`,
    [tx.orgId, row.id, row.no, row.batch_id, row.statement_id, row.party_id, row.account_id, row.amount, row.currency],
  );
}

const BATCH = `select b.id, b.no, b.currency, b.payouts, b.amount, b.created_at, b.created_by, s.paying, s.paid, s.failed
  from payments.payout_batches b cross join lateral (select count(*) filter (where state = 'paying')::int as paying, count(*) filter (where state = 'paid')::int as paid,
    count(*) filter (where state = 'failed')::int as failed from payments.payouts p where p.org_id = b.org_id and p.batch_id = b.id) s`;

export async function getBatch(tx: Tx, id: string): Promise<BatchRow> {
  const row = maybeOne(await tx.query<BatchRow>(`${BATCH} where b.org_id = $1 and b.id = $2`, [tx.orgId, id]));
  if (!row) throw new PayoutBatchNotFound({ batchId: id });
  return row;
}

/** Newest first. `open`: with payments the bank has not answered. */
export const listBatches = (
  tx: Tx,
  by: { open?: boolean | undefined; before?: string | undefined; limit: number },
): Promise<BatchRow[]> =>
  tx.query<BatchRow>(
    `${BATCH} where b.org_id = $1 and ($2::boolean is null or (s.paying > 0) = $2) and ($3::uuid is null or b.id < $3) order by b.id desc limit $4`,
    [tx.orgId, by.open ?? null, by.before ?? null, by.limit],
  );

const PAYOUT = `select p.id, p.no, p.batch_id, p.statement_id, s.no as statement_no, p.party_id, y.name as party, p.account_id, p.amount, p.currency, p.state, p.reference, p.reason, p.settled_at, p.version
  from payments.payouts p join payments.settlement_statements s on s.org_id = p.org_id and s.id = p.statement_id
  join payments.settlement_parties y on y.org_id = p.org_id and y.id = p.party_id`;

export const payoutsOfBatch = (tx: Tx, batchId: string): Promise<PayoutRow[]> =>
  tx.query<PayoutRow>(`${PAYOUT} where p.org_id = $1 and p.batch_id = $2 order by p.id`, [tx.orgId, batchId]);

export const payoutsOfStatement = (tx: Tx, statementId: string): Promise<PayoutRow[]> =>
  tx.query<PayoutRow>(`${PAYOUT} where p.org_id = $1 and p.statement_id = $2 order by p.id`, [tx.orgId, statementId]);

/** Without a lock: the statement is locked before it. */
export async function getPayout(tx: Tx, by: { id: string } | { no: string }): Promise<PayoutRow> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['no', by.no];
  const row = maybeOne(
    await tx.query<PayoutRow>(`${PAYOUT} where p.org_id = $1 and p.${column} = $2`, [tx.orgId, value]),
  );
  if (!row) throw new PayoutNotFound({ payout: value });
  return row;
}

/** After its statement. */
export const lockPayout = async (tx: Tx, id: string): Promise<PayoutRow> =>
  one(await tx.query<PayoutRow>(`${PAYOUT} where p.org_id = $1 and p.id = $2 for update of p`, [tx.orgId, id]));

export async function savePayout(
  tx: Tx,
  ctx: Ctx,
  row: PayoutRow,
  end: { state: PayoutState; reference: string | null; reason: string | null },
): Promise<void> {
  await tx.query(
    'update payments.payouts set state = $3, reference = $4, reason = $5, settled_at = $6, settled_by = $7, version = version + 1 where org_id = $1 and id = $2',
    [tx.orgId, row.id, end.state, end.reference, end.reason, ctx.now, ctx.actor.id],
  );
}
