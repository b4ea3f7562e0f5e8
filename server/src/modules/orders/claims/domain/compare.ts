import type { Discount, Doubt, ReportLine, ReportOffer, Sides, Totals } from './report.ts';

/** The snapshot, as far as money goes. */
export type Agreed = Totals & {
  lines: readonly {
    id: string;
    sku: string;
    title: string;
    kind: 'goods' | 'gift';
    agreed: boolean;
    quantity: number;
    listPrice: number;
    unitPrice: number;
    discounts: readonly Discount[];
    payable: number;
  }[];
  offers: readonly { code: string; amount: number; coupon: string | null }[];
};

/** What the rules give for the goods of the snapshot, line by line (gifts are not lines here). */
export type Recomputed = Totals & {
  lines: readonly { unitPrice: number; discounts: readonly Discount[]; payable: number }[];
  applied: readonly { offer: string; amount: number; coupon: string | null }[];
  rejected: readonly { offer: string; code: string; facts: Record<string, string | number> }[];
};

export type Comparison = { lines: ReportLine[]; totals: Sides<Totals>; offers: ReportOffer[]; difference: number };

const totalsOf = ({ goods, discount, freight, total }: Totals): Totals => ({ goods, discount, freight, total });
const sumOf = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** Lays what was agreed beside what the rules give. */
export function compare(agreed: Agreed, recomputed: Recomputed): Comparison {
  const goods = agreed.lines.filter((l) => l.kind === 'goods');
  const lines = goods.map((l, i): ReportLine => {
    const rules = recomputed.lines[i] ?? { unitPrice: l.unitPrice, discounts: [], payable: l.payable };
    const { id, sku, title, quantity, unitPrice, listPrice, payable } = l;
    return {
      id,
      sku,
      title,
      quantity,
      agreed: l.agreed,
      charged: { unitPrice, listPrice, discounts: [...l.discounts], payable },
      rules: { unitPrice: rules.unitPrice, discounts: [...rules.discounts], payable: rules.payable },
      difference: payable - rules.payable,
    };
  });
  return {
    lines,
    totals: { charged: totalsOf(agreed), rules: totalsOf(recomputed) },
    offers: offersOf(agreed, recomputed),
    difference: agreed.total - recomputed.total,
  };
}

function offersOf(agreed: Agreed, recomputed: Recomputed): ReportOffer[] {
  const codes = new Set([
    ...agreed.offers.map((o) => o.code),
    ...recomputed.applied.map((o) => o.offer),
    ...recomputed.rejected.map((r) => r.offer),
  ]);
  return [...codes].map((offer) => {
    const charged = agreed.offers.filter((o) => o.code === offer);
    const rules = recomputed.applied.filter((o) => o.offer === offer);
    const rejected = recomputed.rejected.find((r) => r.offer === offer);
    return {
      offer,
      charged: charged.length === 0 ? null : sumOf(charged.map((o) => o.amount)),
      rules: rules.length === 0 ? null : sumOf(rules.map((o) => o.amount)),
      coupon: charged.find((o) => o.coupon !== null)?.coupon ?? rules.find((o) => o.coupon !== null)?.coupon ?? null,
      rejected: rejected && rules.length === 0 ? { code: rejected.code, facts: rejected.facts } : null,
    };
  });
}

/** Whether the rules give, to the cent and offer by offer, what was agreed. */
export const agrees = (c: Comparison): boolean =>
  c.difference === 0 &&
  c.lines.every((l) => l.difference === 0 && l.charged.unitPrice === l.rules.unitPrice && sameDiscounts(l)) &&
  c.totals.charged.freight === c.totals.rules.freight;

const textOf = (discounts: readonly Discount[]): string =>
  discounts
    .filter((d) => d.amount !== 0)
    .map((d) => `${d.offer}:${d.amount}`)
    .toSorted()
    .join();
const sameDiscounts = (l: ReportLine): boolean => textOf(l.charged.discounts) === textOf(l.rules.discounts);

/** How many units of each line the customer keeps: neither taken out, nor back, nor refunded as never sent. */
export type Kept = ReadonlyMap<string, { agreed: number; kept: number }>;

/**
 * What of the difference is still the customer's: the share of the units kept, whole cents, less what was corrected before,
 * and never more than what is left of the money. Freight counts while anything is kept.
 */
export function dueOf(c: Comparison, kept: Kept, corrected: number, left: number): number {
  let due = 0;
  let any = false;
  for (const line of c.lines) {
    const units = kept.get(line.id);
    const share = units === undefined ? line.quantity : Math.min(units.kept, line.quantity);
    if (share > 0) any = true;
    due += line.quantity === 0 ? 0 : Math.trunc((line.difference * share) / line.quantity);
  }
  if (any) due += c.totals.charged.freight - c.totals.rules.freight;
  return Math.max(Math.min(due - corrected, left), 0);
}

/** Doubts that can explain a difference of money. */
export const MONEY_DOUBTS: readonly Doubt[] = [
  'stacking_changed',
  'freight_changed',
  'offers_moved',
  'quota_unsure',
  'bought_together',
  'price_unknown',
];
