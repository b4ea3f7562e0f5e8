import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { PickupNotFound } from '../errors.ts';
import { owner } from '../port.ts';
import { advancePickupAtPeer } from '../providers/sandbox/pickups.ts';
import { PICKUP_STATES } from './flow.ts';
import { answerPickup, askPickup } from './pickups.ts';
import { getPickup, type PickupRow } from './store.ts';

const AnswerPickup = z
  .object({
    pickupId: z.uuid(),
    outcome: z.enum(['booked', 'refused', 'collected', 'failed']),
    waybillNo: z.string().trim().min(4).max(60).optional(),
    note: z.string().trim().max(100).default(''),
  })
  .refine((a) => a.outcome !== 'collected' || a.waybillNo !== undefined, { path: ['waybillNo'], error: 'required' })
  .meta({ id: 'AnswerPickup' });
export const PickupView = z
  .object({
    id: z.uuid(),
    orderId: z.uuid(),
    carrier: z.string(),
    state: z.enum(PICKUP_STATES),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    waybillNo: z.string().nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: 'Pickup' });

export const presentPickup = (row: PickupRow): z.input<typeof PickupView> => ({
  id: row.id,
  orderId: row.order_id,
  carrier: row.carrier,
  state: row.state,
  from: row.from_at.toISOString(),
  until: row.until_at.toISOString(),
  waybillNo: row.waybill_no,
  why: row.why,
});

async function answer(tx: Tx, ctx: Ctx, input: z.output<typeof AnswerPickup>): Promise<z.input<typeof PickupView>> {
  const row = await getPickup(tx, input.pickupId);
  if (!((await owner().visible?.(tx, ctx, row.order_id)) ?? true)) throw new PickupNotFound({ pickupId: row.id });
  return presentPickup(await answerPickup(tx, ctx, input));
}

export const pickupRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/pickups/{pickupId}/answer',
    permission: 'shipping.interception.answer',
    tags: ['shipping'],
    summary: 'Write down what a carrier said to a request to fetch goods',
    input: AnswerPickup,
    output: PickupView,
    run: answer,
  }),
  defineRoute({
    method: 'POST',
    path: '//sandbox/pickups/{pickupId}/advance',
    permission: 'public',
    tags: ['sandbox'],
    summary: 'Have the sandbox carrier fetch goods, or fail to',
    mode: 'raw',
    input: z.object({ pickupId: z.uuid(), to: z.enum(['collected', 'failed']) }),
    output: z.object({ state: z.string(), waybillNo: z.string().nullable() }),
    run: async (env, ctx, input) => {
      const { orgId, ...peer } = await advancePickupAtPeer(env, input.pickupId, input.to);
      const own: Ctx = { ...ctx, orgId };
      await env.db.inTx(own, (tx) => askPickup.enqueue(tx, own, { pickupId: input.pickupId }, { key: input.pickupId }));
      return peer;
    },
  }),
];
