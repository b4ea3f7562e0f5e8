import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';

/** `held`: a new quote waits for its answer. `outside`: paid otherwise, by the reference on the case. */
export type FeeState = 'due' | 'held' | 'paid' | 'outside' | 'cancelled';

/** Amounts are minor units. */
export type FeeRow = {
  case_id: string;
  amount: number;
  currency: Currency;
  state: FeeState;
  /** Arrived and was wanted; of it what has gone back; and of what is left what was booked as income. */
  paid: number;
  refunded: number;
  earned: number;
  finished_at: Date | null;
  opened_at: Date;
};
const COLUMNS = 'case_id, amount, currency, state, paid, refunded, earned, finished_at, opened_at';
const SELECT = `select ${COLUMNS} from aftersales.repair_fees where org_id = $1 and case_id = $2`;

/** The fee of a case, where it has one. */
export const findFee = async (tx: Tx, caseId: string): Promise<FeeRow | undefined> =>
  maybeOne(await tx.query<FeeRow>(SELECT, [tx.orgId, caseId]));

/** The row lock; order and case are locked before. */
export const lockFee = async (tx: Tx, caseId: string): Promise<FeeRow | undefined> =>
  maybeOne(await tx.query<FeeRow>(`${SELECT} for update`, [tx.orgId, caseId]));

/** What a customer agreed to pay first; a later agreement changes it. */
export const insertFee = async (
  tx: Tx,
  ctx: Ctx,
  fee: Pick<FeeRow, 'case_id' | 'amount' | 'currency'>,
): Promise<FeeRow> =>
  one(
    await tx.query<FeeRow>(
      `insert into aftersales.repair_fees (org_id, case_id, amount, currency, state, opened_at) values ($1, $2, $3, $4, 'due', $5) returning ${COLUMNS}`,
      [tx.orgId, fee.case_id, fee.amount, fee.currency, ctx.now],
    ),
  );

/** Saves fields of a fee that is locked. */
export async function saveFee(
  tx: Tx,
  row: FeeRow,
  patch: Partial<Pick<FeeRow, 'amount' | 'state' | 'paid' | 'refunded' | 'earned' | 'finished_at'>>,
): Promise<FeeRow> {
  const next = { ...row, ...patch };
  await tx.query(
    'update aftersales.repair_fees set amount = $3, state = $4, paid = $5, refunded = $6, earned = $7, finished_at = $8 where org_id = $1 and case_id = $2',
    [tx.orgId, row.case_id, next.amount, next.state, next.paid, next.refunded, next.earned, next.finished_at],
  );
  return next;
}
