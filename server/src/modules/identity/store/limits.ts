import type { Tx } from '#kernel/db/index.ts';
import { heldLimits, type Limits } from '../policy.ts';

type Row = { of: string; name: string; amount: number };

function byOwner(rows: readonly Row[]): Map<string, Limits> {
  const found = new Map<string, Record<string, number>>();
  for (const { of, name, amount } of rows) found.set(of, { ...found.get(of), [name]: amount });
  return found;
}

/** The limits of roles that have any. */
export async function limitsOfRoles(tx: Tx, codes: readonly string[]): Promise<Map<string, Limits>> {
  return byOwner(
    await tx.query<Row>(
      'select role as of, name, amount from identity.role_limits where org_id = $1 and role = any ($2) order by role, name',
      [tx.orgId, codes],
    ),
  );
}

/** The limits of people who have some of their own. */
export async function limitsOfMembers(tx: Tx, userIds: readonly string[]): Promise<Map<string, Limits>> {
  return byOwner(
    await tx.query<Row>(
      'select user_id as of, name, amount from identity.member_limits where org_id = $1 and user_id = any ($2) order by user_id, name',
      [tx.orgId, userIds],
    ),
  );
}

/** What holds for a person with these roles; `userId` is null for one who is not there yet. */
export async function limitsHeld(tx: Tx, userId: string | null, roles: readonly string[]): Promise<Limits> {
  const byRole = await limitsOfRoles(tx, roles);
  const own = userId === null ? undefined : (await limitsOfMembers(tx, [userId])).get(userId);
  return heldLimits([...byRole.values()], own ?? {});
}

/** Replaces the limits of a role. */
export async function saveRoleLimits(tx: Tx, role: string, limits: Limits): Promise<void> {
  await tx.query('delete from identity.role_limits where org_id = $1 and role = $2', [tx.orgId, role]);
  await tx.query(
    'insert into identity.role_limits (org_id, role, name, amount) select $1, $2, n, a from unnest($3::text[], $4::bigint[]) u (n, a)',
    [tx.orgId, role, Object.keys(limits), Object.values(limits)],
  );
}

/** Replaces the limits of a person. */
export async function saveMemberLimits(tx: Tx, userId: string, limits: Limits): Promise<void> {
  await tx.query('delete from identity.member_limits where org_id = $1 and user_id = $2', [tx.orgId, userId]);
  await tx.query(
    'insert into identity.member_limits (org_id, user_id, name, amount) select $1, $2, n, a from unnest($3::text[], $4::bigint[]) u (n, a)',
    [tx.orgId, userId, Object.keys(limits), Object.values(limits)],
  );
}
