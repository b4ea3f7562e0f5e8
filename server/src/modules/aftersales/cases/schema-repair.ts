import { z } from 'zod';
import { MoneyView } from '#modules/catalog/index.ts';
import { PAY_METHODS } from '#modules/payments/index.ts';

const text = (max: number) => z.string().trim().max(max);
export const CaseRef = z.object({ caseId: z.uuid() });
/** What a customer says to a proposal. */
export const answer = z.enum(['accept', 'decline']);

export const QuoteRepair = z
  .object({ ...CaseRef.shape, amount: z.int().min(0).max(1_000_000_000_000), note: text(500).optional() })
  .meta({ id: 'QuoteRepair' });
export const AnswerQuote = z.object({ ...CaseRef.shape, answer }).meta({ id: 'AnswerQuote' });
export const FinishRepair = z
  .object({ ...CaseRef.shape, note: text(1000).optional(), feeReference: text(120).min(1).optional() })
  .meta({ id: 'FinishRepair' });
export const GiveUpRepair = z.object({ ...CaseRef.shape, note: text(1000).optional() }).meta({ id: 'GiveUpRepair' });
/** How a repair's fee is to be paid: a method the channel offers, its usual one unless told. */
export const PayRepairFee = z
  .object({
    ...CaseRef.shape,
    channel: text(40).min(1),
    method: z.enum(PAY_METHODS).optional(),
    openid: text(128).min(1).optional(),
    clientIp: z.union([z.ipv4(), z.ipv6()]).optional(),
  })
  .meta({ id: 'PayRepairFee' });

/** What is owed for a repair, once its quote was accepted. */
export const RepairFeeView = z.object({
  status: z.enum(['due', 'held', 'paid', 'outside', 'cancelled']),
  amount: MoneyView,
  paid: MoneyView,
  refunded: MoneyView,
  due: MoneyView,
  /** Whether the next step of the repair is refused until it is paid. */ waits: z.boolean(),
});
