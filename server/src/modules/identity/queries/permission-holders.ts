import type { HoldersOf } from '#kernel/actors.ts';
import { expand } from '../permissions.ts';
import { patternsOf } from '../store/roles.ts';

/** The active members whose roles allow something, in the order of their ids. */
export const permissionHolders: HoldersOf = async (tx, permission) => {
  const members = await tx.query<{ user_id: string; roles: string[]; warehouses: string[] | null }>(
    `select user_id, roles, warehouses from identity.members where org_id = $1 and status = 'active' order by user_id`,
    [tx.orgId],
  );
  const patterns = await patternsOf(tx, [...new Set(members.flatMap((m) => m.roles))]);
  const granting = new Set([...patterns].filter(([, of]) => expand(of).has(permission)).map(([role]) => role));
  return members
    .filter((m) => m.roles.some((role) => granting.has(role)))
    .map((m) => ({ id: m.user_id, warehouses: m.warehouses === null ? null : new Set(m.warehouses) }));
};
