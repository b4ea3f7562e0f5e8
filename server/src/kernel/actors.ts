import type { Tx } from './db/index.ts';

export type NamesOf = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

let lookUp: NamesOf = async () => new Map();

/** Says who knows the names behind actor ids. Once, by the composition root: records keep ids, people read names. */
export function useActorNames(next: NamesOf): void {
  lookUp = next;
}

/** Names of people and keys of the organisation by id; ids nobody knows (the system, a channel) are left out. */
export const actorNames: NamesOf = (tx, ids) => lookUp(tx, [...new Set(ids)]);
