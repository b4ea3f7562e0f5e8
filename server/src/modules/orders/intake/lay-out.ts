import { hash } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { after, MINUTE_MS } from '#kernel/time.ts';
import type { SoldSku } from '#modules/catalog/index.ts';
import { promiseOnArrival } from '../backorder/promise.ts';
import { regionOf } from '../domain/check-address.ts';
import { BACKORDER_HOLD } from '../domain/holds.ts';
import type { Priced, PricedLine } from '../domain/price-order.ts';
import type { PlacedOrder, PlaceOrder } from '../schema.ts';
import type { Use } from './offers.ts';
import type { Moment } from './moment.ts';
import { type Checked, CUSTOMER_PERSONAL, matchKey, PERSONAL, promiseFrom } from './prepare.ts';
import { type Watch, watchesOf } from './reviews.ts';
import { snapshotOf } from './snapshot.ts';

const hex = (bytes: Buffer): string => bytes.toString('hex');

/** The rows of an order as the intake's SQL function reads them, and the answer its sender gets when it is taken. */
export type Row = {
  order: Record<string, unknown>;
  lines: Record<string, unknown>[];
  answer: PlacedOrder;
  /** Lines, by number, that may be sold without stock. */
  mayWait: ReadonlySet<number>;
  /** The SKUs as they were priced with: the function refuses the batch when one has changed since. */
  priced: { id: string; version: number }[];
  /** What it uses of offers, as `promotions.take` reads it. */
  uses: (Omit<Use, 'code'> & { order: string; buyer: string })[];
  /** Codes of the offers it uses, by id. */
  offerCodes: ReadonlyMap<string, string>;
  /** Rules that count orders, as `orders.watch` reads them. */
  watches: Watch[];
  /** Why it is held, by rules (`rule`) and without (rule ''). */
  reasons: Record<string, unknown>[];
  snapshot: string;
  revisions: Moment['revisions'];
  /** The warehouses that send it, the best first, and the revision they were ranked with. */
  ranking: Checked['ranking'];
  service: number;
};

type Line = PricedLine<SoldSku> & { id: string };

/** Seals what is personal and lays the order out for `orders.intake`. The organisation's keys must be loaded. */
export function layOut(ctx: Ctx, order: PlaceOrder, asChecked: Checked, at: Moment): Row {
  const { now } = ctx;
  const checked = at.without.size > 0 ? heldForGoods(asChecked) : asChecked;
  const { priced, offered } = checked;
  const id = newId(now.getTime());
  const lines = priced.lines.map((l): Line => ({ id: newId(now.getTime()), ...l }));
  const settled = settle(ctx, order, checked, at, id);
  const moment = { ...at, promised: promisedFor(ctx, settled, lines, at) };
  const personal = people(ctx, order, moment.shop.id, checked.keys.phone);
  return {
    order: {
      ...orderRow(order, priced, moment),
      ...personal,
      n: lines.length,
      gh: goodsHash(lines),
      id,
      st: settled.status,
      pl: settled.placedAt,
      ca: now,
      pb: settled.payBefore,
      // what waits for goods is confirmed when they have come
      cb: settled.confirmBefore && at.without.size > 0 ? new Date(moment.promised) : settled.confirmBefore,
      ai: checked.keys.address,
      di: checked.keys.device,
      tg: checked.verdict.tags.length === 0 ? undefined : checked.verdict.tags,
      dp: settled.presale?.deposit,
      bf: settled.presale && new Date(settled.presale.balanceFrom),
      bt: settled.presale && new Date(settled.presale.balanceTo),
    },
    lines: lines.map((l, i) =>
      lineRow(
        l,
        settled.status === 'pending_payment',
        unstocked(settled.presale?.lines.has(i), at.without.has(l.lineNo)),
      ),
    ),
    answer: answerOf(order, checked, lines, moment, settled),
    mayWait: new Set(lines.filter((l) => l.kind === 'goods' && l.sku.backorder).map((l) => l.lineNo)),
    priced: lines.map((l) => ({ id: l.sku.id, version: l.sku.version })),
    uses: (offered?.uses ?? []).map(({ code: _, ...use }) => ({ ...use, order: id, buyer: personal.mk })),
    offerCodes: new Map(offered?.uses.map((u) => [u.offer, u.code])),
    watches: watchesOf(ctx, checked.verdict, { ...checked.keys, customer: personal.mk }),
    reasons: reasonsOf(checked),
    revisions: moment.revisions,
    ranking: checked.ranking,
    service: moment.service,
    snapshot: snapshotOf(ctx, order, checked, lines, moment),
  };
}

/** What is on presale leaves after its balance can have been paid; what is not there, after it has come. */
function promisedFor(ctx: Ctx, { presale }: Settled, lines: readonly Line[], at: Moment): string {
  if (presale) return promiseFrom(new Date(presale.balanceTo), at.settings);
  if (at.without.size === 0) return at.promised;
  const days = lines.filter((l) => at.without.has(l.lineNo)).map((l) => l.sku.available_from);
  return promiseOnArrival(days, { now: ctx.now, ...at });
}

/** An order with goods that are not there is held until they come. */
const heldForGoods = (checked: Checked): Checked => ({
  ...checked,
  priced: { ...checked.priced, holds: [...checked.priced.holds, BACKORDER_HOLD] },
});

/** Why a line is sold without stock. */
const unstocked = (presale = false, awaited: boolean): 'presale' | 'backorder' | undefined =>
  presale ? 'presale' : awaited ? 'backorder' : undefined;

function reasonsOf({ priced, verdict }: Checked): Record<string, unknown>[] {
  const byRule = new Set(verdict.why.map((w) => w.hold));
  const others = priced.holds.filter((h) => !byRule.has(h));
  return [...verdict.why, ...others.map((hold) => ({ hold, rule: '', facts: {} }))];
}

type Settled = {
  id: string;
  status: 'pending_payment' | 'paid';
  payBefore: Date | null;
  confirmBefore: Date | null;
  placedAt: string;
  createdAt: string;
  presale: NonNullable<Checked['offered']>['presale'];
};

/** Whether and when the order is to be paid. What costs nothing is paid at once. */
function settle(ctx: Ctx, order: PlaceOrder, { priced, offered }: Checked, moment: Moment, id: string): Settled {
  const { now } = ctx;
  const waits = order.payment === 'online' && priced.total > 0;
  return {
    id,
    status: waits ? 'pending_payment' : 'paid',
    payBefore: waits ? after(now, moment.settings.payWithinMinutes * MINUTE_MS) : null,
    confirmBefore: waits ? null : after(now, moment.settings.confirmWithinMinutes * MINUTE_MS),
    placedAt: order.placedAt === undefined ? now.toISOString() : new Date(order.placedAt).toISOString(),
    createdAt: now.toISOString(),
    presale: waits ? (offered?.presale ?? null) : null,
  };
}

const orderRow = (order: PlaceOrder, priced: Priced, moment: Moment): Record<string, unknown> => ({
  no: moment.orderNo,
  shop: moment.shop.id,
  ext: order.externalNo,
  ch: order.channel,
  pm: order.payment,
  cur: moment.shop.currency,
  g: priced.goods,
  d: priced.discount,
  f: priced.freight,
  t: priced.total,
  u: priced.units,
  h: priced.holds,
  rg: regionOf(order.shipTo),
  ps: moment.promised,
});

const goodsHash = (lines: readonly Line[]): string =>
  hash(
    'sha256',
    lines
      .map((l) => `${l.sku.id}:${l.quantity}`)
      .toSorted()
      .join(),
    'hex',
  ).slice(0, 32);

/** Buyer and addressee: sealed to be read, hashed with a key to be found. */
function people(
  ctx: Ctx,
  order: PlaceOrder,
  shopId: string,
  phoneIdx: string,
): { mk: string } & Record<string, unknown> {
  const { orgId } = ctx;
  const phone = normalisePhone(order.shipTo.phone);
  const buyer = {
    name: order.customer.name ?? order.shipTo.name,
    phone: order.customer.phone === undefined ? phone : normalisePhone(order.customer.phone),
    email: order.customer.email,
  };
  const nameIdx = hex(fieldCrypto.blindIndex(orgId, 'name', normaliseName(order.shipTo.name)));
  const sealed = (value: object, purpose: string): string =>
    fieldCrypto.seal(orgId, JSON.stringify(value), purpose).toString('base64');
  return {
    mk: hex(matchKey(orgId, shopId, order, buyer.phone)),
    cid: newId(ctx.now.getTime()),
    cext: order.customer.externalId,
    cp: sealed(buyer, CUSTOMER_PERSONAL),
    cph: buyer.phone === phone ? phoneIdx : hex(fieldCrypto.blindIndex(orgId, 'phone', buyer.phone)),
    cnm:
      buyer.name === order.shipTo.name
        ? nameIdx
        : hex(fieldCrypto.blindIndex(orgId, 'name', normaliseName(buyer.name))),
    clv: order.customer.level,
    p: sealed({ ...order.shipTo, remark: order.remark, email: order.customer.email }, PERSONAL),
    ph: phoneIdx,
    nm: nameIdx,
  };
}

const lineRow = (l: Line, waits: boolean, without: ReturnType<typeof unstocked>): Record<string, unknown> => {
  // what is sold before it is there waits for its stock
  const reserveOn = without === 'presale' ? 'payment' : without === 'backorder' ? 'arrival' : l.sku.reserve_on;
  return {
    n: l.lineNo,
    id: l.id,
    sku: l.sku.id,
    code: l.sku.sku,
    ti: l.sku.title,
    pr: l.unitPrice,
    lp: l.sku.price_amount,
    q: l.quantity,
    ds: l.discount,
    w: l.sku.weight_g,
    ro: reserveOn,
    tk: !waits || reserveOn === 'order',
    k: l.kind,
    dd: l.discounts.length === 0 ? undefined : JSON.stringify(l.discounts),
    ns: without,
  };
};

function answerOf(
  order: PlaceOrder,
  { priced, offered }: Checked,
  lines: readonly Line[],
  moment: Moment,
  facts: Settled,
): PlacedOrder {
  const { currency } = moment.shop as { currency: Currency };
  const money = (amount: number) => ({ amount, currency });
  return {
    id: facts.id,
    orderNo: moment.orderNo,
    externalNo: order.externalNo ?? null,
    shop: moment.shop.code,
    channel: order.channel,
    status: facts.status,
    holds: priced.holds,
    payment: order.payment,
    goods: money(priced.goods),
    discount: money(priced.discount),
    freight: money(priced.freight),
    total: money(priced.total),
    deposit: facts.presale ? money(facts.presale.deposit) : null,
    applied: offered?.uses.map((u) => u.code) ?? [],
    lines: lines.map((l) => ({
      id: l.id,
      lineNo: l.lineNo,
      sku: l.sku.sku,
      title: l.sku.title,
      kind: l.kind,
      quantity: l.quantity,
      unitPrice: money(l.unitPrice),
      amount: money(l.amount),
      discount: money(l.discount),
      discounts: l.discounts.map((d) => ({ ...d, currency })),
      payable: money(l.payable),
    })),
    payBefore: facts.payBefore?.toISOString() ?? null,
    promisedShipAt: moment.promised,
    placedAt: facts.placedAt,
    createdAt: facts.createdAt,
  };
}
