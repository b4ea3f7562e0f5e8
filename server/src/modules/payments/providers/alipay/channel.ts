import type { Channel } from '../channel.ts';
import { fetchAlipayBill } from './bill.ts';
import { verifyAlipayNotice } from './notice.ts';
import { closeTrade, openTrade, queryTrade } from './payments.ts';
import { queryTradeRefund, refundTrade } from './refunds.ts';

/** Alipay's open platform in public-key mode: a code to scan, the page for computers and the page for phones. */
export const alipayChannel: Channel = {
  code: 'alipay',
  needsAccount: true,
  open: openTrade,
  query: queryTrade,
  close: closeTrade,
  refund: refundTrade,
  queryRefund: queryTradeRefund,
  verify: verifyAlipayNotice,
  fetchBill: fetchAlipayBill,
  bills: ['trade', 'fund'],
  repeats: 'acknowledged',
  acknowledgement: { type: 'text/plain; charset=utf-8', body: 'success' }, // these seven letters and nothing else
};
