import type { Db } from '#kernel/db/index.ts';
import { allInvariants } from './wiring.ts';

export type Finding = { org: string; invariant: string; faults: string[] };

/** Checks every invariant of every organisation, each in a snapshot of its own. `faults` empty = it holds. */
export async function doctor(db: Db, onlyOrg?: string): Promise<Finding[]> {
  const orgs = await db.systemTx((tx) =>
    tx.query<{ id: string; code: string }>(
      'select id, code from kernel.orgs where $1::text is null or code = $1 order by code',
      [onlyOrg ?? null],
    ),
  );
  const findings: Finding[] = [];
  for (const org of orgs) {
    for (const invariant of allInvariants) {
      findings.push({
        org: org.code,
        invariant: invariant.name,
        faults: await db.read({ orgId: org.id }, (tx) => invariant.check(tx)),
      });
    }
  }
  return findings;
}
