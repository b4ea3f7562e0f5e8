import type { FieldProblem } from '#kernel/errors.ts';

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
export type PricedLine = {
  lineNo: number;
  sku: PricedSku;
  quantity: number;
  unitPrice: number;
  amount: number;
  discount: number;
  payable: number;
};
export type PriceRules = { quantityMax: number; priceLowPercent: number; priceHighPercent: number };
export type Priced = {
  lines: PricedLine[];
  goods: number;
  discount: number;
  freight: number;
  total: number;
  units: number;
  holds: string[];
};

/**
 * Prices the lines of an order and checks what it says about money. Problems carry the caller's paths; every one is
 * reported. A unit price far from the list price is legal (a marketplace may have promised it) but held for review.
 */
export function priceOrder(
  asked: { lines: readonly AskedLine[]; total?: number | undefined },
  skus: ReadonlyMap<string, PricedSku>,
  currency: string,
  rules: PriceRules,
): { priced: Priced; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const lines: PricedLine[] = [];
  let doubtful = false;
  let countable = true;
  asked.lines.forEach((line, i) => {
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
    const unitPrice = line.unitPrice ?? sku.price_amount;
    const percent = sku.price_amount === 0 ? 100 : (unitPrice * 100) / sku.price_amount;
    if (percent < rules.priceLowPercent || percent > rules.priceHighPercent) doubtful = true;
    const amount = unitPrice * line.quantity;
    lines.push({ lineNo: i + 1, sku, quantity: line.quantity, unitPrice, amount, discount: 0, payable: amount });
  });
  const goods = lines.reduce((sum, l) => sum + l.amount, 0);
  const total = goods;
  if (countable && (!Number.isSafeInteger(goods) || goods > 1_000_000_000_000))
    problems.push({ path: 'lines', code: 'total_too_large' });
  if (problems.length === 0 && asked.total !== undefined && asked.total !== total) {
    problems.push({ path: 'total', code: 'total_mismatch', facts: { expected: total, actual: asked.total } });
  }
  const units = lines.reduce((sum, l) => sum + l.quantity, 0);
  return {
    priced: { lines, goods, discount: 0, freight: 0, total, units, holds: doubtful ? ['price_anomaly'] : [] },
    problems,
  };
}
