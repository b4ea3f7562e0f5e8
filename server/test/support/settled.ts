import { newId } from '#kernel/ids.ts';
import type { Sender } from './app.ts';
import { expectStatus } from './shop.ts';

/** A station with an account, a statement of what it is owed, and a payment of that at the bank. */
export async function settleStation(org: Sender, admin: Sender, mark: string): Promise<Record<string, string>> {
  const terms = { cycle: { kind: 'daily', days: 1 } };
  const party = { kind: 'station', reference: mark, name: mark, terms };
  const { id: partyId } = expectStatus(await org.post('/settlements/parties', party), 201);
  const account = { payee: mark, bank: mark, account: '6225880112345678' };
  const asked = expectStatus(await org.post(`/settlements/parties/${partyId}/account`, account), 202);
  expectStatus(await admin.post(`/approvals/${asked.accounts[0].approvalId}/approve`), 200);
  const owed = { amount: 1_000, reason: mark };
  const { approvalId } = expectStatus(await org.post(`/settlements/parties/${partyId}/adjust`, owed), 202);
  expectStatus(await admin.post(`/approvals/${approvalId}/approve`), 200);
  const through = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10); // today in China
  const made = expectStatus(await org.post(`/settlements/parties/${partyId}/build`, { through }), 201);
  const submitted = expectStatus(await org.post(`/settlements/statements/${made.id}/submit`), 200);
  expectStatus(await admin.post(`/approvals/${submitted.approvalId}/approve`), 200);
  const batch = expectStatus(await org.post('/settlements/payouts', { statementIds: [made.id] }), 201);
  return { partyId, statementId: made.id, payoutBatchId: batch.id, payoutId: batch.lines[0]?.id ?? newId() };
}

/** What another organisation's requests about these carry. */
export const settlementBodies = (p: Record<string, string>): Record<string, unknown> => {
  const terms = { cycle: { kind: 'daily', days: 1 } };
  return {
    'POST /settlements/parties': { kind: 'station', reference: 'own', name: 'x', terms },
    'POST /settlements/parties/{partyId}/agreements': { terms, effectiveFrom: '2099-01-01T00:00:00Z' },
    'POST /settlements/parties/{partyId}/preview': { terms, from: '2026-01-01', to: '2026-01-31' },
    'POST /settlements/parties/{partyId}/account': { payee: 'x', bank: 'x', account: '6225880112345678' },
    'POST /settlements/parties/{partyId}/adjust': { amount: 1, reason: 'x' },
    'POST /settlements/statements/{statementId}/dispute': { dispute: 'x' },
    'POST /settlements/payouts': { statementIds: [p['statementId']] },
    'POST /settlements/payments/{payoutId}/paid': { reference: 'x' },
    'POST /settlements/payments/{payoutId}/failed': { reason: 'x' },
  };
};
