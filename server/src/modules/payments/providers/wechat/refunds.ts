import { z } from 'zod';
import { notifyUrl } from '../../accounts/present.ts';
import { type ChannelEnv, type ChannelRefund, ChannelUnreachable, type RefundAnswer } from '../channel.ts';
import { wechatAccountOf } from './account.ts';
import { read, wechatCall } from './api.ts';
import { mustBeHeard } from './payments.ts';

const Refund = z.object({
  refund_id: z.string().max(64),
  out_refund_no: z.string().max(64),
  status: z.string().max(40),
  amount: z.object({ refund: z.int().min(1) }),
});

function answerOf(refund: ChannelRefund, data: unknown): RefundAnswer {
  const found = read(Refund, data);
  if (found.out_refund_no !== refund.refundNo || found.amount.refund !== refund.refundAmount)
    throw new ChannelUnreachable('wechat answered about another refund');
  const ref = found.refund_id;
  switch (found.status) {
    case 'SUCCESS':
      return { state: 'succeeded', ref };
    case 'PROCESSING':
      return { state: 'processing', ref };
    default:
      return { state: 'refused', ref, why: `wechat: ${found.status}` }; // CLOSED, ABNORMAL: the payer's account does not take it
  }
}

/** Has WeChat Pay pay a refund; one number is paid once, however often it is asked. @throws ChannelUnreachable */
export async function refundOrder(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  const account = await wechatAccountOf(env, refund.orgId);
  const got = await wechatCall(env, account, {
    verb: 'POST',
    target: '/v3/refund/domestic/refunds',
    body: {
      out_trade_no: refund.no,
      out_refund_no: refund.refundNo,
      reason: refund.reason.slice(0, 26), // 80 bytes
      notify_url: notifyUrl('wechat', account.opened.id),
      amount: { refund: refund.refundAmount, total: refund.amount, currency: refund.currency },
    },
    about: { paymentId: refund.paymentId, refundId: refund.refundId },
  });
  if (got.ok) return answerOf(refund, got.data);
  mustBeHeard(got);
  return { state: 'refused', why: `wechat: ${got.code} ${got.message}`.slice(0, 200) };
}

export async function queryRefund(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  const account = await wechatAccountOf(env, refund.orgId);
  const got = await wechatCall(env, account, {
    verb: 'GET',
    target: `/v3/refund/domestic/refunds/${refund.refundNo}`,
    about: { paymentId: refund.paymentId, refundId: refund.refundId },
  });
  if (got.ok) return answerOf(refund, got.data);
  if (got.code === 'RESOURCE_NOT_EXISTS') return { state: 'not_found' };
  throw new ChannelUnreachable(`wechat does not say what became of the refund: ${got.code}`);
}
