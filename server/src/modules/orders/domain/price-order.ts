import type { FieldProblem } from '#kernel/errors.ts';
import { freightFor, type FreightRules } from './freight.ts';

export type PricedSku = {
  id: string;
  sku: string;
  title: string;
  price_amount: number;
  currency: string;
  weight_g: number;
  reserve_on: 'order' | 'payment';
  status: 'on_sale' | 'off_sale';
  version: number;
};
export type AskedLine = { sku: string; quantity: number; unitPrice?: number | undefined };
export type LineDiscount = { offer: string; amount: number };
export type PricedLine<S = PricedSku> = {
  lineNo: number;
  sku: S;
  quantity: number;
  unitPrice: number;
  amount: number;
  discount: number;
  discounts: LineDiscount[];
  payable: number;
  kind: 'goods' | 'gift';
  /** Its price was agreed elsewhere: no offer touches it. */
  agreed: boolean;
};
export type PriceRules = {
  quantityMax: number;
  priceLowPercent: number;
  priceHighPercent: number;
} & FreightRules;
export type Priced<S = PricedSku> = {
  lines: PricedLine<S>[];
  goods: number;
  discount: number;
  freight: number;
  total: number;
  units: number;
  holds: string[];
};
/** What offers come to for the lines, one for one. */
export type OfferResult<S = PricedSku> = {
  lines: readonly { discounts: readonly LineDiscount[] }[];
  gifts: readonly { offer: string; sku: S; quantity: number }[];
};

/**
 * The lines of an order at the prices it names, or else the catalogue's. Problems carry the caller's paths; every one is
 * reported. A unit price far from the list price is legal (a marketplace may have promised it) but held for review.
 */
export function readLines<S extends PricedSku>(
  asked: readonly AskedLine[],
  skus: ReadonlyMap<string, S>,
  currency: string,
  rules: PriceRules,
): { lines: PricedLine<S>[]; holds: string[]; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const lines: PricedLine<S>[] = [];
  let doubtful = false;
  let countable = true;
  let goods = 0;
  asked.forEach((line, i) => {
    const sku = skus.get(line.sku);
    const path = `lines[${i}]`;
    const badQuantity = !Number.isSafeInteger(line.quantity) || line.quantity < 1 || line.quantity > rules.quantityMax;
    const badPrice = line.unitPrice !== undefined && (!Number.isSafeInteger(line.unitPrice) || line.unitPrice < 0);
    if (badQuantity)
      problems.push({ path: `${path}.quantity`, code: 'bad_quantity', facts: { maximum: rules.quantityMax } });
    if (badPrice) problems.push({ path: `${path}.unitPrice`, code: 'bad_price' });
    if (badQuantity || badPrice) countable = false; // its amount says nothing about the sum
    if (!sku) problems.push({ path: `${path}.sku`, code: 'unknown_sku', facts: { sku: line.sku } });
    else if (sku.status !== 'on_sale')
      problems.push({ path: `${path}.sku`, code: 'not_on_sale', facts: { sku: line.sku } });
    else if (sku.currency !== currency)
      problems.push({ path: `${path}.sku`, code: 'currency_mismatch', facts: { expected: currency } });
    if (!sku) return;
    const priced = lineOf(i + 1, sku, line.quantity, line.unitPrice);
    const percent = sku.price_amount === 0 ? 100 : (priced.unitPrice * 100) / sku.price_amount;
    if (percent < rules.priceLowPercent || percent > rules.priceHighPercent) doubtful = true;
    goods += priced.amount;
    lines.push(priced);
  });
  if (countable && (!Number.isSafeInteger(goods) || goods > 1_000_000_000_000))
    problems.push({ path: 'lines', code: 'total_too_large' });
  return { lines, holds: doubtful ? ['price_anomaly'] : [], problems };
}

const lineOf = <S extends PricedSku>(
  lineNo: number,
  sku: S,
  quantity: number,
  own: number | undefined,
): PricedLine<S> => {
  const unitPrice = own ?? sku.price_amount;
  const amount = unitPrice * quantity;
  return {
    lineNo,
    sku,
    quantity,
    unitPrice,
    amount,
    discount: 0,
    discounts: [],
    payable: amount,
    kind: 'goods',
    agreed: own !== undefined,
  };
};

/**
 * Takes what offers give off the lines, adds gifts as lines that cost nothing, and sums up. `freight` is asked with what the
 * goods come to; `expected` is the total the customer was shown, refused when it differs.
 */
export function sumUp<S extends PricedSku>(
  read: { lines: readonly PricedLine<S>[]; holds: readonly string[] },
  offers: OfferResult<S> | undefined,
  freight: (payable: number) => number,
  expected: number | undefined,
): { priced: Priced<S>; problems: FieldProblem[] } {
  const lines = read.lines.map((l, i): PricedLine<S> => {
    const discounts = [...(offers?.lines[i]?.discounts ?? [])];
    const discount = discounts.reduce((sum, d) => sum + d.amount, 0);
    return discount === 0 ? l : { ...l, discounts, discount, payable: l.amount - discount };
  });
  for (const g of offers?.gifts ?? []) {
    const gift = lineOf(lines.length + 1, g.sku, g.quantity, 0);
    lines.push({ ...gift, kind: 'gift', agreed: false, discounts: [{ offer: g.offer, amount: 0 }] });
  }
  const sum = (of: (l: PricedLine<S>) => number): number => lines.reduce((n, l) => n + of(l), 0);
  const goods = sum((l) => l.amount);
  const discount = sum((l) => l.discount);
  const toPay = freight(goods - discount);
  const total = goods - discount + toPay;
  const problems: FieldProblem[] =
    expected !== undefined && expected !== total
      ? [{ path: 'total', code: 'total_mismatch', facts: { expected: total, actual: expected } }]
      : [];
  return {
    priced: { lines, goods, discount, freight: toPay, total, units: sum((l) => l.quantity), holds: [...read.holds] },
    problems,
  };
}

/** As readLines and sumUp, without offers: what an order comes to on its own terms. */
export function priceOrder<S extends PricedSku>(
  asked: { lines: readonly AskedLine[]; total?: number | undefined },
  skus: ReadonlyMap<string, S>,
  currency: string,
  rules: PriceRules,
): { priced: Priced<S>; problems: FieldProblem[] } {
  const read = readLines(asked.lines, skus, currency, rules);
  const expected = read.problems.length === 0 ? asked.total : undefined;
  const { priced, problems } = sumUp(read, undefined, (payable) => freightFor(payable, rules), expected);
  return { priced, problems: [...read.problems, ...problems] };
}
