import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { systemCtx } from '#kernel/context.ts';
import { IncomingSettled } from '../errors.ts';
import { MailSettled } from '../events.ts';
import { mayIncoming } from '../policy.ts';
import { prepare } from '../prepare.ts';
import { openRaw } from '../raw.ts';
import { mailSettings } from '../settings.ts';
import { getAccount, ownAddresses } from '../store/accounts.ts';
import { getIncoming, type IncomingRow, lockIncoming, saveIncoming } from '../store/incoming.ts';
import { openFor } from './receive.ts';

type Held = { incomingId: string };

/** A mail that was held is worth a ticket after all. Nobody is sent an acknowledgement. @throws IncomingNotFound, IncomingSettled, RawMailGone */
export async function openHeld(env: HttpEnv, ctx: Ctx, input: Held): Promise<IncomingRow> {
  await fieldCrypto.load(ctx.orgId);
  const { bytes, settings, size } = await env.db.read(ctx, async (tx) => {
    const row = await getIncoming(tx, input.incomingId);
    return { bytes: await openRaw(tx, ctx, row), settings: await mailSettings.get(tx), size: row.size };
  });
  const prepared = await prepare(ctx, settings, { bytes, size, isCut: size > bytes.length });
  return env.db.inTx(ctx, async (tx) => {
    const row = await mustBeHeld(tx, ctx, input, 'open_ticket');
    const account = await getAccount(tx, row.account_id);
    // the customer wrote it: the system says so in their stead, the history of the mail says who decided
    const opener = systemCtx(ctx.orgId, ctx.now, ctx.requestId);
    const opened = await openFor(tx, opener, account, prepared, { own: await ownAddresses(tx), mayAcknowledge: false });
    const { what, ticket_id = null, message_id = null } = opened;
    return settled(tx, ctx, row, { what, ticket_id, message_id });
  });
}

/** A mail that was held is of no interest. It stays recorded. @throws IncomingNotFound, IncomingSettled */
export async function dropHeld(tx: Tx, ctx: Ctx, input: Held): Promise<IncomingRow> {
  await fieldCrypto.load(ctx.orgId);
  return settled(tx, ctx, await mustBeHeld(tx, ctx, input, 'drop'), { what: 'dropped' });
}

async function mustBeHeld(
  tx: Tx,
  ctx: Ctx,
  { incomingId }: Held,
  action: keyof typeof mayIncoming,
): Promise<IncomingRow> {
  const row = await lockIncoming(tx, incomingId);
  if (row.what !== 'held' || row.settled_at !== null) throw new IncomingSettled();
  if (!mayIncoming[action](ctx, row)) throw new Forbidden();
  return row;
}

async function settled(
  tx: Tx,
  ctx: Ctx,
  row: IncomingRow,
  patch: Partial<Pick<IncomingRow, 'what' | 'ticket_id' | 'message_id'>>,
): Promise<IncomingRow> {
  const saved = await saveIncoming(tx, row.id, { ...patch, settled_at: ctx.now, settled_by: ctx.actor.id });
  await MailSettled.emit(tx, ctx, row.id, { incomingId: row.id, decision: saved.what, ticketId: saved.ticket_id });
  return saved;
}
