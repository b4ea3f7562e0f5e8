import type { Me } from '../api/types.ts';

/** Whether a person may do something. It only decides what is offered; the server decides what is done. */
export function can(me: Pick<Me, 'permissions'> | undefined, permission: string): boolean {
  return me?.permissions.some((held) => covers(held, permission)) ?? false;
}

/** Whether a pattern of a role allows a permission: part by part, where `*` is any part, or at the end all that follow. */
export function covers(pattern: string, permission: string): boolean {
  const wanted = permission.split('.');
  const parts = pattern.split('.');
  if (parts.at(-1) !== '*' && parts.length !== wanted.length) return false;
  return parts.every((part, i) => (part === '*' ? wanted[i] !== undefined : part === wanted[i]));
}
