import { z } from 'zod';
import { ApprovalExpired, ApprovalWithdrawn } from '#kernel/approvals/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { notApproved, refundApproval } from '../commands/ask-refund.ts';
import { payoutApproval, payoutDropped } from '../commands/pay-by-hand.ts';

const Ended = z.object({ kind: z.string() });

/** A request nobody decided, or taken back: what waited for it does not wait any longer. */
export const approvalEnded = defineSubscriber({
  name: 'payments.approval_ended',
  types: [ApprovalExpired.type, ApprovalWithdrawn.type],
  batchMax: 20,
  run: async (tx, ctx, events) => {
    for (const event of events) {
      const { kind } = Ended.parse(event.data);
      if (kind === refundApproval.kind) await notApproved(tx, ctx, event.key);
      if (kind === payoutApproval.kind) await payoutDropped(tx, ctx, event.key);
    }
  },
});
