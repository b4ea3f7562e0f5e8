import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { ScanIdReused } from '../errors.ts';

export type Scan = { kind: 'pick' | 'pack' | 'short' | 'hand_over'; subjectId: string; code: string; quantity: number };

/**
 * Records a scan that counts; false when this very scan has counted before. The subject is locked, so two copies of a scan
 * meet here one after the other. @throws ScanIdReused when the id was another scan's.
 */
export async function claimScan(tx: Tx, ctx: Ctx, scan: Scan, scanId: string | undefined): Promise<boolean> {
  const won = await tx.query(
    `insert into fulfilment.scans (org_id, id, kind, subject_id, code, quantity, actor_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict do nothing returning 1`,
    [tx.orgId, scanId ?? newId(), scan.kind, scan.subjectId, scan.code, scan.quantity, ctx.actor.id, ctx.now],
  );
  if (won.length === 1) return true;
  const [same] = await tx.query(
    'select 1 from fulfilment.scans where org_id = $1 and id = $2 and kind = $3 and subject_id = $4 and code = $5 and quantity = $6',
    [tx.orgId, scanId, scan.kind, scan.subjectId, scan.code, scan.quantity],
  );
  if (!same) throw new ScanIdReused({ scanId });
  return false;
}
