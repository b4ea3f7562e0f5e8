import { z } from 'zod';
import { yuan } from '../../reconciliation/domain/decimal.ts';
import { type ChannelEnv, type ChannelRefund, ChannelUnreachable, type RefundAnswer } from '../channel.ts';
import { alipayAccountOf } from './account.ts';
import { alipayCall, read } from './api.ts';
import { fenOf } from './payments.ts';

const aboutOf = (refund: ChannelRefund) => ({ paymentId: refund.paymentId, refundId: refund.refundId });

/** `fund_change`: whether this very call moved money. N says that an earlier one may have. */
const Refunded = z.object({ out_trade_no: z.string(), fund_change: z.enum(['Y', 'N']) });

/** Has Alipay pay a refund; one `out_request_no` is paid once, however often it is asked. @throws ChannelUnreachable */
export async function refundTrade(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  const account = await alipayAccountOf(env, refund.orgId);
  const got = await alipayCall(env, account, {
    method: 'alipay.trade.refund',
    biz: {
      out_trade_no: refund.no,
      refund_amount: yuan(refund.refundAmount),
      out_request_no: refund.refundNo,
      refund_reason: refund.reason.slice(0, 80),
    },
    about: aboutOf(refund),
  });
  if (!got.ok) return { state: 'refused', why: `alipay: ${got.code} ${got.message}`.slice(0, 200) };
  const said = read(Refunded, got.data);
  if (said.out_trade_no !== refund.no) throw new ChannelUnreachable('alipay answered about another trade');
  if (said.fund_change === 'Y') return { state: 'succeeded' };
  const known = await queryTradeRefund(env, refund);
  return known.state === 'succeeded' ? known : { state: 'processing' };
}

const Found = z.object({
  out_request_no: z.string().optional(),
  refund_status: z.string().optional(),
  refund_amount: z.string().max(20).optional(),
});

/** Without a status Alipay says that the refund did not reach it, or did not come about: it is asked for again. */
export async function queryTradeRefund(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  const account = await alipayAccountOf(env, refund.orgId);
  const got = await alipayCall(env, account, {
    method: 'alipay.trade.fastpay.refund.query',
    biz: { out_trade_no: refund.no, out_request_no: refund.refundNo },
    about: aboutOf(refund),
  });
  if (!got.ok) {
    if (got.code === 'ACQ.TRADE_NOT_EXIST') return { state: 'not_found' };
    throw new ChannelUnreachable(`alipay does not say what became of the refund: ${got.code}`);
  }
  const found = read(Found, got.data);
  if (found.refund_status === undefined) return { state: 'not_found' };
  if (found.refund_status !== 'REFUND_SUCCESS') return { state: 'processing' };
  if (found.out_request_no !== refund.refundNo || fenOf(found.refund_amount ?? '') !== refund.refundAmount)
    throw new ChannelUnreachable('alipay answered about another refund');
  return { state: 'succeeded' };
}
