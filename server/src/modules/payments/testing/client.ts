import assert from 'node:assert/strict';
import { faults } from '../providers/sandbox/peer.ts';
import type { Harness } from './harness.ts';

/** The sandbox behaves again. */
export const calm = (): void =>
  void Object.assign(faults, { delayMs: 0, dropReplies: 0, errors: 0, refuseRefunds: undefined, slowRefunds: false });

export const payoutOf = (refundId: string) => ({
  payee: { name: '王小明', bank: '招商银行', account: '6225880137001234' },
  bankReference: `T${refundId}`,
  note: '渠道退款失败，银行转账',
});

/** What the tests ask of payments over HTTP. */
export function clientOf(h: Harness) {
  const settle = (paymentId: string, outcome: string, more: object = {}) =>
    h.post(`/sandbox/payments/${paymentId}/settle`, { outcome, ...more });
  return {
    settle,
    payment: async (id: string) => (await h.get(`/api/v1/payments/${id}`)).body,
    refunds: async (id: string) => (await h.get(`/api/v1/payments/${id}/refunds`)).body.items,
    verdicts: async (id: string): Promise<string[]> =>
      (await h.get(`/api/v1/payments/${id}/records`)).body.items.map((r: { verdict: string }) => r.verdict),
    /** A subject with its payment settled. */
    paid: async (total: number) => {
      const subjectId = await h.subject(total);
      const made = await h.pay(subjectId);
      assert.equal((await settle(made.id, 'success')).body.status, 'succeeded');
      return { subjectId, id: made.id, no: made.paymentNo };
    },
    /** Ends an abnormal refund; by hand, with a transfer of the bank of its own. */
    resolve: (refundId: string, outcome: string, who?: string) =>
      h.post(
        `/api/v1/refunds/${refundId}/resolve`,
        outcome === 'paid_by_hand' ? { outcome, payout: payoutOf(refundId) } : { outcome },
        who,
      ),
    /** Jobs that wait for a later time run at the next occasion. */
    dueNow: () => h.db.systemTx((tx) => tx.query('update graphile_worker._private_jobs set run_at = now()')),
  };
}
