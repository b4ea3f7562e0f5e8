import { randomUUID } from 'node:crypto';
import type { Ctx, Locale } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { todayOf } from '#kernel/org-day.ts';
import { customersByIds } from '#modules/customers/index.ts';
import type { TicketRow } from '../../tickets/index.ts';
import { localeOf } from '../../tickets/people.ts';
import { familyOf, openCc } from '../../tickets/store/tickets.ts';
import { extendReferences } from '../domain/references.ts';
import { sendAnswer } from '../jobs/send.ts';
import { type AccountRow, defaultAccount, getAccount } from '../store/accounts.ts';
import { insertOutgoing, type OutgoingRow, type Recipients, sealRecipients } from '../store/outgoing.ts';
import {
  addParticipants,
  addressIndex,
  findThread,
  lockThread,
  openAddress,
  saveThread,
  type ThreadRow,
} from '../store/threads.ts';

const CC_MAX = 20;

/** A Message-ID nobody can guess: who answers it has read the mail. */
const freshMessageId = (account: AccountRow): string => `<${randomUUID()}@${account.address.split('@').at(-1)}>`;

/**
 * Queues what an agent answered to go out as a mail, once per message. Returns undefined when there is nobody to write to, when no
 * mailbox is set up, or when it is on its way already.
 */
export async function queueAnswer(
  tx: Tx,
  ctx: Ctx,
  ticket: TicketRow,
  message: { id: string; auto: boolean },
): Promise<OutgoingRow | undefined> {
  const found =
    (await findThread(tx, ticket.id)) ?? (await threadOfMerged(tx, ctx, ticket)) ?? (await beginThread(tx, ticket));
  if (!found) return undefined;
  const account = await getAccount(tx, found.account_id);
  const cc = openCc(ctx.orgId, ticket);
  await addParticipants(
    tx,
    ticket.id,
    cc.map((a) => addressIndex(ctx.orgId, a)),
  );
  return queue(tx, ctx, account, found, { kind: 'reply', messageId: message.id, auto: message.auto, cc });
}

/** With whom a ticket that was merged into this one is talked about by e-mail. */
async function threadOfMerged(tx: Tx, ctx: Ctx, ticket: TicketRow): Promise<ThreadRow | undefined> {
  for (const { id } of await familyOf(tx, ticket.id)) {
    const found = await findThread(tx, id);
    if (!found) continue;
    const { account_id: accountId, locale } = found;
    const name = found.name === null ? '' : openAddress(ctx.orgId, found.name);
    const fresh = { ticketId: ticket.id, accountId, address: openAddress(ctx.orgId, found.address), name, locale };
    await addParticipants(tx, ticket.id, [found.address_index]);
    await lockThread(tx, fresh);
    await saveThread(tx, ticket.id, { last_message_id: found.last_message_id, refs: found.refs });
    return findThread(tx, ticket.id);
  }
  return undefined;
}

/** Of a ticket that came in another way the customer's own address is taken, where it is known. */
async function beginThread(tx: Tx, ticket: TicketRow): Promise<ThreadRow | undefined> {
  const account = await defaultAccount(tx);
  if (!account || ticket.customer_id === null) return undefined;
  const customer = (await customersByIds(tx, [ticket.customer_id])).get(ticket.customer_id);
  if (!customer?.email) return undefined;
  const locale: Locale = account.locale ?? (await localeOf(tx));
  const fresh = { ticketId: ticket.id, accountId: account.id, address: customer.email, name: customer.name, locale };
  const thread = await lockThread(tx, fresh);
  await addParticipants(tx, ticket.id, [thread.address_index]);
  return thread;
}

/** Tells the writer that their mail is a ticket now. At most once a day and thread, and never where a machine wrote. */
export async function acknowledge(
  tx: Tx,
  ctx: Ctx,
  account: AccountRow,
  ticket: TicketRow,
  thread: ThreadRow,
): Promise<void> {
  const today = await todayOf(tx, ctx);
  if (thread.acknowledged_on === today) return;
  await saveThread(tx, ticket.id, { acknowledged_on: today });
  const latest = (await findThread(tx, ticket.id)) ?? thread;
  await queue(tx, ctx, account, latest, { kind: 'acknowledgement', messageId: null, auto: true, cc: [] });
}

async function queue(
  tx: Tx,
  ctx: Ctx,
  account: AccountRow,
  thread: ThreadRow,
  what: { kind: OutgoingRow['kind']; messageId: string | null; auto: boolean; cc: readonly string[] },
): Promise<OutgoingRow | undefined> {
  const to = openAddress(ctx.orgId, thread.address);
  const name = thread.name === null ? '' : openAddress(ctx.orgId, thread.name);
  const recipients: Recipients = { to: { address: to, name }, cc: what.cc.filter((a) => a !== to).slice(0, CC_MAX) };
  const row = await insertOutgoing(tx, {
    id: newId(),
    kind: what.kind,
    account_id: account.id,
    ticket_id: thread.ticket_id,
    message_id: what.messageId,
    rfc_message_id: freshMessageId(account),
    in_reply_to: thread.last_message_id,
    refs: thread.refs,
    auto: what.auto,
    recipients: sealRecipients(ctx.orgId, recipients),
    locale: thread.locale,
    created_at: ctx.now,
  });
  if (!row) return undefined;
  await saveThread(tx, thread.ticket_id, { refs: extendReferences(thread.refs, row.rfc_message_id) });
  await sendAnswer.enqueue(tx, ctx, { outgoingId: row.id }, { key: row.id });
  return row;
}
