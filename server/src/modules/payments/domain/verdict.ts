import type { PaymentState } from './payment-flow.ts';

/** What a channel was paid, in whatever currency it names. */
export type Received = { readonly amount: number; readonly currency: string };

export type Verdict =
  | 'accepted'
  | 'duplicate'
  | 'superseded'
  | 'wrong_amount'
  | 'wrong_currency'
  /** Signed as it should be, and about another merchant number or application than ours. */
  | 'wrong_merchant'
  | 'bad_signature'
  | 'stale'
  | 'replayed_nonce'
  | 'unknown_payment'
  | 'unknown_refund'
  /** The channel says that nothing has happened yet. */
  | 'no_change'
  /** The channel has paid a refund that was paid by hand. */
  | 'paid_twice';

/** Verdicts after which the payment moves. */
export const SETTLING: ReadonlySet<Verdict> = new Set<Verdict>(['accepted', 'wrong_amount', 'wrong_currency']);

/** Judges word of money that arrived, against what was asked. */
export function judgeSuccess(status: PaymentState, asked: Received, received: Received): Verdict {
  if (status === 'succeeded') return 'duplicate';
  if (received.currency !== asked.currency) return 'wrong_currency';
  return received.amount === asked.amount ? 'accepted' : 'wrong_amount';
}

/** Judges word of a failure: it counts only while the payment is open. */
export function judgeFailure(status: PaymentState): Verdict {
  if (status === 'pending') return 'accepted';
  return status === 'failed' ? 'duplicate' : 'superseded';
}

export type RefundKind =
  | 'manual'
  | 'auto_late'
  | 'auto_duplicate'
  | 'auto_wrong_amount'
  | 'cancel'
  | 'repriced'
  | 'reversal'
  /** Money for a customer's trouble: the order stays paid, and nothing it bought is given back. */
  | 'compensation';

/** Why money that pays nothing is given back. `paidAlready`: another payment has paid the subject. */
export function unwantedKind(verdict: Verdict, paidAlready: boolean): RefundKind {
  if (verdict !== 'accepted') return 'auto_wrong_amount';
  return paidAlready ? 'auto_duplicate' : 'auto_late';
}
