import { Readable } from 'node:stream';
import { z } from 'zod';
import { present } from '#kernel/assert.ts';
import { storeFile, takeFile } from '#kernel/files/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { providerOf } from '../providers/index.ts';
import { getInvoice, lockInvoice, saveInvoice } from '../store/invoices.ts';

const PDF_BYTES_MAX = 10 * 1024 * 1024;

/** Fetches the provider's own PDF. A copy that cannot be had undoes no invoice: it is tried again, later and later. */
export const fetchDocument = defineJob({
  name: 'invoicing.fetch_document',
  input: z.object({ invoiceId: z.uuid(), url: z.string().max(1000) }),
  attemptsMax: 12,
  run: async (env, { invoiceId, url }, ctx) => {
    const row = await env.db.read(ctx, (tx) => getInvoice(tx, invoiceId));
    const provider = providerOf(present(row.provider, 'what is issued has a provider'));
    if (row.file_id || !provider?.fetchPdf) return;
    const bytes = await provider.fetchPdf(url);
    const taken = await takeFile(ctx, {
      source: Readable.from(bytes),
      name: `${row.number}.pdf`,
      maxBytes: PDF_BYTES_MAX,
      accept: ['pdf'],
    });
    await env.db.inTx(ctx, async (tx) => {
      const locked = await lockInvoice(tx, invoiceId);
      if (locked.file_id) return;
      await saveInvoice(tx, locked, { file_id: (await storeFile(tx, ctx, taken, 'invoice')).id });
    });
  },
});
