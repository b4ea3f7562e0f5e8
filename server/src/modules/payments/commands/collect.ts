import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Money } from '#kernel/money.ts';
import { subject } from '../port.ts';
import { CASH_ON_DELIVERY } from '../providers/offline/channel.ts';
import { insertPayment, listPayments, lockPayment } from '../store/payments.ts';
import { settle } from './settle.ts';

/**
 * A courier has collected what was owed for a subject, at the door: paid once, however often the delivery is told. The money
 * is with the courier (`clearing.cod`) until a movement on our bank account shows that it was handed over.
 */
export async function collectAtDoor(tx: Tx, ctx: Ctx, input: { subjectId: string; amount: Money }): Promise<void> {
  const owed = await subject().lock(tx, ctx, input.subjectId);
  const before = await listPayments(tx, { subject: input.subjectId, limit: 200 });
  if (before.some((p) => p.channel === CASH_ON_DELIVERY)) return;
  const { id, no } = await insertPayment(
    tx,
    ctx,
    {
      subjectId: input.subjectId,
      subjectNo: owed.no,
      subjectKind: owed.kind,
      channel: CASH_ON_DELIVERY,
      amount: input.amount,
      expiresAt: ctx.now,
      method: null,
      payer: null,
    },
    () => null,
  );
  const { amount, currency } = input.amount;
  const told = { outcome: 'success', received: { amount, currency }, ref: `COD-${no}` } as const;
  await settle(tx, ctx, await lockPayment(tx, id), told, {
    source: 'query',
    nonce: null,
    payload: { outcome: 'success', collected: 'at_door' },
  });
}
