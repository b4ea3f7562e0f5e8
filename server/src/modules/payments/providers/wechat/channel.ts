import type { Channel } from '../channel.ts';
import { fetchWechatBill } from './bill.ts';
import { verifyNotice } from './notice.ts';
import { closeOrder, openOrder, queryOrder } from './payments.ts';
import { queryRefund, refundOrder } from './refunds.ts';

/** WeChat Pay, API v3, for merchants of their own: Native, JSAPI and H5. */
export const wechatChannel: Channel = {
  code: 'wechat',
  needsAccount: true,
  asksFor: (method) => (method === 'jsapi' ? 'openid' : method === 'h5' ? 'clientIp' : undefined),
  open: openOrder,
  query: queryOrder,
  close: closeOrder,
  refund: refundOrder,
  queryRefund,
  verify: verifyNotice,
  fetchBill: fetchWechatBill,
  bills: ['trade', 'fund'],
  repeats: 'acknowledged',
  acknowledgement: { type: 'application/json', body: JSON.stringify({ code: 'SUCCESS', message: '成功' }) },
};
