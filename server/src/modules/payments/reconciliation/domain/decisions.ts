import { ACTIONS_OF, type DifferenceAction, type DifferenceKind } from './difference-flow.ts';

/** What a decision is made by. Amounts in minor units. */
export type Sides = {
  readonly kind: DifferenceKind;
  readonly subject: 'payment' | 'refund';
  readonly payment_id: string | null;
  readonly refund_id: string | null;
  readonly expected_amount: number | null;
  readonly actual_amount: number | null;
  readonly actual_status: string | null;
};

/** What is refunded to settle a difference: what the channel took too much of, or all of what it took twice. */
export const refundableOf = (of: Sides): number =>
  of.kind === 'duplicate' ? (of.actual_amount ?? 0) : (of.actual_amount ?? 0) - (of.expected_amount ?? 0);

/** What the channel has of it, against what we have: in its favour a status that is no success is nothing. */
function more(of: Sides): number {
  const actual = of.actual_amount ?? 0;
  if (of.kind === 'status') return of.actual_status === 'success' ? actual : -actual;
  return of.kind === 'duplicate' ? actual : actual - (of.expected_amount ?? 0);
}

/** How much more money the channel has than we; negative when it has less, as after a refund or a fee we do not know. */
export const gapOf = (of: Sides): number => {
  const gap = more(of);
  return of.subject === 'refund' || of.kind === 'fee' ? -gap : gap;
};

/** Whether we have booked a payment, or more of it, that the channel does not know. */
const isOurs = (of: Sides): boolean =>
  of.kind === 'local_only' || (of.kind === 'status' && of.actual_status !== 'success') || gapOf(of) < 0;

/** Whether an action makes sense of a difference: what is missing can be added, what was booked in vain taken back. */
export function fits(of: Sides, action: DifferenceAction): boolean {
  if (!ACTIONS_OF[of.kind].includes(action)) return false;
  const isPayment = of.subject === 'payment' && of.payment_id !== null;
  if (action === 'refund') return isPayment && refundableOf(of) > 0;
  if (action === 'reverse') return isPayment && isOurs(of) && of.kind !== 'duplicate';
  if (action === 'add_booking' && of.kind === 'status') return of.actual_status === 'success';
  return true;
}
