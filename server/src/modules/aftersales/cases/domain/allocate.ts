import { allocate as divide, type Currency, money } from '#kernel/money.ts';

/** A line of an order as a refund sees it. Quantities in units, amounts in minor units. */
export type RefundLine = {
  lineId: string;
  gift: boolean;
  quantity: number;
  /** Cancelled, or come back undelivered: their share of the price has fallen away. */
  gone: number;
  /** Settled by earlier cases. */
  settled: number;
  payable: number;
  listPrice: number;
  /** What of the line's price is neither fallen away nor given back. */
  left: number;
  /** What has been given back for it, and what of that with units. The difference made the units that stay cheaper. */
  refunded: number;
  paidBack: number;
  /** Settled units whose place others have taken: with the customer all the same. */
  replaced: number;
  /** Of earlier returns' price, kept because a threshold was missed. */
  withheld: number;
  /** What of its price goods it replaced have paid, and what is left of that. */
  credit: { orderId: string; lineId: string; amount: number; left: number } | null;
};

/** Units that come back, or are not sent, and what is taken off for how they were found. */
export type Taken = { lineId: string; units: number; deduction: number };

export type RefundTerms = {
  orderId: string;
  currency: Currency;
  /** Whether the buyer bears missed thresholds and gifts kept: not when the fault is the seller's. */
  buyerBears: boolean;
  /** What of the freight paid can go back, and whether it does when nothing is kept. */
  freightLeft: number;
  freightBack: boolean;
  /** Kept for a threshold when units were cancelled before they were sent: of no line any more. */
  withheldLeft: number;
  /** What fetching the goods cost that the buyer has to bear. */
  returnFreight: number;
  /** An amount agreed with the customer instead. */
  agreed: number | null;
  /** What can be given back at all, by order. */
  moneyLeft: ReadonlyMap<string, number>;
  /** What is kept would have cost so much alone, by line, with so many gifts by line; null when nobody can tell. */
  kept: { price: number; gifts: ReadonlyMap<string, number> } | null;
};

export const BREAKDOWN_CODES = [
  'goods',
  'threshold',
  'threshold_back',
  'gift_kept',
  'damage',
  'freight',
  'return_freight',
  'agreed',
  'already_given',
] as const;
export type BreakdownCode = (typeof BREAKDOWN_CODES)[number];
export type BreakdownItem = { code: BreakdownCode; lineId: string | null; units: number | null; amount: number };
/** What goes back of a line of an order; `lineId` null = of its freight. */
export type Part = { orderId: string; lineId: string | null; amount: number };

export type Allocation = {
  amount: number;
  breakdown: BreakdownItem[];
  parts: Part[];
  /** By line: more kept for a missed threshold, or (less than nothing) given back. */
  withheld: { lineId: string; amount: number }[];
  /** Gifts paid for by being kept, by line. */
  giftsKept: { lineId: string; units: number }[];
};

/** What of an amount belongs to the first `units` of `quantity`. */
const running = (amount: number, quantity: number, units: number, currency: Currency): number =>
  quantity === 0 ? 0 : (divide(money(amount, currency), [units, quantity - units])[0]?.amount ?? 0);

const sum = (parts: readonly { amount: number }[]): number => parts.reduce((n, p) => n + p.amount, 0);

/** Takes `most` off the parts in proportion, no part below nothing; answers what each lost. */
function takeOff(parts: Part[], most: number, currency: Currency): { taken: number; by: number[] } {
  const whole = sum(parts);
  const taken = Math.min(most, whole);
  if (taken <= 0) return { taken: 0, by: parts.map(() => 0) };
  const shares = divide(
    money(taken, currency),
    parts.map((p) => p.amount),
  ).map((m) => m.amount);
  for (const [i, part] of parts.entries()) part.amount -= shares[i] ?? 0;
  return { taken, by: shares };
}

/** The price of units that come back: of the running price of the line, so that the parts of several returns add up to it. */
function shareOf(line: RefundLine, units: number, currency: Currency): number {
  const price = Math.max(line.payable - Math.max(line.refunded - line.paidBack, 0), 0);
  const before = line.gone + line.settled;
  const share =
    running(price, line.quantity, before + units, currency) - running(price, line.quantity, before, currency);
  return Math.min(share, line.left);
}

function creditOf(line: RefundLine, units: number, currency: Currency): number {
  if (line.credit === null) return 0;
  const before = line.gone + line.settled;
  const { amount, left } = line.credit;
  const share =
    running(amount, line.quantity, before + units, currency) - running(amount, line.quantity, before, currency);
  return Math.min(share, left);
}

const keptUnits = (line: RefundLine, taken: ReadonlyMap<string, number>): number =>
  line.quantity - line.gone - line.settled + line.replaced - (taken.get(line.lineId) ?? 0);

/** What the threshold was missed by costs in all, with what is kept now: its price alone, over what was paid for it. */
function clawback(lines: readonly RefundLine[], units: ReadonlyMap<string, number>, terms: RefundTerms): number {
  if (terms.kept === null) return 0;
  const paid = lines
    .filter((l) => !l.gift)
    .reduce(
      (n, l) => n + l.payable - running(l.payable, l.quantity, l.quantity - keptUnits(l, units), terms.currency),
      0,
    );
  return Math.max(terms.kept.price - paid, 0);
}

/**
 * What goes back for units of an order: the one computation, for the preview, for carrying it out, and so for red letters. Each part is
 * told. Never less than nothing, never more than is left of a line, of the freight, or of what was paid.
 */
export function allocateRefund(lines: readonly RefundLine[], taken: readonly Taken[], terms: RefundTerms): Allocation {
  const byId = new Map(lines.map((l) => [l.lineId, l]));
  const units = new Map(taken.map((t) => [t.lineId, t.units]));
  const items: BreakdownItem[] = [];
  const parts: Part[] = [];
  for (const t of taken) {
    const line = byId.get(t.lineId);
    if (!line || t.units === 0) continue;
    const [own, credit] = [shareOf(line, t.units, terms.currency), creditOf(line, t.units, terms.currency)];
    items.push({ code: 'goods', lineId: t.lineId, units: t.units, amount: own + credit });
    const mine: Part[] = [{ orderId: terms.orderId, lineId: t.lineId, amount: own }];
    if (line.credit !== null) mine.push({ orderId: line.credit.orderId, lineId: line.credit.lineId, amount: credit });
    const { taken: deducted } = takeOff(mine, t.deduction, terms.currency);
    if (deducted > 0) items.push({ code: 'damage', lineId: t.lineId, units: t.units, amount: -deducted });
    parts.push(...mine);
  }
  const threshold = applyThreshold({ lines, units, terms, parts, items });
  const giftsKept = applyGifts({ lines, units, terms, parts, items });
  applyFreight({ lines, units, terms, parts, items });
  if (terms.returnFreight > 0)
    note(items, 'return_freight', -takeOff(parts, terms.returnFreight, terms.currency).taken);
  applyAgreed({ terms, parts, items });
  applyCeiling({ terms, parts, items });
  return {
    amount: sum(parts),
    breakdown: items,
    parts: parts.filter((p) => p.amount > 0),
    withheld: terms.agreed === null ? threshold : [],
    giftsKept: terms.agreed === null ? giftsKept : [],
  };
}

type Working = {
  lines: readonly RefundLine[];
  units: ReadonlyMap<string, number>;
  terms: RefundTerms;
  parts: Part[];
  items: BreakdownItem[];
};

function note(items: BreakdownItem[], code: BreakdownCode, amount: number, lineId: string | null = null): void {
  if (amount !== 0) items.push({ code, lineId, units: null, amount });
}

/** Keeps what a missed threshold gave, or gives back what an earlier return had kept for one that matters no more. */
function applyThreshold(w: Working): Allocation['withheld'] {
  const outstanding = w.lines.reduce((n, l) => n + l.withheld, 0) + w.terms.withheldLeft;
  const more = clawback(w.lines, w.units, w.terms) - outstanding;
  if (more > 0) {
    if (!w.terms.buyerBears) return [];
    const own = w.parts.filter((p) => p.orderId === w.terms.orderId);
    const { taken, by } = takeOff(own, more, w.terms.currency);
    note(w.items, 'threshold', -taken);
    return own.flatMap((p, i) =>
      (by[i] ?? 0) > 0 && p.lineId !== null ? [{ lineId: p.lineId, amount: by[i] ?? 0 }] : [],
    );
  }
  const back: Allocation['withheld'] = [];
  let rest = -more;
  for (const line of w.lines) {
    const here = sum(w.parts.filter((p) => p.orderId === w.terms.orderId && p.lineId === line.lineId));
    const amount = Math.min(rest, line.withheld, line.left - here);
    if (amount <= 0) continue;
    rest -= amount;
    w.parts.push({ orderId: w.terms.orderId, lineId: line.lineId, amount });
    back.push({ lineId: line.lineId, amount: -amount });
  }
  const ofNoLine = Math.min(rest, w.terms.withheldLeft);
  if (ofNoLine > 0) w.parts.push({ orderId: w.terms.orderId, lineId: null, amount: ofNoLine });
  note(w.items, 'threshold_back', ofNoLine - back.reduce((n, b) => n + b.amount, 0));
  return back;
}

/** Gifts that are kept though what they were given for is not: the customer has bought them. */
function applyGifts(w: Working): Allocation['giftsKept'] {
  const goodsKept = w.lines.filter((l) => !l.gift).some((l) => keptUnits(l, w.units) > 0);
  if (!w.terms.buyerBears || (w.terms.kept === null && goodsKept)) return [];
  const kept: Allocation['giftsKept'] = [];
  for (const line of w.lines.filter((l) => l.gift)) {
    const here = keptUnits(line, w.units);
    const deserved = goodsKept ? (w.terms.kept?.gifts.get(line.lineId) ?? 0) : 0;
    const units = Math.max(here - deserved, 0);
    if (units === 0) continue;
    const { taken } = takeOff(w.parts, units * line.listPrice, w.terms.currency);
    w.items.push({ code: 'gift_kept', lineId: line.lineId, units, amount: -taken });
    kept.push({ lineId: line.lineId, units });
  }
  return kept;
}

/** What sending them cost goes back when nothing is kept. */
function applyFreight({ lines, units, terms, parts, items }: Working): void {
  const whole = lines.filter((l) => !l.gift).every((l) => keptUnits(l, units) === 0);
  if (!whole || !terms.freightBack || terms.freightLeft === 0) return;
  parts.push({ orderId: terms.orderId, lineId: null, amount: terms.freightLeft });
  note(items, 'freight', terms.freightLeft);
}

/** Instead of what was computed the customer agreed to an amount; more than was computed is goodwill, and not given here. */
function applyAgreed({ terms, parts, items }: Pick<Working, 'terms' | 'parts' | 'items'>): void {
  if (terms.agreed === null) return;
  const computed = sum(parts);
  if (terms.agreed < computed) note(items, 'agreed', -takeOff(parts, computed - terms.agreed, terms.currency).taken);
}

/** No order gives back more than was paid for it and is not back yet. */
function applyCeiling({ terms, parts, items }: Pick<Working, 'terms' | 'parts' | 'items'>): void {
  for (const orderId of new Set(parts.map((p) => p.orderId))) {
    const own = parts.filter((p) => p.orderId === orderId);
    const over = sum(own) - (terms.moneyLeft.get(orderId) ?? 0);
    if (over > 0) note(items, 'already_given', -takeOff(own, over, terms.currency).taken);
  }
}
