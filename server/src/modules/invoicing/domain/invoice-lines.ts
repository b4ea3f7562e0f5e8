import { assert } from '#kernel/assert.ts';
import { allocate, type Currency, money } from '#kernel/money.ts';
import { taxOfLines, taxShare } from './tax.ts';

/** What an order's line is for an invoice. `payable` in minor units, after discounts; units that were never sent or came back count for nothing. */
export type SoldLine = {
  id: string;
  sku: string;
  title: string;
  quantity: number;
  gone: number;
  payable: number;
};
export type TaxClass = { code: string; shortName: string; rateBp: number; policy: string | null; unit: string };
export type InvoiceLine = TaxClass & {
  orderLineId: string;
  sku: string;
  title: string;
  quantity: number;
  amount: number;
  tax: number;
};

/** What of a line's price belongs to the units the customer keeps. */
function keptPayable(line: SoldLine): number {
  const units = Math.max(line.quantity - line.gone, 0);
  if (line.quantity === 0 || units === 0) return 0;
  return Number((BigInt(line.payable) * BigInt(units)) / BigInt(line.quantity));
}

/**
 * Shares what is invoiced over the lines it was paid for: discounts, coupons, points and freight are in the amount, so the
 * lines are net and add up to it to the minor unit. Lines that cost nothing (gifts) are left out. When every unit is gone
 * and money is left all the same, it belongs to the lines as they were sold.
 */
export function shareOut(
  total: number,
  currency: Currency,
  lines: readonly SoldLine[],
): { line: SoldLine; amount: number }[] {
  const kept = lines.map(keptPayable);
  const sold = lines.map((l) => l.payable);
  const units = lines.map((l) => l.quantity);
  const weights = [kept, sold, units].find((ws) => ws.some((w) => w > 0)) ?? [];
  if (total === 0 || weights.length === 0) return [];
  return allocate(money(total, currency), weights)
    .map((part, i) => ({ line: lines[i] as SoldLine, amount: part.amount }))
    .filter((l) => l.amount > 0);
}

/** The lines of a blue invoice with their tax. */
export function blueLines(parts: readonly { line: SoldLine; amount: number; tax: TaxClass }[]): InvoiceLine[] {
  const taxes = taxOfLines(parts.map((p) => ({ amount: p.amount, rateBp: p.tax.rateBp })));
  return parts.map(({ line, amount, tax }, i) => ({
    ...tax,
    orderLineId: line.id,
    sku: line.sku,
    title: line.title,
    quantity: Math.max(line.quantity - line.gone, 0) || line.quantity,
    amount,
    tax: taxes[i] as number,
  }));
}

export type ReversibleLine = { amount: number; tax: number; reversed: number; reversedTax: number };

/**
 * What of each line a red letter over `total` takes back: in proportion to what is left of it, never more, and the last red
 * letter takes the last unit of amount and of tax. @throws InvariantBroken when more is asked than is left.
 */
export function reverse(
  total: number,
  currency: Currency,
  lines: readonly ReversibleLine[],
): { amount: number; tax: number }[] {
  const left = lines.map((l) => l.amount - l.reversed);
  const most = left.reduce((a, b) => a + b, 0);
  assert(total > 0 && total <= most, 'a red letter takes no more than is left');
  const parts = allocate(money(total, currency), left);
  return lines.map((line, i) => {
    const amount = parts[i]?.amount ?? 0;
    assert(amount <= (left[i] as number), 'no line takes more back than it has');
    return { amount, tax: taxShare(line, line.reversed, amount) };
  });
}
