import { z } from 'zod';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { minorDigits } from '#kernel/money.ts';
import { defineExport } from '#kernel/transfers/index.ts';
import { READ } from './permissions.ts';
import { listCases, type Summary } from './queries/list.ts';
import { ListCases } from './schema.ts';

const PAGE = 200;
const IDS_MAX = 200;

/** After-sales cases as the list finds them. */
export const exportCases = defineExport({
  kind: 'after_sales',
  permission: READ,
  filters: ListCases.omit({ limit: true, cursor: true })
    .extend({
      /** Those that were chosen, and no others. */
      ids: z.array(z.uuid()).min(1).max(IDS_MAX).optional(),
    })
    .strict(),
  columns: [
    'case_no',
    'order_no',
    'shop',
    'type',
    'status',
    'reason',
    'clause',
    'decision',
    'goods',
    'units',
    'refund',
    'currency',
    'customer',
    'vip',
    'owner',
    'by_customer',
    'opened_at',
    'due_at',
    'ended_at',
  ],
  async *pages({ db, ctx }, filters) {
    let cursor: string | undefined;
    for (;;) {
      await fieldCrypto.load(ctx.orgId);
      const page = await db.read(ctx, (tx) =>
        listCases(tx, ctx, { ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
      );
      yield page.items.map(rowOf);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  },
});

const rowOf = (c: Summary) => [
  c.no,
  c.orderNo,
  c.shop,
  c.type,
  c.status,
  c.reason,
  c.policy.clause,
  c.policy.decision,
  c.goods,
  c.units,
  decimal(c.refund.amount.amount, minorDigits(c.refund.amount.currency)),
  c.refund.amount.currency,
  c.customer.name,
  c.vip ? 1 : 0,
  c.owner?.name ?? '',
  c.byCustomer ? 1 : 0,
  c.openedAt,
  c.dueAt,
  c.endedAt,
];

/** Minor units as a decimal text, without passing through a float. */
function decimal(amount: number, digits: 0 | 2): string {
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
