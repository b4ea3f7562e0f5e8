import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';

const STATES = ['due', 'paid', 'given_up'] as const;

export const ListExternalRefunds = z.object({
  ...listInput,
  status: z.enum(STATES).optional(),
  orderId: z.uuid().optional(),
});
export const SettleExternalRefund = z
  .object({ refundId: z.uuid(), reference: z.string().trim().min(1).max(120) })
  .meta({ id: 'SettleExternalRefund' });
export const GiveUpExternalRefund = z
  .object({ refundId: z.uuid(), note: z.string().trim().min(1).max(120) })
  .meta({ id: 'GiveUpExternalRefund' });

export const ExternalRefundView = z
  .object({
    id: z.uuid(),
    orderId: z.uuid(),
    orderNo: z.string(),
    amount: MoneyView,
    reason: z.string(),
    status: z.enum(STATES),
    askedAt: z.iso.datetime(),
    /** What who holds the money calls the refund, or why it was given up. */
    reference: z.string().nullable(),
    endedAt: z.iso.datetime().nullable(),
    may: z.array(z.string()),
  })
  .meta({ id: 'ExternalRefundView' });
