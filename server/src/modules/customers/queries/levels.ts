import type { Tx } from '#kernel/db/index.ts';
import { type LevelTerms, levelNamed } from '../domain/levels.ts';
import { membershipSettings } from '../settings.ts';

/** The levels of customers, with what they bring; a customer who is not there has none. */
export async function levelsOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, LevelTerms>> {
  if (customerIds.length === 0) return new Map();
  const { levels } = await membershipSettings.get(tx);
  const rows = await tx.prepared<{ id: string; level: string }>(
    'select id, level from customers.customers where org_id = $1 and id = any ($2)',
    [tx.orgId, [...new Set(customerIds)]],
  );
  return new Map(rows.map((r) => [r.id, levelNamed(levels, r.level)]));
}

/** Which of the customers are served on the VIP channel. */
export async function vipOf(tx: Tx, customerIds: readonly string[]): Promise<Set<string>> {
  return new Set([...(await levelsOf(tx, customerIds))].flatMap(([id, level]) => (level.vip ? [id] : [])));
}
