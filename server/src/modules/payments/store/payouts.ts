import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';

export type PayoutRow = {
  id: string;
  refund_id: string;
  state: 'proposed' | 'confirmed' | 'rejected';
  amount: number;
  currency: string;
  payee_sealed: Buffer;
  payee_shown: string;
  bank_reference: string;
  note: string;
  file_ids: string[];
  proposed_by: string;
  proposed_at: Date;
  confirmed_by: string | null;
  decided_at: Date | null;
};

const COLUMNS =
  'id, refund_id, state, amount, currency, payee_sealed, payee_shown, bank_reference, note, file_ids, proposed_by, proposed_at, confirmed_by, decided_at';

/** False when the transfer of the bank, or the refund, has one already. */
export async function insertPayout(
  tx: Tx,
  ctx: Ctx,
  row: Pick<
    PayoutRow,
    'refund_id' | 'amount' | 'currency' | 'payee_sealed' | 'payee_shown' | 'bank_reference' | 'note' | 'file_ids'
  >,
): Promise<boolean> {
  const made = await tx.query(
    `insert into payments.refund_payouts (org_id, id, refund_id, state, amount, currency, payee_sealed, payee_shown, bank_reference, note, file_ids, proposed_by, proposed_at)
     values ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning 1`,
    [
      tx.orgId,
      newId(),
      row.refund_id,
      row.amount,
      row.currency,
      row.payee_sealed,
      row.payee_shown,
      row.bank_reference,
      row.note,
      row.file_ids,
      ctx.actor.id,
      ctx.now,
    ],
  );
  return made.length === 1;
}

/** The payout of a refund that waits for its second person. The refund's row is locked by the caller. */
export async function proposedPayout(tx: Tx, refundId: string): Promise<PayoutRow | undefined> {
  return maybeOne(
    await tx.query<PayoutRow>(
      `select ${COLUMNS} from payments.refund_payouts where org_id = $1 and refund_id = $2 and state = 'proposed'`,
      [tx.orgId, refundId],
    ),
  );
}

/** The last payout of each refund, by refund. */
export async function payoutsOf(tx: Tx, refundIds: readonly string[]): Promise<Map<string, PayoutRow>> {
  const rows = await tx.query<PayoutRow>(
    `select distinct on (refund_id) ${COLUMNS} from payments.refund_payouts where org_id = $1 and refund_id = any ($2) order by refund_id, id desc`,
    [tx.orgId, refundIds],
  );
  return new Map(rows.map((row) => [row.refund_id, row]));
}

export async function decidePayout(
  tx: Tx,
  ctx: Ctx,
  row: Pick<PayoutRow, 'id'>,
  state: 'confirmed' | 'rejected',
): Promise<void> {
  await tx.query(
    'update payments.refund_payouts set state = $3, decided_at = $4, confirmed_by = $5 where org_id = $1 and id = $2',
    [tx.orgId, row.id, state, ctx.now, state === 'confirmed' ? ctx.actor.id : null],
  );
}

/** Takes a payout back that nobody has confirmed. The refund's row is locked by the caller. */
export async function dropProposed(tx: Tx, ctx: Ctx, refundId: string): Promise<void> {
  const row = await proposedPayout(tx, refundId);
  if (row) await decidePayout(tx, ctx, row, 'rejected');
}
