import { createHash } from 'node:crypto';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { allocate, type Currency, money } from '#kernel/money.ts';
import { readableNo, type NumberBlocks } from '#kernel/numbers.ts';
import { localDate } from '#kernel/time.ts';
import { IdsAt, type Outcome, type Reject } from '#kernel/transfers/index.ts';
import { ensureProducts, type ShopRow, type SkuRow, skusByCode } from '#modules/catalog/index.ts';
import { type PastDemand, recordPastDemand } from '#modules/inventory/index.ts';
import { regionOf } from '../domain/check-address.ts';
import { CUSTOMER_PERSONAL, matchKey, PERSONAL } from '../intake/prepare.ts';
import { type Buyer, complete, type Draft, type OrderDraft, type RefundDraft } from './classify.ts';
import type { OrderMapping } from './mapping.ts';

const CACHED_MAX = 100_000;
const hex = (bytes: Buffer): string => bytes.toString('hex');

export type HistoryOptions = {
  ctx: Ctx;
  shops: ReadonlyMap<string, ShopRow>;
  numbers: NumberBlocks;
  timeZone: string;
  mapping: Pick<OrderMapping, 'products'>;
  dryRun: boolean;
};

/** Stores finished orders of the past and the cancellations among them, many at a time, in the caller's transaction. */
export class History {
  readonly #o: HistoryOptions;
  readonly #ids = new IdsAt();
  #skus = new Map<string, SkuRow>(); // found in the database by an earlier transaction, so they stay
  #days = new Map<number, string>();

  constructor(options: HistoryOptions) {
    this.#o = options;
  }

  /** The organisation's keys must be loaded. */
  async apply(tx: Tx, drafts: readonly Draft[]): Promise<Outcome> {
    const rejects: Reject[] = drafts.flatMap((d) => d.rejects);
    const orders = drafts.filter((d) => d.kind === 'order');
    const refunds = drafts.filter((d) => d.kind === 'refund');
    const placed = await this.#orders(tx, orders, rejects);
    const given = await this.#refunds(tx, refunds, rejects);
    return {
      skipped: placed.skipped + given.skipped,
      rejects,
      counts: {
        orders: placed.orders,
        orderLines: placed.lines,
        ordersAlreadyThere: placed.known,
        refunds: given.refunds,
        refundLines: given.lines,
      },
    };
  }

  async #orders(
    tx: Tx,
    drafts: readonly OrderDraft[],
    rejects: Reject[],
  ): Promise<{ orders: number; lines: number; known: number; skipped: number }> {
    if (drafts.length === 0) return { orders: 0, lines: 0, known: 0, skipped: 0 };
    const skus = await this.#resolve(tx, drafts);
    const numbers = await this.#o.numbers.take(tx.orgId, drafts.length);
    const o: unknown[] = [];
    const l: unknown[] = [];
    const laid = drafts.map((given, i): Laid | undefined => {
      const unknown = given.lines
        .filter((line) => !skus.has(line.sku))
        .map((line): Reject => ({ line: line.row, path: 'sku', code: 'unknown_sku', facts: { sku: line.sku } }));
      const draft =
        unknown.length === 0
          ? given
          : complete({
              ...given,
              rejects: [...given.rejects, ...unknown],
              lines: given.lines.filter((line) => skus.has(line.sku)),
            });
      rejects.push(...draft.rejects.slice(given.rejects.length));
      if (draft.kind === 'none') return undefined;
      const { order, lines: rows, total } = this.#layOut(draft, skus, numbers[i] as number);
      o.push({ i, ...order });
      for (const row of rows) l.push({ o: i, ...row });
      return { draft, lines: rows.length, total };
    });
    const known = await this.#store<{ i: number; lines: number; total: number }>(tx, 'import_history', {
      now: this.#o.ctx.now,
      o,
      l,
    });
    await recordPastDemand(tx, this.#demandOf(laid, known, skus));
    return tally(laid, known, rejects, o.length, l.length);
  }

  /** What the orders that were not there already asked for, for the forecast: no stock has moved for them. */
  #demandOf(
    laid: readonly (Laid | undefined)[],
    known: readonly { i: number }[],
    skus: ReadonlyMap<string, SkuRow>,
  ): PastDemand[] {
    const there = new Set(known.map((k) => k.i));
    return laid.flatMap((order, i) => {
      if (order === undefined || there.has(i)) return [];
      const day = this.#day(order.draft.at.getTime());
      return order.draft.lines.map((line) => ({
        skuId: present(skus.get(line.sku), 'the SKU was looked up').id,
        day,
        units: line.quantity,
      }));
    });
  }

  async #resolve(tx: Tx, drafts: readonly OrderDraft[]): Promise<Map<string, SkuRow>> {
    const wanted = new Map<string, { sku: string; title: string; price: number; currency: Currency }>();
    for (const d of drafts) {
      const { currency } = present(this.#o.shops.get(d.shop), 'the shop was looked up');
      for (const line of d.lines) {
        const seen = wanted.get(line.sku);
        if (!seen)
          wanted.set(line.sku, { sku: line.sku, title: line.title || line.sku, price: line.unitPrice ?? 0, currency });
        else if (seen.title === seen.sku && line.title !== '') seen.title = line.title;
      }
    }
    const found = new Map<string, SkuRow>();
    const missing = [...wanted.values()].filter((w) => {
      const hit = this.#skus.get(w.sku);
      if (hit) found.set(w.sku, hit);
      return !hit;
    });
    if (missing.length === 0) return found;
    if (this.#skus.size > CACHED_MAX) this.#skus = new Map();
    for (const row of await skusByCode(
      tx,
      missing.map((m) => m.sku),
    )) {
      this.#skus.set(row.sku, row);
      found.set(row.sku, row);
    }
    const unknown = missing.filter((m) => !found.has(m.sku));
    const { create, category } = this.#o.mapping.products;
    if (create && unknown.length > 0)
      for (const [code, row] of await ensureProducts(tx, this.#o.ctx, unknown, category)) found.set(code, row);
    return found;
  }

  #layOut(
    draft: OrderDraft,
    skus: ReadonlyMap<string, SkuRow>,
    number: number,
  ): { order: object; lines: object[]; total: number } {
    const { orgId } = this.#o.ctx;
    const shop = present(this.#o.shops.get(draft.shop), 'the shop was looked up');
    const ms = draft.at.getTime();
    const amounts = draft.lines.map((line) => (line.unitPrice ?? 0) * line.quantity);
    const goods = amounts.reduce((a, b) => a + b, 0);
    const discounts = draft.discount === 0 ? undefined : allocate(money(draft.discount, shop.currency), amounts);
    const lines = draft.lines.map((line, i) => {
      const sku = skus.get(line.sku) as SkuRow;
      return {
        n: i + 1,
        id: this.#ids.make(ms),
        sku: sku.id,
        code: sku.sku,
        ti: line.title || sku.title,
        pr: line.unitPrice ?? 0,
        lp: sku.price_amount,
        q: line.quantity,
        ds: discounts?.[i]?.amount ?? 0,
        w: sku.weight_g,
        ro: sku.reserve_on,
      };
    });
    const total = goods - draft.discount + draft.freight;
    const phone = normalisePhone(draft.shipTo.phone);
    const goodsHash = createHash('sha256')
      .update(
        lines
          .map((line) => `${line.sku}:${line.q}`)
          .toSorted()
          .join(),
      )
      .digest()
      .subarray(0, 16);
    const personal = JSON.stringify({ ...draft.shipTo, ...(draft.remark === '' ? {} : { remark: draft.remark }) });
    return {
      lines,
      total,
      order: {
        id: this.#ids.make(ms),
        no: readableNo(this.#day(ms), number),
        shop: shop.id,
        ext: draft.externalNo,
        ch: draft.channel,
        ...this.#buyer(draft.buyer, shop.id),
        cur: shop.currency,
        g: goods,
        d: draft.discount,
        f: draft.freight,
        t: total,
        n: lines.length,
        u: lines.reduce((sum, line) => sum + line.q, 0),
        rg: regionOf(draft.shipTo),
        p: fieldCrypto.seal(orgId, personal, PERSONAL).toString('base64'),
        ph: phone === '' ? null : hex(fieldCrypto.blindIndex(orgId, 'phone', phone)),
        nm:
          draft.shipTo.name === ''
            ? null
            : hex(fieldCrypto.blindIndex(orgId, 'name', normaliseName(draft.shipTo.name))),
        gh: hex(goodsHash),
        pl: draft.at,
      },
    };
  }

  #buyer(buyer: Buyer, shopId: string): Record<string, unknown> {
    const { orgId, now } = this.#o.ctx;
    const phone = normalisePhone(buyer.phone);
    return {
      mk: hex(this.#matchKey(buyer, shopId)),
      cid: newId(now.getTime()),
      cext: buyer.externalId ?? null,
      cp: fieldCrypto.seal(orgId, JSON.stringify({ name: buyer.name, phone }), CUSTOMER_PERSONAL).toString('base64'),
      cph: phone === '' ? null : hex(fieldCrypto.blindIndex(orgId, 'phone', phone)),
      cnm: buyer.name === '' ? null : hex(fieldCrypto.blindIndex(orgId, 'name', normaliseName(buyer.name))),
    };
  }

  #matchKey(buyer: Buyer, shopId: string): Buffer {
    return matchKey(
      this.#o.ctx.orgId,
      shopId,
      { customer: buyer.externalId === undefined ? {} : { externalId: buyer.externalId } },
      normalisePhone(buyer.phone),
    );
  }

  /** The local date of a moment, asked once per hour: zones change at whole hours. */
  #day(ms: number): string {
    const hour = Math.floor(ms / 900_000);
    let day = this.#days.get(hour);
    if (day === undefined) {
      if (this.#days.size > CACHED_MAX) this.#days = new Map();
      this.#days.set(hour, (day = localDate(new Date(ms), this.#o.timeZone)));
    }
    return day;
  }

  async #refunds(
    tx: Tx,
    drafts: readonly RefundDraft[],
    rejects: Reject[],
  ): Promise<{ refunds: number; lines: number; skipped: number }> {
    if (drafts.length === 0) return { refunds: 0, lines: 0, skipped: 0 };
    const keys = drafts.map((d) =>
      hex(this.#matchKey(d.buyer, present(this.#o.shops.get(d.shop), 'the shop was looked up').id)),
    );
    const rows = await tx.prepared<{ key: string; id: string }>(
      `select encode(match_key, 'hex') as key, id from customers.find($1, $2)`,
      [tx.orgId, keys.map((k) => Buffer.from(k, 'hex'))],
    );
    const customers = new Map(rows.map((r) => [r.key, r.id]));
    const asked = drafts.flatMap((d, i) =>
      d.lines.map((line) => ({ d, line, cust: customers.get(keys[i] as string) ?? null })),
    );
    const r = asked.map(({ d, line, cust }, i) => ({
      i,
      rid: newId(),
      shop: this.#o.shops.get(d.shop)?.id,
      ext: d.externalNo,
      n: line.n,
      cust,
      sku: line.sku,
      q: line.quantity,
      amt: line.amount,
      at: d.at,
    }));
    const says = await this.#store<{ i: number; is: 'done' | 'known' | 'none' }>(tx, 'import_refunds', { r });
    const result = { refunds: 0, lines: 0, skipped: 0 };
    const numbers = new Set<string>();
    for (const { i, is } of says) {
      const { d, line } = asked[i] as (typeof asked)[number];
      // a rehearsal has stored nothing of what it saw before: the order may be in this very file
      if (is === 'none' && !this.#o.dryRun)
        rejects.push({
          line: line.row,
          path: '',
          code: 'no_matching_order',
          facts: { sku: line.sku, quantity: line.quantity },
        });
      else if (is === 'known') result.skipped += 1;
      else {
        result.lines += 1;
        numbers.add(d.externalNo);
      }
    }
    return { ...result, refunds: numbers.size };
  }

  async #store<R>(tx: Tx, name: 'import_history' | 'import_refunds', batch: object): Promise<R[]> {
    const { actor, requestId } = this.#o.ctx;
    const payload = JSON.stringify({ actor: actor.id, actorKind: actor.kind, request: requestId, ...batch });
    return one(await tx.prepared<{ r: R[] }>(`select orders.${name}($1::uuid, $2::jsonb) as r`, [tx.orgId, payload])).r;
  }
}

type Laid = { draft: OrderDraft; lines: number; total: number };

/** What is there already with the same content is skipped; with another, its rows are refused. */
function tally(
  laid: readonly (Laid | undefined)[],
  known: readonly { i: number; lines: number; total: number }[],
  rejects: Reject[],
  orders: number,
  lines: number,
): { orders: number; lines: number; known: number; skipped: number } {
  const sum = { orders, lines, known: 0, skipped: 0 };
  for (const there of known) {
    const { draft, lines: own, total } = present(laid[there.i], 'only what was laid out is answered');
    sum.orders -= 1;
    sum.lines -= own;
    const rows = [...draft.lines.map((line) => line.row), ...draft.extras];
    if (there.lines === own && there.total === total) {
      sum.known += 1;
      sum.skipped += rows.length;
    } else
      for (const line of rows)
        rejects.push({ line, path: 'externalNo', code: 'exists_otherwise', facts: { externalNo: draft.externalNo } });
  }
  return sum;
}
