import type { Tx } from '#kernel/db/index.ts';
import { getPickup } from '#modules/shipping/index.ts';
import type { CaseRow } from '../store/cases.ts';

type Pickup = {
  state: string;
  carrier: string;
  from: string;
  until: string;
  waybillNo: string | null;
  why: string | null;
};

/** What became of having the goods fetched, null when nobody was asked. */
export async function pickupOf(tx: Tx, row: CaseRow): Promise<Pickup | null> {
  if (row.pickup_id === null) return null;
  const p = await getPickup(tx, row.pickup_id);
  return {
    state: p.state,
    carrier: p.carrier,
    from: p.from_at.toISOString(),
    until: p.until_at.toISOString(),
    waybillNo: p.waybill_no,
    why: p.why,
  };
}
