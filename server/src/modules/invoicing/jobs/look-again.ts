import { z } from 'zod';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { followOrder } from '../commands/follow-order.ts';
import { openIds } from '../store/invoices.ts';

const AT_ONCE = 2000;

/** Looks at every application again that is held up by something in the set-up: each in a transaction of its own. */
export const lookAgainSoon = defineJob({
  name: 'invoicing.look_again',
  input: z.object({}),
  attemptsMax: 5,
  run: async (env, _input, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    const held = await env.db.read(ctx, (tx) => openIds(tx, { status: 'blocked', limit: AT_ONCE }));
    for (const { order_id } of held) await env.db.inTx(ctx, (tx) => followOrder(tx, ctx, order_id));
  },
});
