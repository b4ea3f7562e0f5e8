import { z } from 'zod';
import { type Cell, defineExport } from '#kernel/transfers/index.ts';
import { ITEM_KINDS } from './domain/close-statement.ts';
import { READ } from './present.ts';
import { seeAll } from './queries.ts';
import { listItems } from './store/items.ts';

const PAGE = 1_000;

/** The lines of a statement, or of a party, newest first. Amounts are minor units, as everywhere in tables other programs read. */
export const exportSettlement = defineExport({
  kind: 'settlement',
  permission: READ,
  filters: z
    .object({
      statementId: z.uuid().optional(),
      partyId: z.uuid().optional(),
      kind: z.enum(ITEM_KINDS).optional(),
      open: z.boolean().optional(),
    })
    .strict(),
  columns: ['day', 'at', 'party', 'kind', 'document', 'amount', 'currency', 'agreement', 'note', 'statement_id'],
  async *pages({ db, ctx }, filters) {
    seeAll(ctx);
    let before: string | undefined;
    for (;;) {
      const rows = await db.read(ctx, (tx) => listItems(tx, { ...filters, before, limit: PAGE }));
      yield rows.map((r): Cell[] => [
        r.day,
        r.at,
        r.party,
        r.kind,
        r.subject_no,
        r.amount,
        r.currency,
        r.agreement,
        r.note,
        r.statement_id,
      ]);
      before = rows.at(-1)?.id;
      if (rows.length < PAGE) return;
    }
  },
});
