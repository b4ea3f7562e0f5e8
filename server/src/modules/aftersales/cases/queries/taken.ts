import type { Tx } from '#kernel/db/index.ts';
import type { Taken } from '../domain/allocate.ts';
import { comesBack } from '../domain/flow.ts';
import type { CaseRow } from '../store/cases.ts';
import { caseLines, inspectionsOf } from '../store/lines.ts';

/**
 * The units a case's money is for: what was counted and accepted at inspection where goods come back, once something was; before
 * that what was asked for. What was counted is the ceiling, whatever was asked (spree#14678).
 */
export async function takenBy(tx: Tx, row: CaseRow): Promise<Taken[]> {
  const lines = await caseLines(tx, [row.id]);
  if (!comesBack(row.kind)) return lines.map((l) => ({ lineId: l.line_id, units: l.quantity, deduction: 0 }));
  const seen = await inspectionsOf(tx, row.id);
  if (seen.length === 0) {
    const received = lines.some((l) => l.received > 0);
    return lines.map((l) => ({ lineId: l.line_id, units: received ? l.received : l.quantity, deduction: 0 }));
  }
  return lines.map((l) => {
    const accepted = seen.filter((i) => i.line_id === l.line_id && i.accepted);
    return {
      lineId: l.line_id,
      units: accepted.reduce((n, i) => n + i.quantity, 0),
      deduction: accepted.reduce((n, i) => n + i.deduction, 0),
    };
  });
}
