import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { FileNotFound, getFile, READ_ANY_FILE } from '#kernel/files/index.ts';
import { newId } from '#kernel/ids.ts';
import type { MessageKind } from '../domain/words.ts';
import { EvidenceUnknown } from '../errors.ts';
import { findByExternalId, insertMessage, sealBody } from '../store/messages.ts';
import { addMove } from '../store/moves.ts';
import { saveTicket, type TicketRow } from '../store/tickets.ts';

export type Added = { row: TicketRow; messageId: string; isNew: boolean };

export type Said = {
  kind: Exclude<MessageKind, 'notice'>;
  body: string;
  channel?: string | undefined;
  files?: readonly string[] | undefined;
  auto?: boolean | undefined;
  solution?: boolean | undefined;
  externalId?: string | undefined;
  /** Where it was written, when that is merged into the ticket it lands in. */
  originId?: string;
  at?: Date;
  notice?: boolean;
};

/** What a message is to the clocks. */
function eventOf(said: Said, auto: boolean): string | undefined {
  if (said.kind === 'inbound') return 'customer_message';
  if (said.kind === 'internal' || said.notice) return undefined;
  if (auto) return 'auto_answered';
  return said.solution ? 'solution_proposed' : 'answered';
}

/** Writes a message into a locked ticket and its history; moves nothing else. */
export async function say(tx: Tx, ctx: Ctx, row: TicketRow, said: Said): Promise<Added> {
  const id = newId();
  const auto = said.kind !== 'inbound' && (said.auto === true || ctx.actor.kind === 'system');
  const byCustomer = said.kind === 'inbound' && (ctx.actor.kind === 'system' || ctx.actor.kind === 'public');
  await mustExist(tx, ctx, said.files ?? []);
  const isNew = await insertMessage(
    tx,
    {
      id,
      ticket_id: said.originId ?? row.id,
      kind: said.notice ? 'notice' : said.kind,
      auto: auto || said.notice === true,
      solution: said.kind === 'outbound' && said.solution === true,
      channel: said.channel ?? row.channel,
      external_id: said.externalId ?? null,
      body: sealBody(ctx.orgId, said.body),
      author_kind: byCustomer ? 'customer' : ctx.actor.kind,
      author_id: byCustomer ? (row.customer_id ?? 'unknown') : ctx.actor.id,
      at: said.at ?? ctx.now,
    },
    said.files ?? [],
  );
  if (!isNew) {
    const known = await findByExternalId(tx, said.channel ?? row.channel, said.externalId ?? '');
    return { row, messageId: known?.id ?? id, isNew };
  }
  const event = eventOf(said, auto);
  if (event === undefined) return { row, messageId: id, isNew };
  const move = { event, messageId: id, aboutId: said.originId ?? row.id, ...(said.at ? { at: said.at } : {}) };
  let saved = await addMove(tx, ctx, row, move);
  if (said.kind === 'inbound') saved = await saveTicket(tx, saved, { last_customer_at: said.at ?? ctx.now });
  else if (!auto) saved = await saveTicket(tx, saved, { last_answer_at: ctx.now });
  return { row: saved, messageId: id, isNew };
}

/** Evidence is a file one uploaded oneself, or may open anyway: knowing an id shows nobody a file. */
async function mustExist(tx: Tx, ctx: Ctx, fileIds: readonly string[]): Promise<void> {
  for (const id of fileIds)
    try {
      const file = await getFile(tx, ctx, id);
      if (file.createdBy !== ctx.actor.id && !can(ctx, READ_ANY_FILE)) throw new EvidenceUnknown({ fileId: id });
    } catch (error) {
      if (error instanceof FileNotFound) throw new EvidenceUnknown({ fileId: id });
      throw error;
    }
}
