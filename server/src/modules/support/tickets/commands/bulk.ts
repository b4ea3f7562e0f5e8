import type { z } from 'zod';
import { type Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DomainError } from '#kernel/errors.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { t } from '#kernel/i18n/index.ts';
import type { BulkInput, BulkResult } from '../schema.ts';
import { assignTicket } from './assign-ticket.ts';
import { editTicket } from './edit-ticket.ts';
import { visibleTicket } from './hold.ts';
import { moveTicket, resolveTicket } from './move-ticket.ts';

type Action = z.output<typeof BulkInput>['action'];
type Result = z.input<typeof BulkResult>['results'][number];

async function act(tx: Tx, ctx: Ctx, ticketId: string, action: Action): Promise<void> {
  const row = await visibleTicket(tx, ctx, ticketId);
  if (action.do === 'assign') await assignTicket(tx, ctx, { ticketId, ...action });
  if (action.do === 'tag')
    await editTicket(tx, ctx, {
      ticketId,
      tags: [...new Set([...row.tags, ...action.add])].filter((tag) => !action.remove.includes(tag)).slice(0, 20),
    });
  if (action.do !== 'close' || row.state === 'closed') return;
  if (row.state !== 'resolved') await resolveTicket(tx, ctx, { ticketId, note: action.note });
  await moveTicket(tx, ctx, { ticketId, event: 'close' });
}

/** Does the same to many tickets, each in a transaction of its own: one that is refused holds no other up. */
export async function bulk(
  env: HttpEnv,
  given: Ctx,
  input: z.output<typeof BulkInput>,
): Promise<z.input<typeof BulkResult>> {
  const { ifMatch: _ifMatch, ...ctx } = given;
  await fieldCrypto.load(ctx.orgId);
  const results: Result[] = [];
  for (const ticketId of new Set(input.ticketIds))
    try {
      await env.db.inTx(ctx, (tx) => act(tx, ctx, ticketId, input.action));
      results.push({ ticketId, status: 200 });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { code, status, facts } = error;
      results.push({ ticketId, status, problem: { code, title: t(ctx.locale, `errors.${code}`, facts) } });
    }
  return { results };
}
