import type { Tx } from './db/index.ts';

export type NamesOf = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

let lookUp: NamesOf = async () => new Map();

/** Says who knows the names behind actor ids. Once, by the composition root: records keep ids, people read names. */
export function useActorNames(next: NamesOf): void {
  lookUp = next;
}

/** Names of people and keys of the organisation by id; ids nobody knows (the system, a channel) are left out. */
export const actorNames: NamesOf = (tx, ids) => lookUp(tx, [...new Set(ids)]);

/** Somebody who may do something, with the warehouses they see; null = all. */
export type Holder = { readonly id: string; readonly warehouses: ReadonlySet<string> | null };
export type HoldersOf = (tx: Tx, permission: string) => Promise<readonly Holder[]>;

let whoMay: HoldersOf = async () => [];

/** Says who knows which people hold a permission. Once, by the composition root. */
export function usePermissionHolders(next: HoldersOf): void {
  whoMay = next;
}

/** The people of the organisation who may sign in and hold a permission: whom to tell that there is something to do. */
export const permissionHolders: HoldersOf = (tx, permission) => whoMay(tx, permission);
