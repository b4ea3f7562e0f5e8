import { hashPassword } from 'better-auth/crypto';
import { can, type Ctx } from '#kernel/context.ts';
import { sqlState, type Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { forgetCredentials } from '../credential-cache.ts';
import { PasswordReset, SessionsRevoked, TwoFactorChanged, UserAdded, UserChanged, UserUnlocked } from '../events.ts';
import { mustHold, mustHoldLimits, mustSee } from '../policy.ts';
import { mustBePerson } from '../queries/sessions.ts';
import { EmailTaken, LastAdmin, RoleUnknown, SessionNotFound } from '../refusals.ts';
import type { ChangeUser, NewUser } from '../schema.ts';
import { limitsHeld } from '../store/limits.ts';
import { countAdmins, insertMember, lockAdmins, lockMember, type MemberRow, updateMember } from '../store/members.ts';
import { patternsOf } from '../store/roles.ts';

const UNIQUE_VIOLATION = '23505';

/** Slow on purpose, so before the transaction. */
export const hashOf = (password: string): Promise<string> => hashPassword(password);

async function patterns(tx: Tx, roles: readonly string[]): Promise<string[]> {
  const found = await patternsOf(tx, roles);
  const unknown = roles.filter((role) => !found.has(role));
  if (unknown.length > 0) throw new RoleUnknown({ roles: unknown });
  return [...found.values()].flat();
}

/** Adds a person who signs in with this e-mail and password. @throws EmailTaken, also when in another organisation */
export async function addUser(
  tx: Tx,
  ctx: Ctx,
  input: Omit<NewUser, 'password'> & { passwordHash: string },
): Promise<string> {
  const granted = await patterns(tx, input.roles);
  mustHold(ctx, granted);
  await mustHoldLimits(tx, ctx, granted, await limitsHeld(tx, null, input.roles));
  mustSee(ctx, input);
  const userId = newId();
  try {
    await tx.query('select identity.add_user($1, $2, $3, $4, $5, $6)', [
      userId,
      newId(),
      input.name,
      input.email,
      input.passwordHash,
      ctx.now,
    ]);
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw new EmailTaken();
    throw error;
  }
  const { name, email, roles, shops, warehouses } = input;
  const row = {
    org_id: ctx.orgId,
    user_id: userId,
    name,
    email,
    roles,
    shops,
    warehouses,
    status: 'active',
    created_at: ctx.now,
  } as const;
  await insertMember(tx, row);
  await UserAdded.emit(tx, ctx, userId, { userId, roles, shops, warehouses, status: 'active' });
  return userId;
}

/** Takes the lock on a person, and refuses those who may do more than who acts: their account would be a ladder. */
export async function lockSubject(tx: Tx, ctx: Ctx, userId: string): Promise<MemberRow> {
  const member = await lockMember(tx, userId);
  const held = [...(await patternsOf(tx, member.roles)).values()].flat();
  mustHold(ctx, held);
  await mustHoldLimits(tx, ctx, held, await limitsHeld(tx, userId, member.roles));
  mustSee(ctx, member);
  return member;
}

/** Changes name, roles, scopes or status. @throws LastAdmin when nobody could administer afterwards */
export async function changeUser(tx: Tx, ctx: Ctx, input: ChangeUser & { userId: string }): Promise<void> {
  await lockAdmins(tx);
  const was = await lockSubject(tx, ctx, input.userId);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== was.version) throw new PreconditionFailed({ version: was.version });
  const is: MemberRow = {
    ...was,
    name: input.name ?? was.name,
    roles: input.roles ?? was.roles,
    shops: input.shops === undefined ? was.shops : input.shops,
    warehouses: input.warehouses === undefined ? was.warehouses : input.warehouses,
    status: input.status ?? was.status,
    version: was.version + 1,
  };
  const granted = await patterns(tx, is.roles);
  mustHold(ctx, granted);
  await mustHoldLimits(tx, ctx, granted, await limitsHeld(tx, is.user_id, is.roles));
  mustSee(ctx, is);
  await updateMember(tx, is, ctx.now);
  if (isAdmin(was) && !isAdmin(is) && (await countAdmins(tx)) === 0) throw new LastAdmin();
  if (is.name !== was.name) await tx.query('select identity.rename_user($1, $2, $3)', [is.user_id, is.name, ctx.now]);
  if (is.status === 'disabled') await tx.query('select identity.end_sessions($1)', [is.user_id]);
  const { roles, shops, warehouses, status } = is;
  await UserChanged.emit(tx, ctx, is.user_id, {
    userId: is.user_id,
    roles,
    shops,
    warehouses,
    status,
    renamed: is.name !== was.name,
  });
  tx.afterCommit(forgetCredentials);
}

const isAdmin = (member: MemberRow): boolean => member.status === 'active' && member.roles.includes('admin');

/** Sets a new password, ends every session, and unlocks. */
export async function resetPassword(tx: Tx, ctx: Ctx, userId: string, passwordHash: string): Promise<void> {
  await lockSubject(tx, ctx, userId);
  await tx.query('select identity.set_password($1, $2, $3), identity.unlock($1)', [userId, passwordHash, ctx.now]);
  await PasswordReset.emit(tx, ctx, userId, { userId });
  tx.afterCommit(forgetCredentials);
}

/** Lets a person try again before the lock runs out. */
export async function unlockUser(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  await lockSubject(tx, ctx, userId);
  await tx.query('select identity.unlock($1)', [userId]);
  await UserUnlocked.emit(tx, ctx, userId, { userId });
}

/** Signs a person out everywhere. People may do this to themselves. */
export async function revokeSessions(tx: Tx, ctx: Ctx, userId: string): Promise<number> {
  if (userId === ctx.actor.id && !can(ctx, 'identity.user.write')) await lockMember(tx, userId);
  else await lockSubject(tx, ctx, userId);
  const [row] = await tx.query<{ count: number }>('select identity.end_sessions($1) as count', [userId]);
  const count = row?.count ?? 0;
  await SessionsRevoked.emit(tx, ctx, userId, { userId, count });
  tx.afterCommit(forgetCredentials);
  return count;
}

/** Signs the caller out of one of their sessions. @throws SessionNotFound */
export async function endOwnSession(tx: Tx, ctx: Ctx, sessionId: string): Promise<void> {
  mustBePerson(ctx);
  const [row] = await tx.query<{ ended: boolean }>('select identity.end_session($1, $2) as ended', [
    ctx.actor.id,
    sessionId,
  ]);
  if (!row?.ended) throw new SessionNotFound({ sessionId });
  await SessionsRevoked.emit(tx, ctx, ctx.actor.id, { userId: ctx.actor.id, count: 1 });
  tx.afterCommit(forgetCredentials);
}

/** For a lost phone: the person signs in with the password alone and enrols anew. */
export async function removeTwoFactor(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  await lockSubject(tx, ctx, userId);
  await tx.query('select identity.remove_two_factor($1, $2)', [userId, ctx.now]);
  await TwoFactorChanged.emit(tx, ctx, userId, { userId, enabled: false });
  tx.afterCommit(forgetCredentials);
}
