import type { Invariant } from '#kernel/module.ts';

export { claimClock } from './clock.ts';
export { claimRoutes } from './routes.ts';

export const claimPermissions = {
  'orders.claim.read': 'See claims about what orders cost, and their reports',
  'orders.claim.handle': 'File claims, ask for corrections, dismiss',
  'orders.claim.approve': 'Approve corrections, dismiss what the report confirms',
} as const;

/** What must hold of claims, checked by `doctor`. */
export const claimInvariants: Invariant[] = [
  {
    name: 'orders: a claim has a clock, which runs while it is open',
    check: async (tx) =>
      (
        await tx.query<{ says: string }>(
          `select c.no || ': ' || c.state as says from orders.claims c
             left join kernel.deadlines d on d.org_id = c.org_id and d.kind = 'orders.claim' and d.subject = c.id::text
            where c.org_id = $1 and (d.subject is null or (c.state = 'open' and d.state in ('met', 'cancelled')) or (c.state <> 'open' and d.state in ('open', 'warned'))) limit 20`,
          [tx.orgId],
        )
      ).map((r) => r.says),
  },
];
