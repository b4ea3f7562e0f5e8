import type { Invariant } from './module.ts';

const SHOWN_MAX = 20;

/**
 * An invariant told by a query: each row it finds is one thing that is wrong, in words, as `says`. The organisation is $1. At most
 * twenty are shown.
 */
export const wrong = (name: string, sql: string): Invariant => ({
  name,
  check: async (tx) =>
    (await tx.prepared<{ says: string }>(`${sql} limit ${SHOWN_MAX}`, [tx.orgId])).map((row) => row.says),
});
