import { newId } from '#kernel/ids.ts';

/** What another organisation's requests about policies, price protection, compensations and risk carry. */
export const policyBodies = (p: Record<string, string>): Record<string, unknown> => ({
  'POST /after-sales/policy-check': {
    orderId: p['orderId'],
    lines: [{ lineId: newId(), quantity: 1 }],
    type: 'return',
    reason: 'no_reason',
  },
  'POST /after-sales/policies/what-if': { orderId: p['orderId'], type: 'return', reason: 'no_reason' },
  'POST /after-sales/price-falls': {
    sku: p['sku'],
    fromAt: '2026-01-01T00:00:00Z',
    verdict: 'error',
    reason: 'because',
  },
  'POST /orders/{orderId}/compensations': { kind: 'points', points: 1, reason: 'service', note: 'x' },
  'POST /after-sales/compensations/{compensationId}/pay-out': { reference: 'x' },
  'PUT /after-sales/compensation-budgets': { scope: 'organisation', monthly: 1 },
  'PUT /after-sales/policies/draft': { rules: [] },
});
