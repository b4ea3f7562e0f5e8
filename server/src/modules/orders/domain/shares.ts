import { assert } from '#kernel/assert.ts';
import { allocate, type Currency, money } from '#kernel/money.ts';

/**
 * Shares an amount by weight, leftover minor units to the largest remainders. No share is more than its weight where the
 * amount is not more than all weights together. All weights 0 share nothing but 0.
 */
export function share(amount: number, weights: readonly number[], currency: Currency): number[] {
  if (amount === 0) return weights.map(() => 0);
  return allocate(money(amount, currency), weights).map((m) => m.amount);
}

export type Discount = { offer: string; amount: number };

/**
 * Shares a line's discount over parts of the line, what each offer gave too: every part's items add up to its discount, every
 * offer's to what it gave, and no part's discount is more than its goods cost.
 */
export function shareDiscount(
  discount: number,
  items: readonly Discount[],
  amounts: readonly number[],
  currency: Currency,
): { discount: number; discounts: Discount[] }[] {
  const parts = share(discount, amounts, currency).map((d) => ({ discount: d, left: d, discounts: [] as Discount[] }));
  for (const item of items) {
    const shares = share(
      item.amount,
      parts.map((p) => p.left),
      currency,
    );
    for (const [i, part] of parts.entries()) {
      const amount = shares[i] ?? 0;
      part.left -= amount;
      if (amount > 0) part.discounts.push({ offer: item.offer, amount });
    }
  }
  assert(
    parts.every((p) => p.left >= 0),
    'the items of a discount are not more than it',
  );
  return parts.map(({ discount: d, discounts }) => ({ discount: d, discounts }));
}

/** What a discount given on `from` units comes to on `to` of them: the same however often the number is changed, and back. */
export function scaleDiscount(
  base: { quantity: number; discounts: readonly Discount[] },
  to: number,
  unitPrice: number,
): Discount[] {
  if (base.quantity === 0) return [];
  let left = unitPrice * to;
  return base.discounts.flatMap(({ offer, amount }) => {
    const exact = (BigInt(amount) * BigInt(to)) / BigInt(base.quantity); // never more than promised for a unit
    const scaled = Math.min(Number(exact), left);
    left -= scaled;
    return scaled > 0 ? [{ offer, amount: scaled }] : [];
  });
}
