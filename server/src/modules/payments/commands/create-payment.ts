import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Money } from '#kernel/money.ts';
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '#kernel/time.ts';
import type { PayMethod } from '../accounts/domain/config.ts';
import { admit } from '../accounts/limits.ts';
import { AmountExceedsDue, NotPayable, PayerRequired, TooManyPayments, UnknownChannel } from '../errors.ts';
import { PaymentOpened } from '../events.ts';
import { closePayment } from '../jobs/close-payment.ts';
import { openPayment, PAYER_PURPOSE } from '../jobs/open-payment.ts';
import { findChannel, subject } from '../port.ts';
import { presentPayment } from '../present.ts';
import type { Channel, Payer } from '../providers/channel.ts';
import type { PaymentView } from '../schema.ts';
import { BANK_TRANSFER } from '../providers/offline/channel.ts';
import { paymentSettings } from '../settings.ts';
import { insertPayment, pendingOf } from '../store/payments.ts';

type Settings = Awaited<ReturnType<typeof paymentSettings.get>>;

/** A payer who keeps trying gets so many open attempts, then has to finish or leave one. */
export const OPEN_PAYMENTS_MAX = 20;

/** The request that made the payment opens it itself once it has committed; should it die, the job does. */
const OPEN_LATER_MS = 15 * SECOND_MS;

export type NewPayment = {
  subjectId: string;
  channel: string;
  amount?: Money;
  expiresAt?: Date;
  method?: PayMethod | undefined;
  payer?: Payer | undefined;
};

/** A transfer takes days to come, whatever the order says. */
function expiryOf(ctx: Ctx, channel: string, settings: Settings, wanted: Date | undefined): Date {
  const usual = wanted ?? after(ctx.now, settings.expireMinutes * MINUTE_MS);
  const transfer = after(ctx.now, settings.transferDays * DAY_MS);
  return channel === BANK_TRANSFER && transfer > usual ? transfer : usual;
}

/**
 * Opens a payment of what the subject still owes (or of `amount`, when less). Each call is a new attempt: a payer may
 * hold several open, the first to succeed pays. Whoever calls has decided that the actor may, and calls `openNow` after the
 * commit. @throws NotPayable, AmountExceedsDue, UnknownChannel, TooManyPayments, PayerRequired, and what `admit` throws
 */
export async function createPayment(tx: Tx, ctx: Ctx, input: NewPayment): Promise<PaymentView> {
  const owed = await subject().lock(tx, ctx, input.subjectId);
  const channel = findChannel(input.channel);
  if (!channel) throw new UnknownChannel({ channel: input.channel }, [{ path: 'channel', code: 'invalid_value' }]);
  const amount = input.amount ?? owed.due;
  if (!owed.payable || owed.due.amount <= 0) throw new NotPayable({ subjectId: input.subjectId });
  if (amount.amount > owed.due.amount || amount.amount <= 0 || amount.currency !== owed.due.currency) {
    throw new AmountExceedsDue({ due: owed.due });
  }
  if ((await pendingOf(tx, input.subjectId)).length >= OPEN_PAYMENTS_MAX)
    throw new TooManyPayments({ maximum: OPEN_PAYMENTS_MAX });
  const shopId = (await subject().shopOf?.(tx, ctx, input.subjectId)) ?? null;
  const method = await admit(tx, ctx, channel, { shopId, amount, method: input.method });
  const row = await insertPayment(
    tx,
    ctx,
    {
      subjectId: input.subjectId,
      subjectNo: owed.no,
      subjectKind: owed.kind,
      channel: channel.code,
      amount,
      expiresAt: expiryOf(ctx, channel.code, await paymentSettings.get(tx), input.expiresAt),
      method,
      payer: await sealPayer(ctx, channel, method, input.payer ?? {}),
    },
    (id) => channel.payUrl?.(id) ?? null,
  );
  await closePayment.enqueue(tx, ctx, { paymentId: row.id }, { key: row.id, runAt: row.expires_at });
  const openAt = channel.needsAccount ? { runAt: after(ctx.now, OPEN_LATER_MS) } : {};
  await openPayment.enqueue(tx, ctx, { paymentId: row.id }, { key: row.id, ...openAt });
  await PaymentOpened.emit(tx, ctx, row.subject_id, {
    paymentId: row.id,
    paymentNo: row.no,
    channel: row.channel,
    amount,
  });
  return presentPayment(ctx, row);
}

/** Only what the channel wants to know is kept, sealed. @throws PayerRequired */
async function sealPayer(ctx: Ctx, channel: Channel, method: PayMethod | null, payer: Payer): Promise<Buffer | null> {
  const wanted = method === null ? undefined : channel.asksFor?.(method);
  if (wanted === undefined) return null;
  const value = payer[wanted];
  if (value === undefined || value === '')
    throw new PayerRequired({ channel: channel.code, method }, [{ path: wanted, code: 'required' }]);
  await fieldCrypto.load(ctx.orgId);
  return fieldCrypto.seal(ctx.orgId, JSON.stringify({ [wanted]: value }), PAYER_PURPOSE);
}
