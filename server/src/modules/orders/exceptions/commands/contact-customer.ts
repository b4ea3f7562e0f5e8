import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { after, MINUTE_MS } from '#kernel/time.ts';
import { amendOrder } from '../../change/commands/amend-order.ts';
import { cancelLocked } from '../../commands/cancel-order.ts';
import { releaseOrder } from '../../commands/hold-order.ts';
import { lockOrder, type OrderRow } from '../../store/orders.ts';
import { ContactMade } from '../events.ts';
import type { ContactCustomer } from '../schema.ts';
import { exceptionSettings } from '../settings.ts';
import { type ExceptionRow, getException, lockException, saveException } from '../store/exceptions.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { settle } from './settle-exception.ts';

type Contact = z.output<typeof ContactCustomer>;

/**
 * Records a call to the customer and does what came of it: the address was right after all and the hold is lifted, or it is
 * corrected; nobody answered and the next call is planned; the customer named a time, or cancels. @throws TransitionRefused when it is settled.
 */
export async function contactCustomer(tx: Tx, ctx: Ctx, input: Contact): Promise<ExceptionRow> {
  const order = await lockOrder(tx, (await getException(tx, input.exceptionId)).order_id);
  const was = await lockException(tx, input.exceptionId);
  if (was.resolved_at !== null) throw new TransitionRefused({ from: was.state, event: 'contact', allowed: [] });
  if ((input.result === 'confirmed' || input.result === 'corrected') && was.kind !== 'address')
    throw new InvalidRequest({}, [{ path: 'result', code: 'invalid_value' }]);
  if (input.result === 'corrected' && input.shipTo === undefined)
    throw new InvalidRequest({}, [{ path: 'shipTo', code: 'required' }]);
  const nextAt = await nextCall(tx, ctx, was, input);
  const row = await saveException(tx, was, {
    contacts: was.contacts + 1,
    next_contact_at: nextAt,
    owner_id: was.owner_id ?? ctx.actor.id,
  });
  await tx.query(
    'insert into orders.contacts (org_id, exception_id, n, at, actor_id, result, note) values ($1, $2, $3, $4, $5, $6, $7)',
    [tx.orgId, row.id, row.contacts, ctx.now, ctx.actor.id, input.result, input.note],
  );
  await ContactMade.emit(tx, ctx, order.id, {
    exceptionId: row.id,
    no: row.no,
    orderNo: order.order_no,
    result: input.result,
    nextAt: nextAt?.toISOString() ?? null,
  });
  return concluded(tx, ctx, order, row, input);
}

async function nextCall(tx: Tx, ctx: Ctx, row: ExceptionRow, input: Contact): Promise<Date | null> {
  if (input.result === 'call_back') {
    if (input.nextAt === undefined || input.nextAt <= ctx.now)
      throw new InvalidRequest({}, [{ path: 'nextAt', code: 'required' }]);
    return input.nextAt;
  }
  if (input.result !== 'unreachable') return null;
  const { contactRetryMinutes: waits } = await exceptionSettings.get(tx);
  return after(ctx.now, (waits[Math.min(row.contacts, waits.length - 1)] as number) * MINUTE_MS);
}

async function concluded(tx: Tx, ctx: Ctx, order: OrderRow, row: ExceptionRow, input: Contact): Promise<ExceptionRow> {
  const how = { event: 'resolve', orderNo: order.order_no } as const;
  if (input.result === 'confirmed') {
    const settled = await settle(tx, ctx, row, { ...how, resolution: 'confirmed' });
    if (order.holds.includes('address'))
      await releaseOrder(tx, ctx, { orderId: order.id, codes: ['address'], note: row.no });
    return settled;
  }
  if (input.result === 'corrected') return correct(tx, ctx, order, row, input);
  if (input.result === 'cancel') {
    await cancelLocked(tx, ctx, order, 'customer');
    return settle(tx, ctx, row, { ...how, resolution: 'order_cancelled' });
  }
  return row;
}

/** The order goes where the customer says; what of it is doubtful still, or waits for an approval, keeps the task open. */
async function correct(tx: Tx, ctx: Ctx, order: OrderRow, row: ExceptionRow, input: Contact): Promise<ExceptionRow> {
  const amendment = { shipTo: input.shipTo, reason: row.no, preview: false };
  const { row: amended, change } = await amendOrder(tx, ctx, { orderId: order.id, ...amendment });
  if (change.approvalId !== null || amended.holds.includes('address')) return row;
  return settle(tx, ctx, row, { event: 'resolve', orderNo: order.order_no, resolution: 'corrected' });
}
