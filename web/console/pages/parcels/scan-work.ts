import { client } from '../../../api/instance.ts';
import { randomId } from '../../../api/intent.ts';
import type { Order, Page, Parcel, Pick, ScanLine } from '../../../api/types.ts';

export type ScanMode = 'pick' | 'pack';

/** What lies on the table: a pick list or a parcel, with its lines. */
export type Work = { mode: ScanMode; id: string; no: string; orderNo: string; status: string; lines: ScanLine[] };

const ofPick = (pick: Pick): Work => ({
  mode: 'pick',
  id: pick.id,
  no: pick.orderNo,
  orderNo: pick.orderNo,
  status: pick.status,
  lines: pick.lines,
});
const ofParcel = (parcel: Parcel): Work => ({
  mode: 'pack',
  id: parcel.id,
  no: parcel.parcelNo,
  orderNo: parcel.orderNo,
  status: parcel.status,
  lines: parcel.lines,
});

/** Pieces still to be scanned. */
export const left = (lines: readonly { quantity: number; scanned: number }[]): number =>
  lines.reduce((sum, line) => sum + Math.max(0, line.quantity - line.scanned), 0);

/** The line a scan went to: the one whose count rose, so that it can be shown large. */
export function touched(before: readonly ScanLine[], after: readonly ScanLine[]): ScanLine | undefined {
  const was = new Map(before.map((line) => [line.lineId, line.scanned]));
  return after.find((line) => line.scanned > (was.get(line.lineId) ?? 0));
}

/** Finds the work a code stands for; packing an order that has no parcel yet makes one. Undefined when there is none. */
export async function openWork(mode: ScanMode, code: string): Promise<Work | undefined> {
  if (mode === 'pick') {
    const picks = await client.get<Page<Pick>>('/picks', { q: code, limit: 1 });
    return picks.items[0] && ofPick(picks.items[0]);
  }
  const parcels = await client.get<Page<Parcel>>('/parcels', { q: code, limit: 1 });
  if (parcels.items[0]) return ofParcel(parcels.items[0]);
  const order = await client.get<Order>(`/orders/${encodeURIComponent(code)}`);
  return ofParcel(
    await client.post<Parcel>('/parcels', { orderId: order.id }, { idempotencyKey: `parcel-${order.id}` }),
  );
}

/** Reports one scanned piece; the answer has the counts as the server knows them. */
export async function scanPiece(work: Work, code: string): Promise<Work> {
  const key = { idempotencyKey: randomId() }; // each beep is one piece, even of the same code
  return work.mode === 'pick'
    ? ofPick(await client.post<Pick>(`/picks/${work.id}/scan`, { code }, key))
    : ofParcel(await client.post<Parcel>(`/parcels/${work.id}/scan`, { code }, key));
}

/** Hands a parcel over; the same parcel twice is refused by the server. */
export const shipParcel = (work: Work, carrier: string, waybillNo: string) =>
  client.post<Parcel>(
    `/parcels/${work.id}/ship`,
    { carrier, ...(waybillNo ? { waybillNo } : {}) },
    { idempotencyKey: `ship-${work.id}-${carrier}-${waybillNo}` },
  );
