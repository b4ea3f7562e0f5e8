import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { MINUTE_MS } from '#kernel/time.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import { type OrderPoints, pointsOfOrder } from '#modules/customers/index.ts';
import { couponsAt, offersNotInForce, offerThen, type PastCoupon, type PastOffer } from '#modules/promotions/index.ts';
import { refundableOf } from '../../commands/refund-order.ts';
import { owed } from '../../domain/money-owed.ts';
import { keptOf } from '../../membership/kept.ts';
import type { OrderRow } from '../../store/orders.ts';
import { dueOf, type Kept } from '../domain/compare.ts';
import type { ClaimKind } from '../domain/flow.ts';
import { type Evidence, judgeClaim } from '../domain/judge-claim.ts';
import type { CouponRow, Doubt, GiftRow, Report, WhatIf } from '../domain/report.ts';
import { correctedBefore } from '../store/claims.ts';
import { goesOn, linesGoingOn, type Proof } from '../store/snapshots.ts';
import { buyerOf, changedSince, type Circumstances, circumstancesOf } from './circumstances.ts';
import { type Recomputation, recompute, whatIf } from './recompute.ts';
import { spokenOf, wordingOf } from './wording.ts';

export type Asked = { kind: ClaimKind; offer: string | null; coupon: string | null };

const SETTLING_MS = 10 * MINUTE_MS;

/** What was agreed beside what the rules of that moment give, and what it says about a claim (ORD-16). Changes nothing. */
export async function reportOn(tx: Tx, ctx: Ctx, proof: Proof, asked: Asked): Promise<Report> {
  const c = await circumstancesOf(tx, proof);
  const named = asked.offer === null ? undefined : await offerThen(tx, asked.offer, c.at);
  const found = recompute(proof, c, new Set(named ? [named.offer.id] : []));
  const coupons = await couponsOf(tx, proof, c, asked.coupon);
  const alive = await goesOn(tx, proof.order);
  const kept = await keptUnits(tx, proof);
  const gifts = await giftsOf(tx, proof, found, kept.lines);
  const points = await pointsOf(tx, ctx, alive);
  const corrected = await correctedBefore(tx, proof.order.id);
  const doubts: Doubt[] = [...found.doubts, ...(points?.unsure ? (['membership_changed'] as const) : [])];
  const evidence: Evidence = {
    ...asked,
    comparison: found.comparison,
    doubts,
    gifts,
    coupons: coupons.rows,
    points: points && { ...points.row, earns: points.earns, settling: points.settling },
    whatIf: await whatIfOf(tx, proof, c, asked, { coupons: coupons.found, total: found.recomputed.total }),
    corrected,
  };
  const { findings, verdict } = judgeClaim(evidence);
  const { lines, totals, offers } = found.comparison;
  return {
    computedAt: ctx.now.toISOString(),
    orderedAt: proof.snapshot.at,
    lines,
    totals,
    offers,
    wording: await wordingOf(tx, proof, c, [
      ...spokenOf(offers),
      ...(asked.offer ? [asked.offer] : []),
      ...(evidence.whatIf ? [evidence.whatIf.offer] : []),
    ]),
    gifts,
    coupons: coupons.rows,
    points: points?.row ?? null,
    whatIf: evidence.whatIf,
    doubts,
    corrected,
    due: {
      amount: dueOf(found.comparison, kept.units, corrected.amount, await leftOf(tx, alive)),
      points:
        points?.earns && !points.settling ? Math.max(points.row.expected - points.row.booked - corrected.points, 0) : 0,
    },
    findings,
    verdict,
  };
}

/** What was paid and not yet given back, nor owed still; without end when somebody else holds the money, because then it is a matter of points. */
async function leftOf(tx: Tx, alive: readonly OrderRow[]): Promise<number> {
  if (alive.some((o) => o.payment_method !== 'online')) return Number.MAX_SAFE_INTEGER;
  let left = 0;
  for (const row of alive) left += (await refundableOf(tx, row)) - owed(row) - row.forfeited_amount;
  return Math.max(left, 0);
}

type KeptLines = Map<string, { quantity: number; shipped: number; cancelled: number; returned: number }>;

/** How many units of the lines as they were agreed are with the customer, or will be. */
async function keptUnits(tx: Tx, { order, snapshot }: Proof): Promise<{ units: Kept; lines: KeptLines }> {
  const lines: KeptLines = new Map();
  for (const { origin, line } of await linesGoingOn(tx, order)) {
    const sum = lines.get(origin) ?? { quantity: 0, shipped: 0, cancelled: 0, returned: 0 };
    lines.set(origin, {
      quantity: sum.quantity + line.quantity,
      shipped: sum.shipped + line.shipped,
      cancelled: sum.cancelled + line.cancelled,
      returned: sum.returned + line.returned,
    });
  }
  const units = new Map(
    snapshot.lines.map((l) => {
      const now = lines.get(l.id);
      return [l.id, { agreed: l.quantity, kept: now ? now.quantity - now.cancelled - now.returned : 0 }];
    }),
  );
  return { units, lines };
}

async function giftsOf(
  tx: Tx,
  { snapshot }: Proof,
  { recomputed }: Recomputation,
  kept: KeptLines,
): Promise<GiftRow[]> {
  const given = snapshot.lines.filter((l) => l.kind === 'gift');
  const known = new Map(
    (
      await skusByCode(
        tx,
        recomputed.gifts.map((g) => g.sku),
      )
    ).map((s) => [s.sku, s]),
  );
  const rows = new Map<string, GiftRow>();
  for (const l of given) {
    const offer = l.discounts[0]?.offer ?? '';
    const now = kept.get(l.id);
    rows.set(`${offer} ${l.sku}`, {
      offer,
      sku: l.sku,
      title: l.title,
      due: 0,
      given: l.quantity,
      shipped: now?.shipped ?? 0,
      cancelled: now ? l.quantity - now.quantity + now.cancelled : l.quantity,
      worth: l.listPrice,
    });
  }
  for (const g of recomputed.gifts) {
    const key = `${g.offer} ${g.sku}`;
    const sku = known.get(g.sku);
    const none = { given: 0, shipped: 0, cancelled: 0, title: sku?.title ?? g.sku, worth: sku?.price_amount ?? null };
    rows.set(key, { ...(rows.get(key) ?? { offer: g.offer, sku: g.sku, ...none }), due: g.quantity });
  }
  return [...rows.values()];
}

async function couponsOf(
  tx: Tx,
  { order, snapshot }: Proof,
  c: Circumstances,
  asked: string | null,
): Promise<{ rows: CouponRow[]; found: PastCoupon[] }> {
  const brought = new Set(c.coupons.map((x) => x.code));
  const found = [...c.coupons];
  if (asked !== null && !brought.has(asked))
    found.push(...(await couponsAt(tx, [asked], { buyer: await buyerOf(tx, order), orderId: order.id, at: c.at })));
  const applied = new Set(snapshot.offers.map((o) => o.coupon));
  const rows = found.map((x) => ({
    code: x.code,
    offer: x.offer ?? null,
    state: x.state,
    brought: brought.has(x.code),
    applied: applied.has(x.code),
    expiresAt: x.expiresAt?.toISOString() ?? null,
    usedAt: x.usedAt?.toISOString() ?? null,
  }));
  return { rows, found };
}

/** What the rules of that moment give, and the coupons there were. */
type Given = { coupons: readonly PastCoupon[]; total: number };

/** Had the offer claimed (or else the one that would have done most) been in force at that moment. */
async function whatIfOf(tx: Tx, proof: Proof, c: Circumstances, asked: Asked, given: Given): Promise<WhatIf | null> {
  if (asked.kind !== 'offer_not_applied' && asked.kind !== 'coupon_not_applied' && asked.offer === null) return null;
  const wanted = asked.offer ?? given.coupons.find((x) => x.code === asked.coupon)?.offer ?? null;
  let best: WhatIf | null = null;
  for (const past of await offersNotInForce(tx, c.at)) {
    if (wanted !== null && past.offer.code !== wanted) continue;
    const made = hadItBeen(proof, c, past, given);
    if (wanted !== null || (made.difference > 0 && made.difference > (best?.difference ?? 0))) best = made;
  }
  return best;
}

function hadItBeen(proof: Proof, c: Circumstances, past: PastOffer, given: Given): WhatIf {
  const own = given.coupons.filter((x) => x.offerId === past.offer.id && x.state === 'free');
  const { total } = whatIf(proof, c, {
    offers: [past.offer],
    coupons: own.map(({ code }) => ({ code, offerId: past.offer.id })),
  });
  return {
    offer: past.offer.code,
    state: past.state,
    since: past.since?.toISOString() ?? null,
    until: past.until?.toISOString() ?? null,
    total,
    difference: given.total - total,
  };
}

type PointsFound = { row: NonNullable<Report['points']>; earns: boolean; settling: boolean; unsure: boolean };

/** Points of what the order became, when it is completed. */
async function pointsOf(tx: Tx, ctx: Ctx, alive: readonly OrderRow[]): Promise<PointsFound | null> {
  const found: OrderPoints[] = [];
  let settling = false;
  let since: Date | undefined;
  for (const row of alive) {
    if (row.completed_at === null) continue;
    const points = await pointsOfOrder(tx, {
      orderId: row.id,
      customerId: row.customer_id,
      completedAt: row.completed_at,
      currency: row.currency,
      kept: keptOf(row),
    });
    settling ||= !points.recorded && ctx.now.getTime() - row.completed_at.getTime() < SETTLING_MS;
    if (since === undefined || row.completed_at < since) since = row.completed_at;
    found.push(points);
  }
  const [first] = found;
  if (!first || !since) return null;
  const sum = (of: (p: OrderPoints) => number): number => found.reduce((n, p) => n + of(p), 0);
  const { level, multiplierPercent, pointsPerUnit, earns } = first;
  return {
    row: {
      expected: sum((p) => p.expected),
      booked: sum((p) => p.booked),
      granted: sum((p) => p.granted),
      level,
      multiplierPercent,
      pointsPerUnit,
    },
    earns,
    settling,
    unsure: await changedSince(tx, 'membership', ['pointsPerUnit', 'levels'], since),
  };
}
