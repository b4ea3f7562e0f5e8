import type { Ctx } from '#kernel/context.ts';
import type { PlaceOrder } from '../schema.ts';

/** An order on its way in; `hash` is the fingerprint of the body that came with the idempotency key. */
export type Placing = { ctx: Ctx; order: PlaceOrder; key?: string | undefined; hash?: Buffer | undefined };

/** Orders that are taken together or not at all, and priced as one purchase. */
export type Group = { readonly size: number };
type Queued = Placing & { group?: Group | undefined };

/** The least id made at a moment: ids are time-ordered. */
export const newIdAt = (ms: number): string => {
  const stamp = Math.max(ms, 0).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-000000000000`;
};

/**
 * The next orders in arrival order, without two that could be the same order: the second of them waits for the next
 * batch, where the first is already found stored. Orders that belong together make a batch of their own.
 */
export function nextBatch<W extends Queued>(queue: { waiting: W[] }, max: number): W[] {
  const group = queue.waiting[0]?.group;
  if (group) return queue.waiting.splice(0, group.size);
  const batch: W[] = [];
  const later: W[] = [];
  const seen = new Set<string>();
  const actor = queue.waiting[0]?.ctx.actor.id;
  let i = 0;
  for (; i < queue.waiting.length && batch.length < max; i += 1) {
    const w = queue.waiting[i] as W;
    if (w.group) break;
    const marks = [
      w.key === undefined ? [] : `k:${w.key}`,
      w.order.externalNo === undefined ? [] : `e:${w.order.shop}:${w.order.externalNo}`,
    ].flat();
    if (w.ctx.actor.id !== actor || marks.some((m) => seen.has(m))) later.push(w);
    else batch.push(w);
    for (const m of marks) seen.add(m);
  }
  queue.waiting = [...later, ...queue.waiting.slice(i)];
  return batch;
}

/**
 * Orders of the channel the first is of, when stock is kept for that channel, else of those nothing is kept for; the rest waits.
 * What is kept for a channel is freed while its orders are served, and no other order may be served beside them.
 */
export function ofOneLane<W extends Queued>(
  batch: readonly W[],
  allotted: ReadonlySet<string>,
): { now: W[]; later: W[]; channel: string | undefined } {
  const laneOf = (w: W): string | undefined => (allotted.has(w.order.channel) ? w.order.channel : undefined);
  const [first] = batch;
  const channel = first && laneOf(first);
  const others = batch.filter((w) => laneOf(w) !== channel);
  if (others.length === 0) return { now: [...batch], later: [], channel };
  // orders bought together are taken together: of several channels, they get nothing that is kept for one
  if (first?.group) return { now: [...batch], later: [], channel: undefined };
  return { now: batch.filter((w) => !others.includes(w)), later: others, channel };
}
