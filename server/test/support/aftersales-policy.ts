import { newId } from '#kernel/ids.ts';

/** What another organisation's requests about policies, price protection, compensations and risk carry. */
export const policyBodies = (p: Record<string, string>): Record<string, unknown> => ({
  'POST /after-sales/policy-check': {
    orderId: p['orderId'],
    lines: [{ lineId: newId(), quantity: 1 }],
    type: 'return',
    reason: 'no_reason',
  },
});
