import { client } from '../../../api/instance.ts';
import type { PickRoute, ShortPick } from '../../../api/types.ts';
import type { Queued } from '../../../ui/scan-queue.ts';
import type { Take } from '../parcels/pick-route.ts';

/** One line of one order at one stop of the walk. */
export type Task = Take & { key: string; binId: string; bin: string; zone: string | null; stop: number };

/** What the picker did, as it waits to be sent: pieces taken, or pieces that are not there. `key` names the task it counts for. */
export type Deed =
  | { kind: 'scan'; pickId: string; key: string; code: string; bin: string; quantity: number }
  | { kind: 'short'; pickId: string; key: string; lineId: string; bin: string; quantity: number; note: string };

/** The walk as single tasks: stop by stop, at each stop by place on the cart. */
export const tasksOf = (route: PickRoute): Task[] =>
  route.stops.flatMap((stop, i) =>
    stop.takes
      .toSorted((a, b) => a.place - b.place)
      .map((take) => ({
        ...take,
        key: [stop.binId, take.pickId, take.lineId, take.batch ?? ''].join('/'),
        binId: stop.binId,
        bin: stop.bin,
        zone: stop.zone,
        stop: i + 1,
      })),
  );

/** Pieces of a task still to be taken, less what has been done since the walk was read. */
export const leftOf = (task: Task, deeds: readonly Deed[]): number =>
  deeds.reduce((left, deed) => (deed.key === task.key ? left - deed.quantity : left), task.quantity);

/** What to do now: the first task of the walk that is not done. */
export const nextTask = (tasks: readonly Task[], deeds: readonly Deed[]): Task | undefined =>
  tasks.find((task) => leftOf(task, deeds) > 0);

export type Judged =
  | { kind: 'counts'; task: Task }
  /** The bin in front of which one should stand. */
  | { kind: 'bin' }
  | { kind: 'otherBin'; bin: string }
  /** Nothing here has this code: the server knows whether it is wrong, unknown, or one too many. */
  | { kind: 'ask' };

const same = (a: string | null, b: string): boolean => a !== null && a.toUpperCase() === b.toUpperCase();

/** What a scanned code means at this point of the walk. */
export function judge(code: string, tasks: readonly Task[], deeds: readonly Deed[]): Judged {
  const text = code.normalize('NFKC').trim();
  const now = nextTask(tasks, deeds);
  if (!now) return { kind: 'ask' };
  const here = tasks.filter((task) => task.binId === now.binId && leftOf(task, deeds) > 0);
  const fits = here.find((task) => same(task.barcode, text) || same(task.sku, text));
  if (fits) return { kind: 'counts', task: fits };
  if (same(now.bin, text)) return { kind: 'bin' };
  const other = tasks.find((task) => same(task.bin, text));
  return other ? { kind: 'otherBin', bin: other.bin } : { kind: 'ask' };
}

/**
 * Sends what was done, in order, each under its own scanId: what arrived already counts once. Rejects at the first that got no
 * answer or a refusal. Answers with what became of missing pieces.
 */
export async function sendDeeds(batch: readonly Queued<Deed>[]): Promise<ShortPick[]> {
  const shorts: ShortPick[] = [];
  for (const { scanId, item } of batch) {
    const path = { pickId: item.pickId };
    if (item.kind === 'scan') {
      const { code, bin, quantity } = item;
      await client.repeatable('/picks/{pickId}/scan', { path, body: { code, bin, quantity, scanId } });
    } else {
      const { lineId, bin, quantity: missing, note } = item;
      shorts.push(
        await client.repeatable('/picks/{pickId}/short', { path, body: { lineId, bin, missing, note, scanId } }),
      );
    }
  }
  return shorts;
}
