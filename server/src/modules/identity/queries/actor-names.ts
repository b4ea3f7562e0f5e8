import type { Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';

/** Names of people and API keys by id. */
export async function actorNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter(isUuid);
  if (known.length === 0) return new Map();
  const rows = await tx.prepared<{ id: string; name: string }>(
    `select user_id as id, name from identity.members where org_id = $1 and user_id = any ($2::uuid[])
     union all select id, name from identity.api_keys where org_id = $1 and id = any ($2::uuid[])`,
    [tx.orgId, known],
  );
  return new Map(rows.map((r) => [r.id, r.name]));
}
