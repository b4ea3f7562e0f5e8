import type { Channel } from '../channel.ts';
import { fetchUnionpayBill } from './bill.ts';
import { verifyUnionpayNotice } from './notice.ts';
import { closeUnionpay, openUnionpay, queryUnionpay } from './payments.ts';
import { queryUnionpayRefund, refundUnionpay } from './refunds.ts';

/** UnionPay's online gateway 5.1.0: bank cards on its page for computers and phones, and a code for UnionPay's application. */
export const unionpayChannel: Channel = {
  code: 'unionpay',
  needsAccount: true,
  open: openUnionpay,
  query: queryUnionpay,
  close: closeUnionpay,
  refund: refundUnionpay,
  queryRefund: queryUnionpayRefund,
  verify: verifyUnionpayNotice,
  fetchBill: fetchUnionpayBill,
  bills: ['trade'],
  repeats: 'acknowledged',
  acknowledgement: { type: 'text/plain; charset=utf-8', body: 'ok' }, // any 200 will do
};
