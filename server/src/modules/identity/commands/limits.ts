import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { LIMITS } from '#kernel/limits.ts';
import { forgetCredentials } from '../credential-cache.ts';
import { LimitsChanged } from '../events.ts';
import { type Limits, mustHoldLimits } from '../policy.ts';
import { LimitUnknown, RoleNotFound } from '../refusals.ts';
import { limitsOfMembers, limitsOfRoles, saveMemberLimits, saveRoleLimits } from '../store/limits.ts';
import { patternsOf } from '../store/roles.ts';
import { lockSubject } from './users.ts';

type Change = Readonly<Record<string, number | null>>;

/** What was, with what is named set or taken away. @throws LimitUnknown */
function changed(was: Limits, change: Change): Limits {
  const unknown = Object.keys(change).filter((name) => !LIMITS.has(name));
  if (unknown.length > 0) throw new LimitUnknown({ limits: unknown });
  return Object.fromEntries(Object.entries({ ...was, ...change }).filter((e): e is [string, number] => e[1] !== null));
}

/** Sets how much whoever has a role, also a built-in one, decides alone; null takes the role's limit away. */
export async function changeRoleLimits(tx: Tx, ctx: Ctx, input: { code: string; limits: Change }): Promise<void> {
  const patterns = (await patternsOf(tx, [input.code])).get(input.code);
  if (!patterns) throw new RoleNotFound({ code: input.code });
  // two who change one role's limits: the second waits, and sees the first's
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `identity/limits/${tx.orgId}/${input.code}`,
  ]);
  const limits = changed((await limitsOfRoles(tx, [input.code])).get(input.code) ?? {}, input.limits);
  await mustHoldLimits(tx, ctx, patterns, limits);
  await saveRoleLimits(tx, input.code, limits);
  await LimitsChanged.emit(tx, ctx, input.code, { role: input.code, userId: null, limits });
  tx.afterCommit(forgetCredentials);
}

/** Sets how much one person decides alone, whatever their roles say; null lets the roles decide again. */
export async function changeUserLimits(tx: Tx, ctx: Ctx, input: { userId: string; limits: Change }): Promise<void> {
  const member = await lockSubject(tx, ctx, input.userId);
  const limits = changed((await limitsOfMembers(tx, [input.userId])).get(input.userId) ?? {}, input.limits);
  await saveMemberLimits(tx, input.userId, limits);
  await lockSubject(tx, ctx, member.user_id); // whose limits may be more than one's own now
  await LimitsChanged.emit(tx, ctx, input.userId, { role: null, userId: input.userId, limits });
  tx.afterCommit(forgetCredentials);
}
