import { z } from 'zod';
import type { Ctx } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { defineRefusal } from '../errors.ts';
import { defineEvent } from '../outbox/index.ts';
import { defineSettings } from '../settings/index.ts';

export const PersonalDataSeen = defineEvent(
  'kernel.personal_data_seen.v1',
  z.object({ kind: z.string(), subjectId: z.string(), fields: z.array(z.string()), reason: z.string() }),
);
export const ManyLooks = defineEvent(
  'kernel.many_looks.v1',
  z.object({ actorId: z.string(), looks: z.number().int() }),
);
export const LookRefused = defineEvent(
  'kernel.look_refused.v1',
  z.object({ actorId: z.string(), perDay: z.number().int() }),
);

export const RevealLimitReached = defineRefusal('reveal_limit_reached', 429);

export const complianceSettings = defineSettings(
  'compliance',
  z.object({
    /** Looks at personal data a person may take in a day of the organisation's time zone. */
    revealsPerDay: z.number().int().min(1).max(100_000).default(100),
    /** The look in a day at which a warning is recorded. */
    revealsWarnAt: z.number().int().min(1).max(100_000).default(50),
  }),
);

export type Look = { subjectKind: string; subjectId: string; fields: readonly string[]; reason: string };

/** Records that personal data was shown: to whom, of what and why, never the data. */
export async function recordLook(tx: Tx, ctx: Ctx, look: Look): Promise<void> {
  const { subjectKind, subjectId, fields, reason } = look;
  await PersonalDataSeen.emit(tx, ctx, subjectId, { kind: subjectKind, subjectId, fields: [...fields], reason });
}

/** Counts a look of the actor's today. @throws RevealLimitReached when it is one too many */
export async function countLook(tx: Tx, ctx: Ctx): Promise<void> {
  const { revealsPerDay, revealsWarnAt } = await complianceSettings.get(tx);
  const [row] = await tx.query<{ looks: number }>(
    `insert into kernel.reveal_counts as c (org_id, actor_id, day, looks)
     select id, $2, ($3::timestamptz at time zone time_zone)::date, 1 from kernel.orgs where id = $1
     on conflict (org_id, actor_id, day) do update set looks = c.looks + 1 returning looks`,
    [ctx.orgId, ctx.actor.id, ctx.now],
  );
  const looks = row?.looks ?? 0;
  if (looks > revealsPerDay) throw new RevealLimitReached({ perDay: revealsPerDay });
  if (looks === revealsWarnAt) await ManyLooks.emit(tx, ctx, ctx.actor.id, { actorId: ctx.actor.id, looks });
}
