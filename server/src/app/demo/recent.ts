import { type Ctx, SYSTEM_ACTOR } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { cancelOrder, completeOrder, holdOrder, Intake, PlaceOrder } from '#modules/orders/index.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import type { Subscriber } from '#kernel/outbox/subscribers.ts';
import { type Dice, somebody, someRemark } from './china.ts';
import type { DemoProduct } from './goods.ts';
import { basket, dayStart, momentIn } from './past.ts';
import { pay, ship, track, type TrackCode } from './recent-facts.ts';

const SLICE_MS = 3 * HOUR_MS; // shorter than from placing to shipping
const LANES = 6;
type Fate = 'unpaid' | 'cancelled' | 'expired' | 'held' | 'late' | 'waiting' | 'shipped' | 'delivered' | 'completed';
/** What happens to one order at a moment. `places`: it comes in. */
type Event = { at: Date; lane: number; places: boolean; run(ctx: Ctx): Promise<void> };
export type Stage = {
  db: Db;
  ctx: Ctx;
  dice: Dice;
  products: readonly DemoProduct[];
  shops: readonly string[];
  subscribers: readonly Subscriber[];
};

/**
 * The orders of the last three days, each living its life through the same commands as a real one, at the moments it
 * would have: placed, paid, confirmed, packed, shipped, delivered. Some wait, some are held, some are late.
 */
export async function livePresent(
  stage: Stage,
  now: Date,
  counts: { today: number; yesterday: number; before: number },
): Promise<number> {
  const agenda: Event[] = [];
  const intake = new Intake(stage.db);
  const days = [
    [2, counts.before],
    [1, counts.yesterday],
    [0, counts.today],
  ] as const;
  for (const [back, count] of days) {
    const start = dayStart(now, back);
    const end = back === 0 ? now : new Date(start.getTime() + DAY_MS);
    for (let i = 0; i < count; i += 1) {
      const fate = fateOf(stage.dice, back, i);
      const at =
        fate === 'unpaid'
          ? new Date(now.getTime() - stage.dice.int(22 * MINUTE_MS) - MINUTE_MS)
          : fate === 'late'
            ? new Date(now.getTime() - (26 + (i % 9)) * MINUTE_MS)
            : momentIn(stage.dice, start, end);
      life(stage, intake, agenda, fate, at, now);
    }
  }
  await play(stage, agenda, now);
  return days.reduce((n, [, count]) => n + count, 0);
}

function fateOf(d: Dice, daysBack: number, i: number): Fate {
  if (daysBack === 0)
    return i % 12 === 0
      ? 'unpaid'
      : i % 20 === 1
        ? 'cancelled'
        : i % 18 === 2
          ? 'held'
          : i % 22 === 3
            ? 'late'
            : d.chance(0.35)
              ? 'shipped'
              : 'waiting';
  if (daysBack === 1)
    return i % 14 === 0
      ? 'expired'
      : i % 25 === 1
        ? 'held'
        : i % 20 === 2
          ? 'cancelled'
          : d.chance(0.12)
            ? 'waiting'
            : 'shipped';
  return i % 16 === 0 ? 'cancelled' : d.chance(0.45) ? 'delivered' : d.chance(0.4) ? 'completed' : 'shipped';
}

const HOLD_NOTES: Readonly<Record<string, string>> = {
  address_check: '门牌号不完整，联系买家确认',
  risk: '同一号码短时间多单',
  customer_request: '买家要求延后发货',
};

function someOrder(s: Stage, fate: Fate, online: boolean): PlaceOrder {
  const d = s.dice;
  const who = somebody(d);
  return PlaceOrder.parse({
    shop: d.chance(0.7) ? s.shops[0] : d.pick(s.shops),
    channel: online ? d.pick(['miniapp', 'web']) : d.pick(['taobao', 'jd']),
    customer: { name: who.name, phone: who.phone },
    shipTo: who.shipTo,
    lines: basket(d, s.products).map((l) => ({
      sku: l.product.code,
      quantity: l.quantity,
      // a price far below the list's holds the order for review
      ...(fate === 'late' ? { unitPrice: Math.floor(l.product.price * 0.2) } : {}),
    })),
    remark: someRemark(d),
    payment: online ? 'online' : 'prepaid',
  });
}

type Step = { minutes: number; run: (tx: Tx, ctx: Ctx, orderId: string) => Promise<unknown> };

/** What happens to an order after it is placed. Everything left to chance is drawn here, in one order: the seed decides. */
function stepsOf(d: Dice, fate: Fate, online: boolean): Step[] {
  const paidAfter = 1 + d.int(6);
  const cancelledAfter = 5 + d.int(15);
  const reason = d.pick(['不想要了', '拍错了', '地址填错']);
  const hold = d.pick(Object.keys(HOLD_NOTES));
  const shipAfter = 200 + d.int(500);
  const cancel = (minutes: number, why: string): Step => ({
    minutes,
    run: (tx, ctx, orderId) => cancelOrder(tx, ctx, { orderId, reason: why }),
  });
  const told = (minutes: number, code: TrackCode): Step => ({
    minutes: shipAfter + minutes,
    run: (tx, ctx, orderId) => track(tx, ctx, orderId, code),
  });
  if (fate === 'unpaid') return [];
  if (fate === 'cancelled') return [cancel(cancelledAfter, reason)];
  if (fate === 'expired') return [cancel(31, '超时未支付')];
  const steps: Step[] = online ? [{ minutes: paidAfter, run: pay }] : [];
  if (fate === 'held')
    steps.push({
      minutes: 8,
      run: (tx, ctx, orderId) => holdOrder(tx, ctx, { orderId, code: hold, note: HOLD_NOTES[hold] ?? '' }),
    });
  if (fate !== 'shipped' && fate !== 'delivered' && fate !== 'completed') return steps;
  steps.push({ minutes: shipAfter, run: ship }, told(90, 'collected'), told(600, 'in_transit'));
  if (fate === 'shipped') return steps;
  steps.push(told(1100, 'out_for_delivery'), told(1300, 'delivered'));
  if (fate === 'completed')
    steps.push({
      minutes: shipAfter + 1500,
      run: (tx, ctx, orderId) =>
        completeOrder(tx, { ...ctx, actor: { ...SYSTEM_ACTOR, kind: 'customer' } }, { orderId }),
    });
  return steps;
}

/** Writes an order's life into the agenda; what would lie in the future has not happened yet. */
function life(s: Stage, intake: Intake, agenda: Event[], fate: Fate, placedAt: Date, now: Date): void {
  const online = fate === 'unpaid' || fate === 'expired' || fate === 'cancelled' || s.dice.chance(0.6);
  const order = someOrder(s, fate, online);
  const lane = agenda.length;
  let id: string | undefined;
  const place = async (ctx: Ctx): Promise<void> => {
    const taken = await intake.place({ ctx, order });
    if ('order' in taken) id = taken.order.id;
  };
  agenda.push({ at: placedAt, lane, places: true, run: place });
  for (const { minutes, run } of stepsOf(s.dice, fate, online)) {
    const at = new Date(placedAt.getTime() + minutes * MINUTE_MS);
    if (at > now) continue;
    agenda.push({
      at,
      lane,
      places: false,
      run: async (ctx) => void (id !== undefined && (await s.db.inTx(ctx, (tx) => run(tx, ctx, id as string)))),
    });
  }
}

/**
 * Everything slice by slice: orders come in, one after the other, then the rest of the slice, side by side but each order's
 * in its order. Subscribers look in between, as they would have at once.
 */
async function play(s: Stage, agenda: readonly Event[], now: Date): Promise<void> {
  const sorted = agenda.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const slices = Map.groupBy(sorted, (e) => Math.floor(e.at.getTime() / SLICE_MS));
  const run = (e: Event): Promise<void> => e.run({ ...s.ctx, now: e.at });
  for (const [n, slice] of slices) {
    await Promise.all(slice.filter((e) => e.places).map(run)); // taken in this order, many in one transaction
    const lanes = [
      ...Map.groupBy(
        slice.filter((e) => !e.places),
        (e) => e.lane,
      ).values(),
    ];
    await Promise.all(
      Array.from({ length: LANES }, async (_, first) => {
        for (let i = first; i < lanes.length; i += LANES) for (const event of lanes[i] as Event[]) await run(event);
      }),
    );
    await drainSubscribers(s.db, s.ctx.orgId, s.subscribers, new Date(Math.min((n + 1) * SLICE_MS, now.getTime())));
  }
}
