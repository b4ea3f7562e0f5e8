import { assert } from '#kernel/assert.ts';

export type Fund = { payer: string; amount: number; refunded: number };
export type Need = { paid: number; refunded: number };

/** Fills the needs from the stores, first from first. Both sum up to the same. */
function fill(stores: readonly number[], needs: readonly number[]): number[][] {
  const left = [...stores];
  return needs.map((need) => {
    let rest = need;
    return left.map((has, s) => {
      const taken = Math.min(has, rest);
      left[s] = has - taken;
      rest -= taken;
      return taken;
    });
  });
}

/**
 * Which part of an order has how much of which payer's money: every part what it has paid and got back, every payer's money
 * given out once. What went back is divided by itself, so that no part ever got more back than it has.
 */
export function divideFunds(funds: readonly Fund[], parts: readonly Need[]): Fund[][] {
  const sum = (ns: readonly number[]): number => ns.reduce((a, b) => a + b, 0);
  assert(
    sum(funds.map((f) => f.amount)) === sum(parts.map((p) => p.paid)) &&
      sum(funds.map((f) => f.refunded)) === sum(parts.map((p) => p.refunded)),
    'the parts have what the whole had',
  );
  const back = fill(
    funds.map((f) => f.refunded),
    parts.map((p) => p.refunded),
  );
  const kept = fill(
    funds.map((f) => f.amount - f.refunded),
    parts.map((p) => p.paid - p.refunded),
  );
  return parts.map((_, i) =>
    funds.flatMap((f, j) => {
      const refunded = back[i]?.[j] ?? 0;
      const amount = refunded + (kept[i]?.[j] ?? 0);
      return amount > 0 ? [{ payer: f.payer, amount, refunded }] : [];
    }),
  );
}
