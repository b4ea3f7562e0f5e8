import type { z } from 'zod';
import { defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { DAY_MS } from '#kernel/time.ts';
import { CustomerNotFound } from '../errors.ts';
import type { GrantedView, MovePoints } from '../schema.ts';
import { membershipSettings } from '../settings.ts';
import { customerExists } from '../store/customers.ts';
import { postPoints } from './post-points.ts';

type Grant = z.output<typeof MovePoints>;
type Granted = z.input<typeof GrantedView>;

/** Redeems points of a customer. @throws InsufficientPoints when the balance does not hold as many. */
export async function spendPoints(tx: Tx, ctx: Ctx, input: Grant): Promise<Granted> {
  const { customerId, points, reason, orderId } = input;
  const moved = await postPoints(tx, ctx, {
    customerId,
    kind: 'spend',
    points: -points,
    source: { kind: 'redemption', id: newId() },
    reason,
    orderId,
  });
  return { state: 'done', balance: moved.balance, approvalId: null };
}

/** Grants points for what went wrong; above the limit of the settings another person decides first. */
export async function compensatePoints(tx: Tx, ctx: Ctx, input: Grant): Promise<Granted> {
  if (input.points > (await membershipSettings.get(tx)).compensateWithoutApproval)
    return ask(tx, ctx, 'compensate', input);
  return book(tx, ctx, 'compensate', newId(), input);
}

/** Corrects a balance, up or down: another person always decides. */
export const adjustPoints = (tx: Tx, ctx: Ctx, input: Grant): Promise<Granted> => ask(tx, ctx, 'adjust', input);

async function book(tx: Tx, ctx: Ctx, kind: 'compensate' | 'adjust', id: string, input: Grant): Promise<Granted> {
  const { customerId, points, reason, orderId } = input;
  const moved = await postPoints(tx, ctx, { customerId, kind, points, source: { kind, id }, reason, orderId });
  return { state: 'done', balance: moved.balance, approvalId: null };
}

async function ask(tx: Tx, ctx: Ctx, kind: 'compensate' | 'adjust', input: Grant): Promise<Granted> {
  if (!(await customerExists(tx, input.customerId))) throw new CustomerNotFound({ customerId: input.customerId });
  const { customerId, points, reason, orderId = null } = input;
  const approvalId = await pointsApproval.request(tx, ctx, {
    subject: newId(),
    facts: { grant: kind, customerId, points, reason, orderId },
  });
  return { state: 'awaiting_approval', balance: null, approvalId };
}

/** Points one person may not grant or take alone. The facts hold everything the booking needs. */
export const pointsApproval = defineApproval({
  kind: 'customers.points',
  permission: 'customers.points.approve',
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: async (tx, ctx, request) => {
    const { grant, customerId, points, reason, orderId } = request.facts as {
      grant: 'compensate' | 'adjust';
      customerId: string;
      points: number;
      reason: string;
      orderId: string | null;
    };
    await book(tx, ctx, grant, request.subject, { customerId, points, reason, orderId: orderId ?? undefined });
  },
});
