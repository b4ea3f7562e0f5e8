import { z } from 'zod';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';

type Work = (env: JobEnv, ctx: Ctx, invoiceId: string) => Promise<void>;
let work: Work | undefined;

/** Says who does the work: commands queue it, and the work itself uses those commands. Once, by the module's front door. */
export function carryOutBy(next: Work): void {
  work = next;
}

/** Has the provider issue a document, or asks what became of it. */
export const issueInvoice = defineJob({
  name: 'invoicing.issue',
  input: z.object({ invoiceId: z.uuid() }),
  attemptsMax: 25,
  run: (env, { invoiceId }, ctx) => present(work, 'the work is known')(env, ctx, invoiceId),
});
