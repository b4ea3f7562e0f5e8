import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { type Db, sqlState } from '#kernel/db/index.ts';
import { Overloaded } from '#kernel/errors.ts';
import { NumberBlocks, readableNo } from '#kernel/numbers.ts';
import { wakeSubscribers } from '#kernel/outbox/index.ts';
import { onSettingsChanged } from '#kernel/settings/index.ts';
import { localDate, zoned } from '#kernel/time.ts';
import { traced, traceHere } from '#kernel/tracing/index.ts';
import { SkuCache } from '#modules/catalog/index.ts';
import { allottedChannels, ServiceCache, type ServicePlan } from '#modules/inventory/index.ts';
import { findCoupons, leftOf, OfferCache } from '#modules/promotions/index.ts';
import { CheckoutRefused, OrderRefused } from '../errors.ts';
import type { PlaceOrder } from '../schema.ts';
import { type Bench, RuleCache } from '../review/rule-cache.ts';
import { orderSettings, type OrderSettings } from '../settings.ts';
import { answerAll, refusedTogether, otherwise, type Says, type Taken, type Waiting } from './answers.ts';
import { type Group, nextBatch, ofOneLane, type Placing } from './batches.ts';
import { layOut, type Row } from './lay-out.ts';
import { INTAKE, parametersOf } from './parameters.ts';
import { type LiveOffers, liveOffers, withoutGifts } from './offers.ts';
import { buyerKey, type Checked, checkOrder, checkOrders, type Facts, type Judged, promiseFrom } from './prepare.ts';
import { buyerOf } from './buyer.ts';

export type { Taken } from './answers.ts';
export type { Placing } from './batches.ts';

const BATCH_MAX = 256;
const WINDOW_MS = 2;
const WAITING_MAX = 5000; // at more the sender is told to come back: an answer after seconds is no answer
const ATTEMPTS_MAX = 5;
const UNIQUE_VIOLATION = '23505';
const STOCK_CHANGED = 'ZG001'; // raised by inventory.take
const KEPT_FOR_CHANNEL = 'ZG003'; // raised by orders.intake when a channel's orders were not served apart
const NOT_WHOLE = 'ZG002'; // raised by orders.intake when not all of what belongs together can be taken
const RETRYABLE = new Set([UNIQUE_VIOLATION, STOCK_CHANGED, '40001', '40P01']);
const FACTS_MS = 1000;
const OUT_OF_DATE = new Set(['not_on_sale', 'total_mismatch', 'region_not_served']); // problems of what may have changed meanwhile

type OrgFacts = {
  settings: OrderSettings;
  timeZone: string;
  service: ServicePlan;
  /** Channels that stock is kept for. */
  allotted: ReadonlySet<string>;
  offers: LiveOffers;
  bench: Bench;
  readAt: number;
};
type Moments = { day: string; promised: string; hour: number };
type Asked<W extends Placing = Placing> = { w: W & { giftless?: boolean }; order: Placing['order']; facts: Facts };
type Stale = { stale: string[] } | { staleOffers: true } | { staleRules: true } | { staleService: true };

/**
 * Takes orders in. Requests that arrive while a batch is being stored, or within two milliseconds of each other, go to
 * the database together as one transaction, in order of arrival, one batch of an organisation at a time. A flash sale
 * on one SKU then costs one row lock per batch. The single order is the batch of one.
 */
export class Intake {
  readonly #db: Db;
  readonly #cache: SkuCache;
  readonly #offers: OfferCache;
  readonly #rules: RuleCache;
  readonly #service: ServiceCache;
  readonly #numbers: NumberBlocks;
  readonly #queues = new Map<string, { waiting: Waiting[]; running: boolean; timer: boolean }>();
  readonly #facts = new Map<string, OrgFacts>();
  #latest: ({ second: number; org: OrgFacts } & Moments) | undefined;
  /** How many orders each of the last batches held: for metrics. */
  readonly sizes: number[] = [];

  constructor(db: Db) {
    this.#db = db;
    this.#cache = new SkuCache(db);
    this.#offers = new OfferCache(db);
    this.#rules = new RuleCache(db);
    this.#service = new ServiceCache(db);
    this.#numbers = new NumberBlocks(db, 'order');
    onSettingsChanged((orgId) => this.#facts.delete(orgId));
  }

  /** Resolves once the order is durable, or refused. Rejects when the database cannot say which. */
  place(placing: Placing): Promise<Taken> {
    return this.#enter([placing], undefined)[0] as Promise<Taken>;
  }

  /**
   * Orders bought together: offers over several shops count them as one, and all are taken or none. When one is refused,
   * every other is refused with `checkout_refused`.
   */
  placeTogether(placings: readonly Placing[]): Promise<Taken[]> {
    return Promise.all(this.#enter(placings, { size: placings.length }));
  }

  #enter(placings: readonly Placing[], group: Group | undefined): Promise<Taken>[] {
    const orgId = placings[0]?.ctx.orgId ?? '';
    const queue = this.#queues.get(orgId) ?? { waiting: [], running: false, timer: false };
    this.#queues.set(orgId, queue);
    const answers = placings.map(
      (placing) =>
        new Promise<Taken>((done, failed) => {
          if (!group && queue.waiting.length >= WAITING_MAX) return failed(new Overloaded());
          const waiting: Waiting = { ...placing, group, trace: traceHere(), done, failed };
          if (!group) this.#early(waiting);
          queue.waiting.push(waiting);
        }),
    );
    if (!queue.running && !queue.timer) {
      queue.timer = true;
      setTimeout(() => {
        queue.timer = false;
        void this.#drain(orgId, queue);
      }, WINDOW_MS);
    }
    return answers;
  }

  async #drain(orgId: string, queue: { waiting: Waiting[]; running: boolean }): Promise<void> {
    if (queue.running) return;
    queue.running = true;
    while (queue.waiting.length > 0) {
      let batch = nextBatch(queue, BATCH_MAX); // of one actor: the rows say who acted
      try {
        const lane = ofOneLane(batch, (await this.#orgFacts(orgId)).allotted);
        queue.waiting.unshift(...lane.later);
        batch = lane.now;
        const [first, ...others] = batch.map((w) => w.trace);
        const facts = { 'zhanggui.orders': batch.length };
        const from = { where: 'root', parent: first, links: others } as const;
        await traced('orders.intake', facts, () => this.#take(orgId, lane.now, lane.channel), from);
      } catch (error) {
        for (const w of batch) w.failed(error);
      }
    }
    queue.running = false;
  }

  async #orgFacts(orgId: string): Promise<OrgFacts> {
    const known = this.#facts.get(orgId);
    if (known && Date.now() - known.readAt < FACTS_MS) return known;
    const [inForce, bench] = [await this.#offers.get(orgId), await this.#rules.get(orgId)];
    const service = await this.#service.get(orgId);
    const facts = await this.#db.read({ orgId }, async (tx) => {
      const [org] = await tx.prepared<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [
        orgId,
      ]);
      return {
        settings: await orderSettings.get(tx),
        timeZone: org?.time_zone ?? 'Asia/Shanghai',
        // what is sold out is no longer offered; what is left is counted when it is taken
        offers: liveOffers(inForce, onlyGone(await leftOf(tx, inForce.offers.offers, null))),
        bench,
        service,
        allotted: await allottedChannels(tx),
        readAt: Date.now(),
      };
    });
    this.#facts.set(orgId, facts);
    return facts;
  }

  async #take(orgId: string, batch: Waiting[], channel: string | undefined): Promise<void> {
    await fieldCrypto.load(orgId);
    this.sizes.push(batch.length);
    if (this.sizes.length > 10_000) this.sizes.splice(0, 5_000);
    let open = batch;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      await this.#layOut(orgId, open);
      open = open.filter((w) => w.row !== undefined);
      if (open.length === 0) return;
      const says = await this.#try(orgId, open, attempt, channel);
      if (says === 'sort again') {
        this.#facts.delete(orgId);
        this.#queues.get(orgId)?.waiting.unshift(...open);
        return;
      }
      if (Array.isArray(says)) {
        const stored = open; // told once the next batch is on its way: the database need not wait for the answers
        const again = says.filter((s) => otherwise(s, stored[s.i] as Waiting) !== undefined);
        const told = again.length === 0 ? says : says.filter((s) => !again.includes(s));
        open = again.length > 0 && batch[0]?.group ? stored : again.map((s) => stored[s.i] as Waiting);
        if (told.length > 0 && open !== stored) setImmediate(() => this.#tell(stored, told));
        wakeSubscribers(orgId);
        // a gift that is gone stops no order, nor do goods that may come later
        for (const s of again) Object.assign(stored[s.i] as Waiting, otherwise(s, stored[s.i] as Waiting));
        const gone = stored.some((w) => w.giftless);
        for (const w of open) Object.assign(w, { row: undefined }, w.group && gone ? { giftless: true } : {});
      }
      if (attempt >= ATTEMPTS_MAX * 2) throw new Error('intake: prices change faster than orders can be stored');
    }
  }

  /** Stores the batch, or says to come again: what it was priced with has changed, or somebody else was faster. */
  async #try(
    orgId: string,
    open: readonly Waiting[],
    attempt: number,
    channel: string | undefined,
  ): Promise<Says[] | 'sort again' | undefined> {
    try {
      const says = await this.#store(orgId, open, attempt > 2, channel);
      if (Array.isArray(says)) return says;
      this.#forget(orgId, says);
      for (const w of open) w.row = undefined; // price again
    } catch (error) {
      if (sqlState(error) === NOT_WHOLE) return refusedTogether(open, String((error as { detail?: unknown }).detail));
      if (sqlState(error) === KEPT_FOR_CHANNEL) return 'sort again';
      // Another node stored the same key a moment ago, or took stock that was counted on: look again.
      if (!RETRYABLE.has(sqlState(error) ?? '')) throw error;
      if (attempt >= ATTEMPTS_MAX) throw new Overloaded(); // the sender may try again
    }
    return undefined;
  }

  #forget(orgId: string, says: Stale): void {
    if ('stale' in says) this.#cache.forget(orgId, says.stale);
    else if ('staleOffers' in says) this.#offers.forget(orgId);
    else if ('staleRules' in says) this.#rules.forget(orgId);
    else this.#service.forget(orgId);
    this.#facts.delete(orgId);
  }

  /** What all orders of a second have in common. */
  #moment(org: OrgFacts, now: Date): Moments {
    const second = Math.floor(now.getTime() / 1000);
    if (this.#latest?.second !== second || this.#latest.org !== org) {
      const { hour } = zoned(now, org.timeZone);
      this.#latest = { second, org, hour, day: localDate(now, org.timeZone), promised: promiseFrom(now, org.settings) };
    }
    return this.#latest;
  }

  /**
   * Lays an order out on arrival when everything needed is at hand, while the batch before it is being stored. What
   * cannot be, and what would be refused, waits for its turn.
   */
  #early(w: Waiting): void {
    const { orgId, now } = w.ctx;
    const org = this.#facts.get(orgId);
    if (!org || Date.now() - org.readAt > FACTS_MS || w.order.couponCodes !== undefined || asksBuyer(org.bench)) return;
    const shop = this.#cache.peekShop(orgId, w.order.shop);
    const skus = this.#cache.peek(orgId, [...w.order.lines.map((l) => l.sku), ...org.offers.giftSkus]);
    if (!shop || !skus) return;
    const { day, promised, hour } = this.#moment(org, now);
    const { settings, offers, bench, service } = org;
    const { checked } = checkOrder(w.ctx, w.order, { shop, skus, settings, service, offers, bench, hour });
    const number = checked === undefined ? undefined : this.#numbers.tryTake(orgId);
    if (checked === undefined || number === undefined) return;
    w.row = this.#rowOf(w, checked, { shop, org, orderNo: readableNo(day, number), promised });
  }

  #rowOf(
    w: Waiting,
    checked: Checked,
    at: { shop: NonNullable<Facts['shop']>; org: OrgFacts; orderNo: string; promised: string },
  ): Row {
    const { org, ...rest } = at;
    const revisions = { offers: org.offers.revision, rules: org.bench.revision };
    const { settings, timeZone } = org;
    const service = org.service.revision;
    return layOut(w.ctx, w.order, checked, {
      ...rest,
      settings,
      service,
      timeZone,
      revisions,
      without: w.without ?? NONE,
    });
  }

  /** Every problem an order has besides its stock, as things are now. Nothing is stored. */
  async check(ctx: Ctx, order: PlaceOrder): Promise<Judged> {
    await fieldCrypto.load(ctx.orgId);
    const placing = { ctx, order };
    return this.#judge({ w: placing, order, facts: await this.#factsOf(placing, await this.#orgFacts(ctx.orgId)) });
  }

  async #factsOf(w: Placing & { giftless?: boolean }, org: OrgFacts): Promise<Facts> {
    const { orgId } = w.ctx;
    const codes = new Set([...w.order.lines.map((l) => l.sku), ...org.offers.giftSkus]);
    return this.#withBuyer(w, {
      shop: await this.#cache.shop(orgId, w.order.shop),
      skus: await this.#cache.skus(orgId, codes),
      settings: org.settings,
      service: org.service,
      offers: w.giftless ? withoutGifts(org.offers) : org.offers,
      bench: org.bench,
      hour: this.#moment(org, w.ctx.now).hour,
    });
  }

  /** Prices and lays out what can be; answers at once what cannot be taken whatever the stock. */
  async #layOut(orgId: string, batch: readonly Waiting[]): Promise<void> {
    const open = batch.filter((w) => w.row === undefined);
    if (open.length === 0) return;
    const org = await this.#orgFacts(orgId);
    await this.#cache.skus(orgId, new Set(open.flatMap((w) => w.order.lines.map((l) => l.sku)))); // all with one query
    const numbers = await this.#numbers.take(orgId, open.length);
    const asked = await Promise.all(open.map(async (w) => ({ w, order: w.order, facts: await this.#factsOf(w, org) })));
    const whole = open[0]?.group !== undefined;
    const judged = whole ? await this.#judgeWhole(asked) : await Promise.all(asked.map((a) => this.#judge(a)));
    const refusing = whole && judged.some((j) => j.checked === undefined);
    for (const [i, { w, facts }] of asked.entries()) {
      const { checked, problems = [] } = judged[i] ?? {};
      if (checked === undefined || refusing || !facts.shop)
        w.done({ refused: problems.length > 0 ? new OrderRefused({}, problems) : new CheckoutRefused() });
      else {
        const { day, promised } = this.#moment(org, w.ctx.now);
        const orderNo = readableNo(day, numbers[i] as number);
        w.row = this.#rowOf(w, checked, { shop: facts.shop, org, orderNo, promised });
      }
    }
  }

  async #judge({ w, order, facts }: Asked): Promise<Judged> {
    const first = checkOrder(w.ctx, order, facts);
    // What is accepted has its prices checked when it is stored; nothing is refused by what was read earlier either.
    if (!first.problems.some((p) => OUT_OF_DATE.has(p.code))) return first;
    return checkOrder(w.ctx, order, await this.#readAgain(w, facts));
  }

  async #judgeWhole(asked: readonly Asked[]): Promise<Judged[]> {
    const { ctx } = (asked[0] as Asked).w;
    const first = checkOrders(ctx, asked);
    if (first.every((j) => j.checked !== undefined)) return first;
    const again = await Promise.all(
      asked.map(async (a) => ({ order: a.order, facts: await this.#readAgain(a.w, a.facts) })),
    );
    return checkOrders(ctx, again);
  }

  /** The facts of an order about to be refused, from the database. */
  async #readAgain(w: Asked['w'], facts: Facts): Promise<Facts> {
    const { orgId } = w.ctx;
    this.#forget(orgId, { staleOffers: true });
    this.#forget(orgId, { staleService: true });
    await this.#cache.reread(orgId, [...facts.skus.keys()]);
    return this.#factsOf(w, await this.#orgFacts(orgId));
  }

  /** What depends on who buys is looked up for each order it matters for: few bring coupons, few rules ask. */
  async #withBuyer(w: Placing, facts: Facts): Promise<Facts> {
    const codes = w.order.couponCodes ?? [];
    const asks = asksBuyer(facts.bench);
    if (!facts.shop || (codes.length === 0 && !asks)) return facts;
    const key = buyerKey(w.ctx.orgId, facts.shop.id, w.order);
    return this.#db.read(w.ctx, async (tx) => {
      const coupons = await findCoupons(tx, codes, key, w.ctx.now);
      const known = asks ? await buyerOf(tx, key) : undefined;
      const level = known?.level ?? w.order.customer.level;
      return {
        ...facts,
        coupons,
        ...(asks ? { buyer: { isNew: known === undefined, ...(level === undefined ? {} : { level }) } } : {}),
      };
    });
  }

  #store(
    orgId: string,
    batch: readonly Waiting[],
    lock: boolean,
    channel: string | undefined,
  ): Promise<Says[] | Stale> {
    return this.#db.call({ orgId }, INTAKE, parametersOf(batch, lock, channel));
  }

  /** Outside the batch's own error handling, so what goes wrong here is told to those who wait, and to nobody else. */
  #tell(batch: readonly Waiting[], says: readonly Says[]): void {
    try {
      answerAll(batch, says);
    } catch (error) {
      for (const w of batch) w.failed(error); // those already answered do not hear it
    }
  }
}

/** Whether a rule asks who buys: whether they are new, or their level. */
const asksBuyer = ({ compiled: { needs } }: Bench): boolean => needs.has('newCustomer') || needs.has('customerLevel');

const NONE: ReadonlySet<number> = new Set();

const onlyGone = (left: ReadonlyMap<string, number>): Map<string, number> =>
  new Map([...left].filter(([, n]) => n === 0));
