import { client } from '../../../api/instance.ts';
import { randomId } from '../../../api/intent.ts';
import type { Parcel, Pick, PickPlace, ScanLine } from '../../../api/types.ts';

export type ScanMode = 'pick' | 'pack';

/** What lies on the table: a pick list or a parcel, with its lines. */
export type Work = {
  mode: ScanMode;
  id: string;
  no: string;
  orderNo: string;
  status: string;
  lines: WorkLine[];
  parcel?: Parcel;
};
/** Of a pick, a line also says from which bins its pieces are to be taken. */
export type WorkLine = ScanLine & { places?: PickPlace[] };

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
  parcel,
});

/** Pieces still to be scanned. */
export const left = (lines: readonly { quantity: number; scanned: number }[]): number =>
  lines.reduce((sum, line) => sum + Math.max(0, line.quantity - line.scanned), 0);

/** The line a scan went to: the one whose count rose, so that it can be shown large. */
export function touched(before: readonly ScanLine[], after: readonly ScanLine[]): ScanLine | undefined {
  const was = new Map(before.map((line) => [line.lineId, line.scanned]));
  return after.find((line) => line.scanned > (was.get(line.lineId) ?? 0));
}

const PACKABLE: readonly string[] = ['created', 'verified'];

/** Finds the work a code stands for; packing an order that has no parcel yet makes one. Undefined when there is none. */
export async function openWork(mode: ScanMode, code: string): Promise<Work | undefined> {
  const work = await client.get('/parcels/by-code/{code}', { path: { code } });
  if (mode === 'pick') return work.picks[0] && ofPick(work.picks[0]); // unfinished ones come first
  const parcel = work.parcels.find(({ status }) => PACKABLE.includes(status));
  if (parcel) return ofParcel(parcel);
  const body = { orderId: work.orderId };
  return ofParcel(await client.post('/parcels', { body, idempotencyKey: randomId() }));
}

/** Reports one scanned piece; the answer has the counts as the server knows them. `scanId` counts once, however often it is sent. */
export async function scanPiece(work: Work, code: string, scanId: string): Promise<Work> {
  const body = { code, scanId };
  return work.mode === 'pick'
    ? ofPick(await client.post('/picks/{pickId}/scan', { path: { pickId: work.id }, body }))
    : ofParcel(await client.post('/parcels/{parcelId}/scan', { path: { parcelId: work.id }, body }));
}

/** Hands a parcel over; the same parcel twice is answered as once. */
export const shipParcel = (work: Work, carrier: string, waybillNo: string): Promise<Parcel> =>
  client.post('/parcels/{parcelId}/ship', {
    path: { parcelId: work.id },
    body: { carrier, ...(waybillNo ? { waybillNo } : {}) },
  });

/** Puts the parcel on the table into a carton. */
export const chooseCarton = async (work: Work, carton: string): Promise<Work> =>
  ofParcel(await client.post('/parcels/{parcelId}/carton', { path: { parcelId: work.id }, body: { carton } }));

/** Tells what the scale says; a weight that differs is refused until there is a reason. */
export const weighParcel = async (
  work: Work,
  weighed: { weightG: number; carton?: string; reason?: string },
): Promise<Work> =>
  ofParcel(await client.post('/parcels/{parcelId}/weigh', { path: { parcelId: work.id }, body: weighed }));
