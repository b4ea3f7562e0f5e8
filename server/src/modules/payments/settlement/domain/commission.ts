import { allocate, minorDigits, type Money, money } from '#kernel/money.ts';

/** What we take of a sale. Rates in millionths (5 % = 50000), amounts in minor units. */
export type Commission = {
  rateMillionths: number;
  /** Of each order, beside the rate. */
  fixed: number;
  /** No less than this of an order, and no more. */
  floor: number | null;
  cap: number | null;
  /** Categories that have a rate of their own, with all below them; the longest path counts. */
  categories: readonly { path: string; rateMillionths: number }[];
  /** Whether freight is charged too. */
  onFreight: boolean;
};

/** What was sold, as shares of the amount that was paid: lines by category, and the freight. */
export type Sold = { lines: readonly { category: string; amount: number }[]; freight: number };

const MILLION = 1_000_000n;

/** Half a minor unit is one. Never through a float. */
const share = (amount: number, rateMillionths: number): number =>
  Number((BigInt(amount) * BigInt(rateMillionths) + MILLION / 2n) / MILLION);

/** An agreed rate of an amount: what a channel takes, what is held back. Half a minor unit is rounded up. */
export const rateOf = share;

function rateFor(terms: Commission, category: string): number {
  let best: { path: string; rateMillionths: number } | undefined;
  for (const c of terms.categories) {
    const holds = category === c.path || category.startsWith(`${c.path}/`);
    if (holds && c.path.length > (best?.path.length ?? -1)) best = c;
  }
  return best?.rateMillionths ?? terms.rateMillionths;
}

/**
 * The commission on what was paid for what was sold, never more than the amount itself, with the words of how it
 * came about. The amount is shared out over lines and freight, so that rates by category add up to the whole.
 */
export function commissionOn(terms: Commission, paid: Money, sold: Sold): { amount: number; how: string } {
  const { amount, currency } = paid;
  if (amount <= 0) return { amount: 0, how: '' };
  const words = (n: number): string => (n / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));
  const weights = [...sold.lines.map((l) => l.amount), sold.freight];
  // what is given away, or paid by nobody's line: as one part without a category
  const parts = weights.some((w) => w > 0)
    ? allocate(money(amount, currency), weights).map((m) => m.amount)
    : [...sold.lines.map(() => 0), amount];
  const byRate = new Map<number, number>();
  const add = (rate: number, part: number): void => void byRate.set(rate, (byRate.get(rate) ?? 0) + part);
  for (const [i, line] of sold.lines.entries()) add(rateFor(terms, line.category), parts[i] as number);
  if (terms.onFreight) add(terms.rateMillionths, parts.at(-1) as number);
  let total = terms.fixed;
  const how: string[] = [];
  for (const [rate, base] of byRate) {
    if (base === 0 || rate === 0) continue;
    total += share(base, rate);
    how.push(`${words(base)} × ${rate / 10_000}%`);
  }
  if (terms.fixed > 0) how.push(words(terms.fixed));
  const bounded = Math.min(Math.max(total, terms.floor ?? 0), terms.cap ?? Number.MAX_SAFE_INTEGER, amount);
  return {
    amount: bounded,
    how: bounded === total ? how.join(' + ') : `${how.join(' + ') || words(0)} → ${words(bounded)}`,
  };
}

/**
 * What of a commission goes back with a refund: with all refunds so far, the same part of it as they are of the sale. Summed
 * over refunds it is never off by a rounding, and the whole when everything has gone back.
 */
export function givenBack(of: { commission: number; sale: number; refunded: number; alreadyBack: number }): number {
  if (of.sale <= 0) return 0;
  const part = Math.min(of.refunded, of.sale);
  const target = (BigInt(of.commission) * BigInt(part) * 2n + BigInt(of.sale)) / (2n * BigInt(of.sale));
  return Math.max(Number(target) - of.alreadyBack, 0);
}
