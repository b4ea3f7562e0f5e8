import { z } from 'zod';
import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { todayOf, zoneOfOrg } from '#kernel/org-day.ts';
import { DAY_MS, fromZoned, zoned } from '#kernel/time.ts';
import { buildDue } from './commands/build-statements.ts';
import { allPartyIds } from './store/parties.ts';

/** After midnight, when a day is over; before people come. */
const HOUR = 2;

/** The statements whose day has come, party by party, then one message to those who work on them. */
export const nightlySettlements = defineJob({
  name: 'payments.nightly_settlements',
  input: z.object({ day: z.iso.date() }),
  attemptsMax: 20,
  run: async (env, { day }, ctx) => {
    const parties = await env.db.read(ctx, (tx) => allPartyIds(tx));
    const failed: unknown[] = [];
    let made = 0;
    for (const id of parties) {
      try {
        made += (await env.db.inTx(ctx, (tx) => buildDue(tx, ctx, id, day))).length;
      } catch (error) {
        env.log.warn({ err: error, partyId: id, day }, 'the statements of a party could not be made');
        failed.push(error);
      }
    }
    if (made > 0) await env.db.inTx(ctx, (tx) => tellFinance(tx, ctx, day, made));
    if (failed.length > 0) throw failed[0]; // later again: what is made stays
  },
});

async function tellFinance(tx: Tx, ctx: Ctx, day: string, made: number): Promise<void> {
  for (const { id } of await permissionHolders(tx, 'payments.settlement.write'))
    await notify(tx, ctx, {
      template: 'payments.statements_made',
      to: { kind: 'user', id },
      dedupeKey: `statements:${day}:${made}`,
      data: { day, made },
    });
}

/** Rings every night in the organisation's zone, and winds itself up for the next. */
export const settlementClock = defineDeadline({
  kind: 'payments.settlements',
  told: false,
  onBreach: async (tx, ctx) => {
    const day = await todayOf(tx, ctx);
    await nightlySettlements.enqueue(tx, ctx, { day }, { key: day });
    await expectSettlements(tx, ctx);
  },
});

/** From the first party on, statements are made every night. Repeat-safe. */
export async function expectSettlements(tx: Tx, ctx: Ctx): Promise<void> {
  const zone = await zoneOfOrg(tx);
  const { year, month, day } = zoned(new Date(ctx.now.getTime() + DAY_MS), zone);
  const dueAt = fromZoned({ year, month, day, hour: HOUR }, zone);
  await settlementClock.open(tx, ctx, [{ subject: dueAt.toISOString().slice(0, 13), startsAt: ctx.now, dueAt }]);
}
