import { z } from 'zod';
import { Forbidden } from '#kernel/errors.ts';
import { defineExport } from '#kernel/transfers/index.ts';
import { readCode } from './chart.ts';
import { accountName } from './queries.ts';
import { type ExportedRow, pageOfPostings } from './store.ts';

const PAGE = 500;

/** The books, posting by posting in the order of days; debit and credit in minor units. */
export const exportLedger = defineExport({
  kind: 'ledger',
  permission: 'payments.ledger.read',
  filters: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }).strict(),
  columns: [
    'day',
    'at',
    'entry',
    'kind',
    'document',
    'order_no',
    'account',
    'account_number',
    'account_name',
    'currency',
    'debit',
    'credit',
  ],
  async *pages({ db, ctx }, filters) {
    if (ctx.actor.shops !== null) throw new Forbidden({ scope: 'shops' });
    let after: ExportedRow | undefined;
    for (;;) {
      const from = after;
      const rows = await db.read(ctx, (tx) =>
        pageOfPostings(tx, { fromDay: filters.from ?? null, toDay: filters.to ?? null, after: from, limit: PAGE }),
      );
      yield rows.map((r) => [
        r.day,
        r.at,
        r.entry_id,
        r.kind,
        r.subject_no,
        r.about_no,
        r.account,
        readCode(r.account)?.number ?? '',
        accountName(ctx.locale, r.account),
        r.currency,
        r.debit,
        r.credit,
      ]);
      if (rows.length < PAGE) return;
      after = rows.at(-1);
    }
  },
});
