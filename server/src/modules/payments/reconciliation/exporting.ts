import { z } from 'zod';
import { type Cell, defineExport } from '#kernel/transfers/index.ts';
import { READ, sidesOf } from './present.ts';
import { DIFFERENCE_KINDS, DIFFERENCE_STATES } from './domain/difference-flow.ts';
import { listDifferences } from './store/differences.ts';

const PAGE = 1_000;

/** Amounts are minor units, as everywhere in tables that other programs read. */
export const exportReconciliation = defineExport({
  kind: 'reconciliation',
  permission: READ,
  filters: z
    .object({
      reconciliationId: z.uuid().optional(),
      channel: z.string().max(40).optional(),
      kind: z.enum(DIFFERENCE_KINDS).optional(),
      state: z.enum([...DIFFERENCE_STATES, 'unsettled']).optional(),
      billDate: z.iso.date().optional(),
    })
    .strict(),
  columns: [
    'bill_date',
    'channel',
    'kind',
    'subject',
    'reference',
    'channel_no',
    'expected',
    'actual',
    'currency',
    'occurred_at',
    'state',
    'action',
    'reason',
    'closed_at',
  ],
  async *pages({ db, ctx }, { reconciliationId: billId, ...filters }) {
    let at: string | undefined;
    for (;;) {
      const rows = await db.read(ctx, (tx) =>
        listDifferences(tx, { ...filters, billId, at, order: 'oldest', limit: PAGE }),
      );
      yield rows.map((r): Cell[] => [
        r.bill_date,
        r.channel,
        r.kind,
        r.subject,
        r.reference,
        r.txn,
        sidesOf(r).expected ?? null,
        sidesOf(r).actual ?? null,
        r.currency,
        r.occurred_at,
        r.state,
        r.action,
        r.reason,
        r.closed_at,
      ]);
      at = rows.at(-1)?.id;
      if (rows.length < PAGE) return;
    }
  },
});
