import type { Tx } from '#kernel/db/index.ts';
import type { Invariant } from '#kernel/module.ts';

const FAULTS_MAX = 100;

const finds = (name: string, sql: string): Invariant => ({
  name: `inventory: ${name}`,
  check: async (tx: Tx) =>
    (await tx.query<{ fault: string }>(`${sql} limit ${FAULTS_MAX}`, [tx.orgId])).map((r) => r.fault),
});

export const countingInvariants: readonly Invariant[] = [
  finds(
    'what counts have booked is what their documents moved',
    `select t.no || ': lines booked ' || coalesce(l.units, 0) || ', documents moved ' || coalesce(m.units, 0) as fault
       from inventory.stock_takes t
       left join lateral (select sum(posted)::bigint as units, sum(abs(posted))::bigint as size from inventory.stock_take_lines l
         where l.org_id = t.org_id and l.take_id = t.id and l.outcome = 'posted') l on true
       left join lateral (select sum(on_hand_d + damaged_d + frozen_d)::bigint as units, sum(abs(on_hand_d + damaged_d + frozen_d))::bigint as size
         from inventory.documents d join inventory.moves m on m.doc_id = d.id and m.org_id = d.org_id and (on_hand_d <> 0 or damaged_d <> 0 or frozen_d <> 0 or in_transit_d <> 0)
        where d.org_id = t.org_id and d.kind = 'count' and d.reference = t.no) m on true
      where t.org_id = $1 and (coalesce(l.units, 0) <> coalesce(m.units, 0) or coalesce(l.size, 0) <> coalesce(m.size, 0))`,
  ),
  finds(
    'every line of a count that is booked has its outcome, and none before',
    `select t.no || ': line ' || l.id || ' of a count that is ' || t.state || ' has the outcome ' || coalesce(l.outcome, 'none') as fault
       from inventory.stock_takes t join inventory.stock_take_lines l on l.org_id = t.org_id and l.take_id = t.id
      where t.org_id = $1 and (t.state = 'posted') <> (l.outcome is not null)`,
  ),
  finds(
    'a bin is held by a count as long as its differences are not booked',
    `select t.no || ': bin ' || b.bin_id || case when b.held then ' is held' else ' is not held' end as fault
       from inventory.stock_takes t join inventory.stock_take_bins b on b.org_id = t.org_id and b.take_id = t.id
      where t.org_id = $1 and b.held <> (t.state in ('counting', 'awaiting_approval') or exists (
        select from inventory.stock_take_lines l where l.org_id = t.org_id and l.take_id = t.id and l.bin_id = b.bin_id and l.outcome = 'waiting'))`,
  ),
];
