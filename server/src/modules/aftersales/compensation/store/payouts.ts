import { maybeOne, type Tx } from '#kernel/db/index.ts';

export type PayoutRow = {
  id: string;
  compensation_id: string;
  amount: number;
  currency: string;
  reference: string;
  note: string;
  payee_sealed: Buffer | null;
  payee_shown: string | null;
  state: 'proposed' | 'confirmed' | 'rejected';
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
};
const COLUMNS =
  'id, compensation_id, amount, currency, reference, note, payee_sealed, payee_shown, state, proposed_by, proposed_at, decided_by, decided_at';

/** Undefined: one is proposed already, or the reference stands for another. */
export async function insertPayout(
  tx: Tx,
  row: Omit<PayoutRow, 'state' | 'decided_by' | 'decided_at'>,
): Promise<PayoutRow | undefined> {
  return maybeOne(
    await tx.query<PayoutRow>(
      `insert into aftersales.compensation_payouts (org_id, id, compensation_id, amount, currency, reference, note, state, proposed_by, proposed_at, payee_sealed, payee_shown)
       values ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10, $11) on conflict do nothing returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        row.compensation_id,
        row.amount,
        row.currency,
        row.reference,
        row.note,
        row.proposed_by,
        row.proposed_at,
        row.payee_sealed,
        row.payee_shown,
      ],
    ),
  );
}

/** Whether one waits to be confirmed. */
export const hasProposed = async (tx: Tx, compensationId: string): Promise<boolean> =>
  (
    await tx.query(
      `select 1 from aftersales.compensation_payouts where org_id = $1 and compensation_id = $2 and state = 'proposed'`,
      [tx.orgId, compensationId],
    )
  ).length > 0;

/** Ends the one that is proposed; undefined when there is none. */
export async function decidePayout(
  tx: Tx,
  compensationId: string,
  by: { state: 'confirmed' | 'rejected'; actor: string; at: Date },
): Promise<PayoutRow | undefined> {
  return maybeOne(
    await tx.query<PayoutRow>(
      `update aftersales.compensation_payouts set state = $3, decided_by = $4, decided_at = $5
        where org_id = $1 and compensation_id = $2 and state = 'proposed' returning ${COLUMNS}`,
      [tx.orgId, compensationId, by.state, by.actor, by.at],
    ),
  );
}

/** Of several compensations, oldest first. */
export async function payoutsOf(tx: Tx, compensationIds: readonly string[]): Promise<PayoutRow[]> {
  return tx.query<PayoutRow>(
    `select ${COLUMNS} from aftersales.compensation_payouts where org_id = $1 and compensation_id = any ($2) order by id`,
    [tx.orgId, compensationIds],
  );
}
