import { assert } from '#kernel/assert.ts';
import type { Terms } from './terms.ts';

/** `whole × part ÷ of`, rounded half up to a whole minor unit; exact for any whole numbers ≥ 0 with `of` > 0. */
export function shareOf(whole: number, part: number, of: number): number {
  const product = whole * part;
  if (product < 4_000_000_000_000_000) {
    const rest = product % of;
    return (product - rest) / of + (rest * 2 >= of ? 1 : 0);
  }
  const exact = BigInt(whole) * BigInt(part); // past 2^53 a double would round
  return Number((exact * 2n + BigInt(of)) / (BigInt(of) * 2n));
}

/** What a unit price below the list price takes off a line of which `left` is left. */
const cheaper = (unitPrice: number, price: number, quantity: number, left: number): number =>
  Math.min(left, Math.max(0, unitPrice - price) * quantity);

/** What an offer that looks at one line alone takes off it, of the `left` that earlier offers leave: never more than that. */
export function lineDiscount(terms: Terms, unitPrice: number, quantity: number, left: number): number {
  switch (terms.kind) {
    case 'flash_sale':
      return cheaper(unitPrice, terms.price, quantity, left);
    case 'limited_time_discount':
      return 'price' in terms
        ? cheaper(unitPrice, terms.price, quantity, left)
        : Math.min(left, shareOf(left, terms.percentOff, 100));
    case 'presale':
      return Math.min(left, Math.max(0, terms.expandsTo - terms.deposit) * quantity);
    case 'nth_item': {
      const units = terms.nth < 1 ? 0 : Math.floor(quantity / terms.nth);
      return units === 0 ? 0 : Math.min(left, shareOf(left, units * terms.percentOff, quantity * 100));
    }
    default:
      return 0;
  }
}

/** What an offer over several lines takes off them when together they come to `base`: rising with it, never above it. */
export function groupDiscount(terms: Terms, base: number): number {
  switch (terms.kind) {
    case 'threshold_reduction': {
      let best = 0;
      for (const tier of terms.tiers) {
        if (tier.spend > base) continue;
        const times = terms.repeat && tier.spend > 0 ? Math.floor(base / tier.spend) : 1;
        if (times * tier.off > best) best = times * tier.off;
      }
      return best < base ? best : base;
    }
    case 'cross_shop_threshold':
      return terms.every < 1 ? 0 : Math.min(base, Math.floor(base / terms.every) * terms.off);
    case 'coupon':
      return base >= terms.spend ? Math.min(base, terms.off) : 0;
    default:
      return 0;
  }
}

/** The least amount at which an offer over several lines gives anything. */
export function leastSpend(terms: Terms): number {
  switch (terms.kind) {
    case 'threshold_reduction':
      return terms.tiers.reduce((least, tier) => (tier.off > 0 ? Math.min(least, tier.spend) : least), Infinity);
    case 'cross_shop_threshold':
      return terms.every;
    case 'coupon':
    case 'gift':
      return terms.spend;
    default:
      return 0;
  }
}

/**
 * Splits `amount` by weight into `parts` exactly as the kernel's `allocate` does, but without a Money object per part: the
 * search for the best combination does it thousands of times. `weights` has a positive sum; `rests` is scratch space.
 */
export function splitInto(amount: number, weights: readonly number[], parts: number[], rests: number[]): void {
  const count = weights.length;
  let sum = 0;
  let largest = 0;
  for (let i = 0; i < count; i += 1) {
    const weight = weights[i]!;
    sum += weight;
    if (weight > largest) largest = weight;
  }
  assert(sum > 0, 'something to share a discount over');
  if (amount * largest > Number.MAX_SAFE_INTEGER) return splitLarge(amount, weights, sum, parts);
  let missing = amount;
  for (let i = 0; i < count; i += 1) {
    const product = amount * weights[i]!;
    const rest = product % sum;
    const part = (product - rest) / sum;
    parts[i] = part;
    rests[i] = rest;
    missing -= part;
  }
  for (; missing > 0; missing -= 1) {
    let first = 0;
    for (let i = 1; i < count; i += 1) if (rests[i]! > rests[first]!) first = i;
    parts[first]! += 1;
    rests[first] = -1;
  }
}

function splitLarge(amount: number, weights: readonly number[], sum: number, parts: number[]): void {
  const whole = BigInt(sum);
  const rests = weights.map((weight) => (BigInt(amount) * BigInt(weight)) % whole);
  weights.forEach((weight, i) => (parts[i] = Number((BigInt(amount) * BigInt(weight)) / whole)));
  let missing = amount - weights.reduce((taken, _, i) => taken + parts[i]!, 0);
  for (; missing > 0; missing -= 1) {
    const first = rests.reduce((best, rest, i) => (rest > rests[best]! ? i : best), 0);
    parts[first]! += 1;
    rests[first] = -1n;
  }
}
