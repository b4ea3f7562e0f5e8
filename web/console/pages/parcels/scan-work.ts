import { client } from '../../../api/instance.ts';
import { randomId } from '../../../api/intent.ts';
import type { Parcel, Pick, PickPlace, ScanLine } from '../../../api/types.ts';
import type { Queued } from '../../../ui/scan-queue.ts';

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
/** Of a pick, a line also says from which bins its pieces are to be taken; `waiting` of those scanned are not sent yet. */
export type WorkLine = ScanLine & { places?: PickPlace[]; waiting?: number };

/** A piece scanned at the table, on its way to the server. `lineId` is empty where no line of the work is known to need it. */
export type Piece = { mode: ScanMode; workId: string; no: string; code: string; lineId: string };

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

/** The lines a code means, as the server reads it: by barcode, else by SKU code in any case. */
function linesFor(lines: readonly WorkLine[], code: string): WorkLine[] {
  const text = code.normalize('NFKC').trim();
  const byBarcode = lines.filter((line) => line.barcode === text);
  return byBarcode.length > 0 ? byBarcode : lines.filter((line) => line.sku.toUpperCase() === text.toUpperCase());
}

export type Judged =
  | { kind: 'counts'; line: WorkLine }
  /** There is enough of it already. */
  | { kind: 'surplus' }
  /** No line has this code: the server knows whether it is wrong or unknown, or a code given later. */
  | { kind: 'unknown' };

/** What a scanned code means for the work on the table, with what is on its way counted. */
export function judgePiece(lines: readonly WorkLine[], code: string): Judged {
  const matching = linesFor(lines, code);
  const line = matching.find(({ quantity, scanned }) => scanned < quantity);
  if (line) return { kind: 'counts', line };
  return { kind: matching.length > 0 ? 'surplus' : 'unknown' };
}

/** The work as it lies on the table: what the server has counted, and the scans on their way to it. */
export function withWaiting(work: Work, queued: readonly Queued<Piece>[]): Work {
  const mine = queued.filter(({ item }) => item.workId === work.id);
  if (mine.length === 0) return work;
  const lines = work.lines.map((line) => {
    const waiting = mine.filter(({ item }) => item.lineId === line.lineId).length;
    return waiting === 0 ? line : { ...line, scanned: line.scanned + waiting, waiting };
  });
  return { ...work, lines };
}

/** Sends one scanned piece; the answer has the counts as the server knows them. It counts once, however often it is sent. */
export async function sendPiece([first]: readonly Queued<Piece>[]): Promise<Work> {
  if (!first) throw new Error('nothing to send');
  const { mode, workId: id, code } = first.item;
  const body = { code, scanId: first.scanId };
  return mode === 'pick'
    ? ofPick(await client.repeatable('/picks/{pickId}/scan', { path: { pickId: id }, body }))
    : ofParcel(await client.repeatable('/parcels/{parcelId}/scan', { path: { parcelId: id }, body }));
}

/** The work as the server has it now. */
export const readWork = async ({ mode, id }: { mode: ScanMode; id: string }): Promise<Work> =>
  mode === 'pick'
    ? ofPick(await client.get('/picks/{pickId}', { path: { pickId: id } }))
    : ofParcel(await client.get('/parcels/{parcelId}', { path: { parcelId: id } }));

/** Hands a parcel over; the same parcel twice is answered as once. */
export const shipParcel = (work: Work, carrier: string, waybillNo: string): Promise<Parcel> =>
  client.repeatable('/parcels/{parcelId}/ship', {
    path: { parcelId: work.id },
    body: { carrier, ...(waybillNo ? { waybillNo } : {}) },
  });

/** Puts the parcel on the table into a carton. */
export const chooseCarton = async (work: Work, carton: string): Promise<Work> =>
  ofParcel(await client.repeatable('/parcels/{parcelId}/carton', { path: { parcelId: work.id }, body: { carton } }));

/** Tells what the scale says; a weight that differs is refused until there is a reason. */
export const weighParcel = async (
  work: Work,
  weighed: { weightG: number; carton?: string; reason?: string },
): Promise<Work> =>
  ofParcel(await client.repeatable('/parcels/{parcelId}/weigh', { path: { parcelId: work.id }, body: weighed }));
