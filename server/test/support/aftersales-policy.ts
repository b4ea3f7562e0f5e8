import { newId } from '#kernel/ids.ts';
import type { TestApp, TestOrg } from './app.ts';
import { addGoods, expectStatus, place } from './shop.ts';

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
  'POST /after-sales/compensations/{compensationId}/payee': { payee: { name: 'x', account: '6222' } },
  'POST /after-sales/compensations/{compensationId}/revoke': { note: 'x' },
  'PUT /after-sales/compensation-budgets': { scope: 'organisation', monthly: 1 },
  'POST /after-sales/risks/{riskId}/decide': { decision: 'dismiss', note: 'x' },
  'PUT /after-sales/policies/draft': { rules: [] },
});

/** A published policy, a compensation, a price protection and a risk case, with the path parameters that name them. */
export async function policyHouse(app: TestApp, org: TestOrg, mark: string): Promise<Record<string, string>> {
  expectStatus(await org.post('/after-sales/policies', { note: mark }), 201);
  const version = expectStatus(await org.post('/after-sales/policies/draft/publish'), 200);
  expectStatus(await org.post('/after-sales/policies', { note: mark }), 201); // published ones are nobody's to change
  const sku = `${mark}-P`;
  const product = await addGoods(org, { sku, price: 2_000 });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 5 }] }), 201);
  const order = await place(org, { lines: [{ sku, quantity: 1 }], payment: 'prepaid' });
  app.clock.pass(1_000);
  const skus = [{ sku, price: { amount: 1_900, currency: 'CNY' } }];
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { skus }), 200);
  expectStatus(await org.post(`/orders/${order.id}/price-protection`), 200);
  const [protection] = expectStatus(await org.get(`/after-sales/price-protections?orderId=${order.id}`), 200).items;
  const given = { kind: 'points', points: 1, reason: 'service', note: mark };
  const compensation = expectStatus(await org.post(`/orders/${order.id}/compensations`, given), 201);
  const claim = {
    orderId: order.id,
    type: 'refund',
    reason: 'no_reason',
    description: '职业打假',
    lines: [{ lineId: order.lines[0].id, quantity: 1 }],
  };
  expectStatus(await org.post('/after-sales', claim), 201);
  await app.settleDown();
  const [risk] = expectStatus(await org.get('/after-sales/risks'), 200).items;
  return {
    version: String(version.no),
    protectionId: protection.id,
    compensationId: compensation.id,
    riskId: risk.id,
  };
}
