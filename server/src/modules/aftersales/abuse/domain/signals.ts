export const SIGNALS = [
  'return_rate',
  'claims',
  'small_refunds',
  'shared_phone',
  'shared_address',
  'shared_device',
  'wording',
] as const;
export type Signal = (typeof SIGNALS)[number];

export type Thresholds = {
  /** Orders a customer must have placed before a rate says anything. */
  rateFromOrders: number;
  /** Share of orders with something asked for, in percent. */
  returnRatePercent: number;
  claims: number;
  smallRefundAmount: number;
  smallRefunds: number;
  /** Customers with claims who share a phone, an address or a device, this one counted. */
  sharedCustomers: number;
  keywords: readonly string[];
};
/** A customer's case within the window. `amount` in minor units, null until something was granted. */
export type Claim = { id: string; orderId: string; kind: string; state: string; text: string; amount: number | null };
export type Facts = {
  orders: number;
  claims: readonly Claim[];
  /** How many customers with claims share each, this one counted. */
  shared: Readonly<Record<'phone' | 'address' | 'device', number>>;
};
export type Found = { signal: Signal; value: number; threshold: number; detail: string };

const GOES_BACK = new Set(['refund', 'return', 'exchange']);
const isCounted = (c: Claim): boolean => c.state !== 'rejected' && c.state !== 'cancelled';

/** What of a customer's claims follows a pattern: each signal that reaches its threshold, with both. A threshold of 0 switches a signal off. */
export function signalsOf(facts: Facts, limits: Thresholds): Found[] {
  const found: Found[] = [];
  const note = (signal: Signal, value: number, threshold: number, detail = ''): void => {
    if (threshold > 0 && value >= threshold) found.push({ signal, value, threshold, detail });
  };
  const back = facts.claims.filter((c) => isCounted(c) && GOES_BACK.has(c.kind));
  const orders = new Set(back.map((c) => c.orderId)).size;
  if (facts.orders >= limits.rateFromOrders && facts.orders > 0)
    note('return_rate', Math.floor((orders * 100) / facts.orders), limits.returnRatePercent);
  note('claims', facts.claims.length, limits.claims);
  const small = back.filter(
    (c) => c.kind === 'refund' && c.amount !== null && c.amount > 0 && c.amount <= limits.smallRefundAmount,
  );
  note('small_refunds', small.length, limits.smallRefunds);
  for (const by of ['phone', 'address', 'device'] as const)
    note(`shared_${by}`, facts.shared[by], limits.sharedCustomers);
  const [last] = facts.claims;
  const text = last?.text.toLowerCase() ?? '';
  const words = limits.keywords.filter((k) => text.includes(k.toLowerCase()));
  note('wording', words.length, 1, words.join('、').slice(0, 200));
  return found;
}
