import { ApprovalExpired, ApprovalWithdrawn, defineApproval } from '#kernel/approvals/index.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { formatMoney } from '#kernel/i18n/index.ts';
import { newId } from '#kernel/ids.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { DAY_MS } from '#kernel/time.ts';
import { getOrder } from '#modules/orders/index.ts';
import { RefundFailed, RefundSucceeded } from '#modules/payments/events.ts';
import { moved, postEntry } from '#modules/payments/index.ts';
import { compensationFlow } from '../domain/flow.ts';
import { CompensationPayoutExists, NothingToPayOut, PayeeMissing } from '../errors.ts';
import { CompensationPaid } from '../events.ts';
import { PAY } from '../permissions.ts';
import {
  compensationOfRefund,
  type CompensationRow,
  getCompensation,
  lockCompensation,
  saveCompensation,
} from '../store/compensations.ts';
import { type Payee, sealPayee } from '../payee.ts';
import { decidePayout, hasProposed, insertPayout } from '../store/payouts.ts';
import { factsOf } from './carry-out.ts';

type Moves = { paid: number; channel: number; payout: number };

/** Moves cash between on its way, to be paid and arrived; all of it arrived, the compensation is done. The row is locked. */
async function moveCash(tx: Tx, ctx: Ctx, row: CompensationRow, by: Moves): Promise<CompensationRow> {
  const next = {
    paid: row.paid + by.paid,
    channel_open: row.channel_open + by.channel,
    payout_open: row.payout_open + by.payout,
  };
  const done = row.state === 'granted' && next.paid === row.value;
  const saved = await saveCompensation(tx, row, {
    ...next,
    ...(done ? { state: step(compensationFlow, row.state, 'complete'), done_at: ctx.now } : {}),
  });
  if (done) await CompensationPaid.emit(tx, ctx, row.order_id, factsOf(await getOrder(tx, row.order_id), saved));
  return saved;
}

/** What the channels make of cash: arrived, or given up, so that somebody has to pay it. */
export const compensationCash = defineSubscriber({
  name: 'aftersales.compensation_cash',
  types: [RefundSucceeded.type, RefundFailed.type],
  run: async (tx, ctx, events) => {
    for (const event of events) {
      const { kind, refundId, amount } = RefundSucceeded.data.parse(event.data);
      if (kind !== 'compensation') continue;
      const found = await compensationOfRefund(tx, refundId);
      if (!found) continue;
      const row = await lockCompensation(tx, found.id);
      const arrived = event.type === RefundSucceeded.type;
      await moveCash(tx, ctx, row, {
        channel: -amount.amount,
        paid: arrived ? amount.amount : 0,
        payout: arrived ? 0 : amount.amount,
      });
    }
  },
});

/**
 * Says to whom the cash goes that no channel can pay, for whoever transfers it; sealed. Not while a transfer waits to be confirmed.
 * @throws CompensationNotFound, NothingToPayOut, CompensationPayoutExists
 */
export async function setPayee(
  tx: Tx,
  ctx: Ctx,
  input: { compensationId: string; payee: Payee },
): Promise<CompensationRow> {
  const row = await lockCompensation(tx, (await getCompensation(tx, input.compensationId)).id);
  if (row.payout_open === 0) throw new NothingToPayOut({ no: row.no });
  if (await hasProposed(tx, row.id)) throw new CompensationPayoutExists({ reference: '' });
  return saveCompensation(tx, row, await sealPayee(ctx, input.payee));
}

/**
 * Says by which transfer of the bank the cash was paid that no channel can pay, and to whom unless that is known; a second person
 * confirms. The same transfer stands for one compensation.
 * @throws CompensationNotFound, NothingToPayOut, PayeeMissing, CompensationPayoutExists
 */
export async function proposePayout(
  tx: Tx,
  ctx: Ctx,
  input: { compensationId: string; reference: string; note: string; payee?: Payee | undefined },
): Promise<CompensationRow> {
  const found = await lockCompensation(tx, (await getCompensation(tx, input.compensationId)).id);
  if (found.payout_open === 0) throw new NothingToPayOut({ no: found.no });
  if (await hasProposed(tx, found.id)) throw new CompensationPayoutExists({ reference: input.reference });
  const row = input.payee ? await saveCompensation(tx, found, await sealPayee(ctx, input.payee)) : found;
  if (row.payee_sealed === null) throw new PayeeMissing({ no: row.no });
  const made = await insertPayout(tx, {
    id: newId(),
    compensation_id: row.id,
    amount: row.payout_open,
    currency: row.currency,
    reference: input.reference,
    note: input.note,
    payee_sealed: row.payee_sealed,
    payee_shown: row.payee_shown,
    proposed_by: ctx.actor.id,
    proposed_at: ctx.now,
  });
  if (!made) throw new CompensationPayoutExists({ reference: input.reference });
  await payoutApproval.request(tx, ctx, {
    subject: row.id,
    facts: {
      compensationNo: row.no,
      orderNo: (await getOrder(tx, row.order_id)).order_no,
      amount: formatMoney(ctx.locale, { amount: row.payout_open, currency: row.currency }),
      reference: input.reference,
      payee: row.payee_shown,
    },
  });
  return row;
}

/** Cash sent past the channels: another person always confirms that it was. */
export const payoutApproval = defineApproval({
  kind: 'aftersales.compensation_payout',
  permission: PAY,
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: async (tx, ctx, { subject }) => {
    const row = await lockCompensation(tx, subject);
    const by = { actor: ctx.actor.id, at: ctx.now };
    const payout = present(
      await decidePayout(tx, row.id, { ...by, state: 'confirmed' }),
      'what is confirmed was proposed',
    );
    await postEntry(tx, ctx, {
      kind: 'compensation_paid_out',
      subject: payout.id,
      about: row.order_id,
      at: ctx.now,
      lines: moved('compensation_cash', 'bank', payout),
    });
    await moveCash(tx, ctx, row, { paid: payout.amount, payout: -payout.amount, channel: 0 });
  },
  onRejected: (tx, ctx, { subject }) => payoutDropped(tx, ctx, subject),
});

async function payoutDropped(tx: Tx, ctx: Ctx, compensationId: string): Promise<void> {
  await lockCompensation(tx, compensationId);
  await decidePayout(tx, compensationId, { state: 'rejected', actor: ctx.actor.id, at: ctx.now });
}

/** A payout nobody confirmed in time, or that was taken back. */
export const payoutNotDecided = defineSubscriber({
  name: 'aftersales.compensation_payout_not_decided',
  types: [ApprovalExpired.type, ApprovalWithdrawn.type],
  run: async (tx, ctx, events) => {
    for (const event of events)
      if ((event.data as { kind: string }).kind === payoutApproval.kind) await payoutDropped(tx, ctx, event.key);
  },
});
