import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Money } from '#kernel/money.ts';
import { after, DAY_MS, MINUTE_MS } from '#kernel/time.ts';
import { payeeFor } from '../bank/store/accounts.ts';
import { AmountExceedsDue, NotPayable, TooManyPayments, UnknownChannel } from '../errors.ts';
import { PaymentOpened } from '../events.ts';
import { closePayment } from '../jobs/close-payment.ts';
import { openPayment } from '../jobs/open-payment.ts';
import { findChannel, subject } from '../port.ts';
import { presentPayment } from '../present.ts';
import type { PaymentView } from '../schema.ts';
import { BANK_TRANSFER, CASH_ON_DELIVERY } from '../providers/offline/channel.ts';
import { paymentSettings } from '../settings.ts';
import { insertPayment, pendingOf } from '../store/payments.ts';

type Settings = Awaited<ReturnType<typeof paymentSettings.get>>;

/** A payer who keeps trying gets so many open attempts, then has to finish or leave one. */
export const OPEN_PAYMENTS_MAX = 20;

/** Whether payers may choose a channel now. Couriers collect without being chosen; transfers need an account to go to. */
async function isOffered(tx: Tx, channel: string, currency: string, settings: Settings): Promise<boolean> {
  if (channel === 'sandbox') return settings.sandboxEnabled;
  if (channel === BANK_TRANSFER) return (await payeeFor(tx, currency)) !== undefined;
  return channel !== CASH_ON_DELIVERY;
}

/** A transfer takes days to come, whatever the order says. */
function expiryOf(ctx: Ctx, channel: string, settings: Settings, wanted: Date | undefined): Date {
  const usual = wanted ?? after(ctx.now, settings.expireMinutes * MINUTE_MS);
  const transfer = after(ctx.now, settings.transferDays * DAY_MS);
  return channel === BANK_TRANSFER && transfer > usual ? transfer : usual;
}

/**
 * Opens a payment of what the subject still owes (or of `amount`, when less). Each call is a new attempt: a payer may
 * hold several open, the first to succeed pays. Whoever calls has decided that the actor may. @throws NotPayable, AmountExceedsDue, UnknownChannel, TooManyPayments.
 */
export async function createPayment(
  tx: Tx,
  ctx: Ctx,
  input: { subjectId: string; channel: string; amount?: Money; expiresAt?: Date },
): Promise<PaymentView> {
  const owed = await subject().lock(tx, ctx, input.subjectId);
  const settings = await paymentSettings.get(tx);
  const channel = findChannel(input.channel);
  if (!channel || !(await isOffered(tx, channel.code, owed.due.currency, settings))) {
    throw new UnknownChannel({ channel: input.channel }, [{ path: 'channel', code: 'invalid_value' }]);
  }
  const amount = input.amount ?? owed.due;
  if (!owed.payable || owed.due.amount <= 0) throw new NotPayable({ subjectId: input.subjectId });
  if (amount.amount > owed.due.amount || amount.amount <= 0 || amount.currency !== owed.due.currency) {
    throw new AmountExceedsDue({ due: owed.due });
  }
  if ((await pendingOf(tx, input.subjectId)).length >= OPEN_PAYMENTS_MAX)
    throw new TooManyPayments({ maximum: OPEN_PAYMENTS_MAX });
  const row = await insertPayment(
    tx,
    ctx,
    {
      subjectId: input.subjectId,
      subjectNo: owed.no,
      channel: channel.code,
      amount,
      expiresAt: expiryOf(ctx, channel.code, settings, input.expiresAt),
    },
    (id) => channel.payUrl?.(id) ?? null,
  );
  await closePayment.enqueue(tx, ctx, { paymentId: row.id }, { key: row.id, runAt: row.expires_at });
  await openPayment.enqueue(tx, ctx, { paymentId: row.id }, { key: row.id });
  await PaymentOpened.emit(tx, ctx, row.subject_id, {
    paymentId: row.id,
    paymentNo: row.no,
    channel: row.channel,
    amount,
  });
  return presentPayment(ctx, row);
}
