import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type OrderRow, tellCustomer } from '#modules/orders/index.ts';
import type { CaseRow } from './store/cases.ts';

/** What every event about a case says. */
export const factsOf = (row: CaseRow) => ({ caseId: row.id, no: row.no, kind: row.kind, orderNo: row.order_no });

type Word =
  | 'opened'
  | 'approved'
  | 'approved_send'
  | 'rejected'
  | 'expired'
  | 'remind_send'
  | 'remind_sent'
  | 'received'
  | 'sent_back'
  | 'refund_arrived'
  | 'replacement_sent'
  | 'offer'
  | 'quote'
  | 'repairing'
  | 'repair_given_up'
  | 'fee_due'
  | 'fee_paid'
  | 'fee_refunded'
  | 'repaired'
  | 'verdict'
  | 'difference_due';

/** Tells the customer something about a case, once per case and `key`. */
export async function tell(
  tx: Tx,
  ctx: Ctx,
  on: { order: OrderRow; row: CaseRow },
  word: Word,
  more: { data?: Readonly<Record<string, unknown>>; key?: string } = {},
): Promise<void> {
  await tellCustomer(tx, ctx, on.order, {
    template: `aftersales.${word}`,
    dedupeKey: `aftersales.${word}:${on.row.id}${more.key === undefined ? '' : `/${more.key}`}`,
    data: { no: on.row.no, orderNo: on.row.order_no, ...more.data },
  });
}
