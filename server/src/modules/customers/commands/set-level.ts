import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { levelNamed } from '../domain/levels.ts';
import { LevelUnknown } from '../errors.ts';
import { LevelChanged } from '../events.ts';
import { nightly } from '../jobs/nightly.ts';
import { membershipSettings } from '../settings.ts';
import { type CustomerRow, getCustomer } from '../store/customers.ts';
import { recomputeLevels } from './recompute-levels.ts';

type Input = { customerId: string; level: string | null; reason: string; until?: Date | undefined };

/**
 * Sets a customer's level by hand, for good or until a day; null gives it back to the computation, at once and without
 * grace. @throws LevelUnknown, PreconditionFailed.
 */
export async function setLevel(tx: Tx, ctx: Ctx, input: Input): Promise<CustomerRow> {
  const row = await getCustomer(tx, input.customerId, true);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  const { levels } = await membershipSettings.get(tx);
  const wanted = input.level === null ? null : levels.find((l) => l.code === input.level);
  if (wanted === undefined) throw new LevelUnknown({ level: input.level });
  const until = wanted === null ? ctx.now : (input.until ?? null);
  const level = wanted?.code ?? row.level;
  await tx.query(
    `update customers.customers set level = $3, level_source = 'manual', level_until = $4, level_falls_at = null,
            level_floor = case when $5 then null else level_floor end, level_since = $6, version = version + 1 where org_id = $1 and id = $2`,
    [tx.orgId, row.id, level, until, wanted === null, ctx.now],
  );
  if (wanted === null) await recomputeLevels(tx, ctx, { customerIds: [row.id] });
  else await nightly.schedule(tx, ctx);
  const now = await getCustomer(tx, row.id);
  const how = wanted === null ? 'automatic_again' : 'manual';
  await tx.query(
    `insert into customers.level_changes (org_id, id, customer_id, was, is_now, source, reason, until, actor_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.orgId,
      newId(),
      row.id,
      row.level,
      now.level,
      how,
      input.reason,
      wanted === null ? null : until,
      ctx.actor.id,
      ctx.now,
    ],
  );
  await LevelChanged.emit(tx, ctx, row.id, { from: levelNamed(levels, row.level).code, to: now.level, how });
  return now;
}
