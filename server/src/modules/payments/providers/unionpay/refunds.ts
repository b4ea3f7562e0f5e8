import { notifyUrl } from '../../accounts/present.ts';
import { type ChannelEnv, type ChannelRefund, ChannelUnreachable, type RefundAnswer } from '../channel.ts';
import { unionpayAccountOf } from './account.ts';
import { BACK, DONE, NOT_THERE, UNCLEAR, unionpayCall, wordsOf } from './api.ts';
import { askUnionpay, fenOf, queryUnionpay } from './payments.ts';
import { chinaStamp, type Fields, madeAt } from './sign.ts';

const keyOf = (refund: ChannelRefund): Fields => ({
  orderId: refund.refundNo,
  txnTime: chinaStamp(madeAt(refund.refundId)),
});
/** An order of that number and time is there already: it was asked for before. */
const TWICE = '12';

/**
 * Has UnionPay pay a refund; one number and time is taken once. The payment is named by UnionPay's own number, which is
 * asked for first. @throws ChannelUnreachable
 */
export async function refundUnionpay(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  const paid = await queryUnionpay(env, refund);
  if (paid.state !== 'paid') throw new ChannelUnreachable(`unionpay says that what is to go back is ${paid.state}`);
  const account = await unionpayAccountOf(env, refund.orgId);
  const got = await unionpayCall(env, account, {
    path: BACK,
    fields: {
      ...keyOf(refund),
      txnType: '04',
      txnSubType: '00',
      bizType: refund.method === 'qr' ? '000000' : '000201',
      channelType: '07',
      origQryId: paid.ref,
      txnAmt: String(refund.refundAmount),
      backUrl: notifyUrl('unionpay', account.opened.id),
      reqReserved: refund.no,
    },
    about: { paymentId: refund.paymentId, refundId: refund.refundId },
  });
  const code = got['respCode'] ?? '';
  if (!DONE.has(code) && !UNCLEAR.has(code) && code !== TWICE)
    return { state: 'refused', why: `unionpay: ${wordsOf(got)}` };
  const known = await queryUnionpayRefund(env, refund); // taken is not done: the bank decides
  return known.state === 'not_found' ? { state: 'processing' } : known;
}

/** @throws ChannelUnreachable */
export async function queryUnionpayRefund(env: ChannelEnv, refund: ChannelRefund): Promise<RefundAnswer> {
  const account = await unionpayAccountOf(env, refund.orgId);
  const got = await askUnionpay(env, account, keyOf(refund), {
    paymentId: refund.paymentId,
    refundId: refund.refundId,
  });
  if (got['respCode'] === NOT_THERE) return { state: 'not_found' };
  const original = got['origRespCode'] ?? '';
  if (UNCLEAR.has(original)) return { state: 'processing' };
  if (!DONE.has(original)) return { state: 'refused', why: `unionpay: ${wordsOf(got, 'origRespCode', 'origRespMsg')}` };
  if (fenOf(got['txnAmt']) !== refund.refundAmount)
    throw new ChannelUnreachable('unionpay answered about another refund');
  const ref = got['queryId'];
  return { state: 'succeeded', ...(ref ? { ref } : {}) };
}
