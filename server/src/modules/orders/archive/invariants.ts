import { fileStore } from '#kernel/files/index.ts';
import type { Invariant } from '#kernel/module.ts';
import { sha256Of } from './run.ts';
import { filesIn } from './store.ts';

/** What must hold of the archive. The second reads every file. */
export const archiveInvariants: Invariant[] = [
  {
    name: 'orders: an order is on line or in the archive, and an archive says how many it has',
    check: async (tx) =>
      (
        await tx.query<{ says: string }>(
          `select a.order_no || ' is on line and archived' as says from orders.archived a join orders.orders o on o.org_id = a.org_id and o.id = a.order_id where a.org_id = $1
           union all select a.order_no || ': its file is not verified' from orders.archived a left join orders.archive_files f on f.org_id = a.org_id and f.id = a.file_id
            where a.org_id = $1 and f.state is distinct from 'verified'
           union all select f.month || ': ' || a.n || ' orders of a file of ' || f.orders from orders.archive_files f
            cross join lateral (select count(*) as n from orders.archived a where a.org_id = $1 and a.file_id = f.id) a
            where f.org_id = $1 and ((f.state = 'verified' and a.n not between 1 and f.orders) or (f.state <> 'verified' and a.n > 0)) limit 20`,
          [tx.orgId],
        )
      ).map((r) => r.says),
  },
  {
    name: 'orders: every file of the archive is there as it was written',
    check: async (tx) => {
      const faults: string[] = [];
      for (const file of await filesIn(tx, 'verified')) {
        const path = await fileStore().onDisk(tx.orgId, file.sha256 ?? '');
        if (path === undefined) faults.push(`${file.month}: the file with ${file.orders} orders is lost`);
        else if ((await sha256Of(path)) !== file.sha256)
          faults.push(`${file.month}: the file with ${file.orders} orders is damaged`);
      }
      return faults;
    },
  },
];
