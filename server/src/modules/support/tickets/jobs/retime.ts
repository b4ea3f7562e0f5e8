import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { syncClocks } from '../clocks.ts';
import { retime } from '../commands/edit-ticket.ts';
import { isOpenState } from '../domain/flow.ts';
import { lockTicket } from '../store/tickets.ts';

const PAGE = 200;
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function retimeOne(tx: Tx, ctx: Ctx, ticketId: string): Promise<void> {
  const row = await lockTicket(tx, ticketId);
  if (!isOpenState(row.state)) return;
  const saved = await retime(tx, ctx, row);
  if (saved.terms_id !== row.terms_id) await syncClocks(tx, ctx, saved);
}

/** Brings every open ticket in line with what is promised now. What has passed of a clock is kept. */
export const retimeAll = defineJob({
  name: 'support.retime',
  input: z.object({}),
  attemptsMax: 5,
  run: async (env, _input, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    for (let after = NOBODY; ;) {
      const rows = await env.db.read(ctx, (tx) =>
        tx.query<{ id: string }>(
          `select id from support.tickets where org_id = $1 and id > $2
              and state in ('open', 'in_progress', 'waiting_customer', 'waiting_third_party') order by id limit ${PAGE}`,
          [ctx.orgId, after],
        ),
      );
      for (const { id } of rows) await env.db.inTx(ctx, (tx) => retimeOne(tx, ctx, id));
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = last.id;
    }
  },
});

/** Other promises or calendars hold for the tickets that are open, too. */
export const promisesChanged = defineSubscriber({
  name: 'support.promises_changed',
  types: ['kernel.settings_changed.v1'],
  run: async (tx, ctx, events) => {
    if (events.some((e) => e.key === 'support')) await retimeAll.enqueue(tx, ctx, {}, { key: 'all' });
  },
});
