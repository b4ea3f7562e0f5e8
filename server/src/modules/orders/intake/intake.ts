import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { type Db, sqlState } from '#kernel/db/index.ts';
import { type DomainError, IdempotencyKeyReused, Overloaded } from '#kernel/errors.ts';
import { NumberBlocks, readableNo } from '#kernel/numbers.ts';
import { wakeSubscribers } from '#kernel/outbox/index.ts';
import { onSettingsChanged } from '#kernel/settings/index.ts';
import { localDate, MINUTE_MS } from '#kernel/time.ts';
import { type Place, traced, traceHere } from '#kernel/tracing/index.ts';
import { SkuCache } from '#modules/catalog/index.ts';
import { InsufficientStock } from '#modules/inventory/index.ts';
import { OrderRefused } from '../errors.ts';
import type { PlacedOrder, PlaceOrder } from '../schema.ts';
import { orderSettings, type OrderSettings } from '../settings.ts';
import { Columns, LINE_COLUMNS, ORDER_COLUMNS } from './columns.ts';
import { checkOrder, type Facts, layOut, promiseFrom, type Row } from './prepare.ts';

/** What a sender gets: the order, whether it is the stored answer of an earlier request, or why it was refused. */
export type Taken = { order: PlacedOrder; replayed: boolean } | { existing: string } | { refused: DomainError };

export type Placing = { ctx: Ctx; order: PlaceOrder; key?: string | undefined; hash?: Buffer | undefined };

type Waiting = Placing & {
  trace: Place | undefined;
  row?: Row | undefined;
  done(taken: Taken): void;
  failed(error: unknown): void;
};
type Says = {
  i: number;
  holds?: string[];
  replay?: PlacedOrder;
  reused?: true;
  existing?: string;
  short?: { n: number; available: number }[];
};

const BATCH_MAX = 256;
const WINDOW_MS = 2;
const WAITING_MAX = 5000; // at more the sender is told to come back: an answer after seconds is no answer
const ATTEMPTS_MAX = 5;
const UNIQUE_VIOLATION = '23505';
const STOCK_CHANGED = 'ZG001'; // raised by inventory.take
const RETRYABLE = new Set([UNIQUE_VIOLATION, STOCK_CHANGED, '40001', '40P01']);
const FACTS_MS = 1000;

type OrgFacts = { settings: OrderSettings; timeZone: string; readAt: number };

/**
 * Takes orders in. Requests that arrive while a batch is being stored, or within two milliseconds of each other, go to
 * the database together as one transaction, in order of arrival, one batch of an organisation at a time. A flash sale
 * on one SKU then costs one row lock per batch. The single order is the batch of one.
 */
export class Intake {
  readonly #db: Db;
  readonly #cache: SkuCache;
  readonly #numbers: NumberBlocks;
  readonly #queues = new Map<string, { waiting: Waiting[]; running: boolean; timer: boolean }>();
  readonly #facts = new Map<string, OrgFacts>();
  #latest: { second: number; org: OrgFacts; day: string; promised: string } | undefined;
  /** How many orders each of the last batches held: for metrics. */
  readonly sizes: number[] = [];

  constructor(db: Db) {
    this.#db = db;
    this.#cache = new SkuCache(db);
    this.#numbers = new NumberBlocks(db, 'order');
    onSettingsChanged((orgId) => this.#facts.delete(orgId));
  }

  /** Resolves once the order is durable, or refused. Rejects when the database cannot say which. */
  place(placing: Placing): Promise<Taken> {
    return new Promise((done, failed) => {
      const orgId = placing.ctx.orgId;
      const queue = this.#queues.get(orgId) ?? { waiting: [], running: false, timer: false };
      this.#queues.set(orgId, queue);
      if (queue.waiting.length >= WAITING_MAX) return failed(new Overloaded());
      const waiting: Waiting = { ...placing, trace: traceHere(), done, failed };
      this.#early(waiting);
      queue.waiting.push(waiting);
      if (queue.running || queue.timer) return;
      queue.timer = true;
      setTimeout(() => {
        queue.timer = false;
        void this.#drain(orgId, queue);
      }, WINDOW_MS);
    });
  }

  async #drain(orgId: string, queue: { waiting: Waiting[]; running: boolean }): Promise<void> {
    if (queue.running) return;
    queue.running = true;
    while (queue.waiting.length > 0) {
      const batch = nextBatch(queue); // of one actor: the rows say who acted
      try {
        const [first, ...others] = batch.map((w) => w.trace);
        const facts = { 'zhanggui.orders': batch.length };
        const from = { where: 'root', parent: first, links: others } as const;
        await traced('orders.intake', facts, () => this.#take(orgId, batch), from);
      } catch (error) {
        for (const w of batch) w.failed(error);
      }
    }
    queue.running = false;
  }

  async #orgFacts(orgId: string): Promise<OrgFacts> {
    const known = this.#facts.get(orgId);
    if (known && Date.now() - known.readAt < FACTS_MS) return known;
    const facts = await this.#db.read({ orgId }, async (tx) => {
      const [org] = await tx.prepared<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [
        orgId,
      ]);
      return {
        settings: await orderSettings.get(tx),
        timeZone: org?.time_zone ?? 'Asia/Shanghai',
        readAt: Date.now(),
      };
    });
    this.#facts.set(orgId, facts);
    return facts;
  }

  async #take(orgId: string, batch: Waiting[]): Promise<void> {
    await fieldCrypto.load(orgId);
    this.sizes.push(batch.length);
    if (this.sizes.length > 10_000) this.sizes.splice(0, 5_000);
    let open = batch;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      await this.#layOut(orgId, open);
      open = open.filter((w) => w.row !== undefined);
      if (open.length === 0) return;
      try {
        const says = await this.#store(orgId, open, attempt > 2);
        if (Array.isArray(says)) {
          const stored = open; // told once the next batch is on its way: the database need not wait for the answers
          setImmediate(() => this.#tell(stored, says));
          wakeSubscribers(orgId);
          return;
        }
        this.#cache.forget(orgId, says.stale); // a price changed since it was read: price again
        for (const w of open) w.row = undefined;
      } catch (error) {
        // Another node stored the same key a moment ago, or took stock that was counted on: look again.
        if (!RETRYABLE.has(sqlState(error) ?? '')) throw error;
        if (attempt >= ATTEMPTS_MAX) throw new Overloaded(); // the sender may try again
      }
      if (attempt >= ATTEMPTS_MAX * 2) throw new Error('intake: prices change faster than orders can be stored');
    }
  }

  /** What all orders of a second have in common. */
  #moment(org: OrgFacts, now: Date): { day: string; promised: string } {
    const second = Math.floor(now.getTime() / 1000);
    if (this.#latest?.second !== second || this.#latest.org !== org) {
      this.#latest = { second, org, day: localDate(now, org.timeZone), promised: promiseFrom(now, org.settings) };
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
    if (!org || Date.now() - org.readAt > FACTS_MS) return;
    const shop = this.#cache.peekShop(orgId, w.order.shop);
    const skus = this.#cache.peek(
      orgId,
      w.order.lines.map((l) => l.sku),
    );
    if (!shop || !skus) return;
    const { priced } = checkOrder(w.ctx, w.order, { shop, skus, settings: org.settings });
    const number = priced === undefined ? undefined : this.#numbers.tryTake(orgId);
    if (priced === undefined || number === undefined) return;
    const { day, promised } = this.#moment(org, now);
    w.row = layOut(w.ctx, w.order, priced, {
      shop,
      settings: org.settings,
      orderNo: readableNo(day, number),
      promised,
    });
  }

  /** Prices and lays out what can be; answers at once what cannot be taken whatever the stock. */
  async #layOut(orgId: string, batch: readonly Waiting[]): Promise<void> {
    const open = batch.filter((w) => w.row === undefined);
    if (open.length === 0) return;
    const org = await this.#orgFacts(orgId);
    const skus = await this.#cache.skus(orgId, new Set(open.flatMap((w) => w.order.lines.map((l) => l.sku))));
    const numbers = await this.#numbers.take(orgId, open.length);
    for (const [i, w] of open.entries()) {
      const facts: Facts = { shop: await this.#cache.shop(orgId, w.order.shop), skus, settings: org.settings };
      let { problems, priced } = checkOrder(w.ctx, w.order, facts);
      // What is accepted has its prices checked when it is stored; nothing is refused by what was read earlier either.
      if (problems.some((p) => p.code === 'not_on_sale' || p.code === 'total_mismatch')) {
        const read = await this.#cache.reread(
          orgId,
          w.order.lines.map((l) => l.sku),
        );
        ({ problems, priced } = checkOrder(w.ctx, w.order, { ...facts, skus: read }));
      }
      if (!priced || !facts.shop) w.done({ refused: new OrderRefused({}, problems) });
      else {
        const { day, promised } = this.#moment(org, w.ctx.now);
        const orderNo = readableNo(day, numbers[i] as number);
        w.row = layOut(w.ctx, w.order, priced, { shop: facts.shop, settings: org.settings, orderNo, promised });
      }
    }
  }

  async #store(orgId: string, batch: readonly Waiting[], lock: boolean): Promise<Says[] | { stale: string[] }> {
    const { ctx } = batch[0] as Waiting;
    const orders = new Columns(ORDER_COLUMNS);
    const lines = new Columns(LINE_COLUMNS);
    const priced = new Map<string, { id: string; version: number }>();
    for (const [i, w] of batch.entries()) {
      const row = w.row as Row;
      const stored =
        w.key === undefined
          ? {}
          : { ik: w.key, ih: w.hash?.toString('hex'), rt: '/api/v1/orders', resp: JSON.stringify(row.answer) };
      orders.add({ i, ...row.order, ...stored, rq: w.ctx.requestId });
      for (const line of row.lines) lines.add({ o: i, ...line });
      for (const sku of row.priced) priced.set(`${sku.id}/${sku.version}`, sku);
    }
    const head = {
      now: ctx.now,
      since: newIdAt(ctx.now.getTime() - 10 * MINUTE_MS),
      actor: ctx.actor.id,
      actorKind: ctx.actor.kind,
      lock,
      skus: [...priced.values()].map((s) => s.id),
      versions: [...priced.values()].map((s) => s.version),
    };
    return this.#db.call({ orgId }, 'orders.intake($1::uuid, $2::jsonb, $3::text[], $4::text[])', [
      JSON.stringify(head),
      orders.values(),
      lines.values(),
    ]);
  }

  /** Outside the batch's own error handling, so what goes wrong here is told to those who wait, and to nobody else. */
  #tell(batch: readonly Waiting[], says: readonly Says[]): void {
    try {
      this.#answer(batch, says);
    } catch (error) {
      for (const w of batch) w.failed(error); // those already answered do not hear it
    }
  }

  #answer(batch: readonly Waiting[], says: readonly Says[]): void {
    for (const said of says) {
      const w = batch[said.i] as Waiting;
      const row = w.row as Row;
      if (said.replay) w.done({ order: said.replay, replayed: true });
      else if (said.reused) w.done({ refused: new IdempotencyKeyReused() });
      else if (said.existing !== undefined) w.done({ existing: said.existing });
      else if (said.short) {
        w.done({
          refused: new InsufficientStock(
            {},
            said.short.map(({ n, available }) => ({
              path: `lines[${n - 1}].quantity`,
              code: 'insufficient_stock',
              facts: { sku: row.answer.lines[n - 1]?.sku ?? '', available },
            })),
          ),
        });
      } else w.done({ order: { ...row.answer, holds: said.holds ?? row.answer.holds }, replayed: false });
    }
  }
}

/** The least id made at a moment: ids are time-ordered. */
const newIdAt = (ms: number): string => {
  const stamp = Math.max(ms, 0).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-000000000000`;
};

/**
 * The next orders in arrival order, without two that could be the same order: the second of them waits for the next
 * batch, where the first is already found stored.
 */
function nextBatch(queue: { waiting: Waiting[] }): Waiting[] {
  const batch: Waiting[] = [];
  const later: Waiting[] = [];
  const seen = new Set<string>();
  const actor = queue.waiting[0]?.ctx.actor.id;
  let i = 0;
  for (; i < queue.waiting.length && batch.length < BATCH_MAX; i += 1) {
    const w = queue.waiting[i] as Waiting;
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
