import type { Me } from '../api/types.ts';

/**
 * Whether a person may do something: by exact permission, by a wildcard of its module (`orders.*`), or all (`*`).
 * It only decides what is offered; the server decides what is done.
 */
export function can(me: Pick<Me, 'permissions'> | undefined, permission: string): boolean {
  if (!me) return false;
  const parts = permission.split('.');
  return me.permissions.some((held) => {
    if (held === '*' || held === permission) return true;
    if (!held.endsWith('.*')) return false;
    const prefix = held.slice(0, -2).split('.');
    return prefix.every((part, i) => part === parts[i]);
  });
}
