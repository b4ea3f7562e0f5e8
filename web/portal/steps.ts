import type { OrderStatus } from '../api/types.ts';

export const STEPS = ['pending_payment', 'paid', 'shipped', 'delivered', 'completed'] as const;

export type StepState = 'done' | 'now' | 'ahead';

/** How far an order has come on its straight way; none for one that ended otherwise. */
export function stepStates(status: OrderStatus): { step: (typeof STEPS)[number]; state: StepState }[] | undefined {
  const at = STEPS.indexOf(status as (typeof STEPS)[number]);
  if (at < 0) return undefined;
  return STEPS.map((step, i) => ({
    step,
    state: i < at || (i === at && status === 'completed') ? 'done' : i === at ? 'now' : 'ahead',
  }));
}
