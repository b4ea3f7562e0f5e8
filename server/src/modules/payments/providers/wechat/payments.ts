import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { notifyUrl } from '../../accounts/present.ts';
import {
  type ChannelEnv,
  type ChannelPayment,
  ChannelUnreachable,
  type Opened,
  type Payer,
  type PaymentAnswer,
} from '../channel.ts';
import { type WechatAccount, wechatAccountOf } from './account.ts';
import { read, type WechatAnswer, wechatCall } from './api.ts';
import { signText } from './sign.ts';

/** `2026-11-28T08:30:00+08:00`: WeChat Pay reads times of China without fractions. */
function chinaTime(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

const METHODS = {
  native: { target: '/v3/pay/transactions/native', answer: z.object({ code_url: z.string().min(1).max(2_000) }) },
  jsapi: { target: '/v3/pay/transactions/jsapi', answer: z.object({ prepay_id: z.string().min(1).max(200) }) },
  h5: { target: '/v3/pay/transactions/h5', answer: z.object({ h5_url: z.string().min(1).max(2_000) }) },
} as const;

const methodOf = (payment: ChannelPayment): keyof typeof METHODS =>
  payment.method === 'jsapi' || payment.method === 'h5' ? payment.method : 'native';

/** These say that the order is there already: what became of it is found by asking. */
const KNOWN_THERE = new Set(['ORDERPAID', 'ORDER_PAID', 'OUT_TRADE_NO_USED', 'ORDER_CLOSED', 'ORDERCLOSED']);

function orderOf(account: WechatAccount, payment: ChannelPayment, payer: Payer): Record<string, unknown> {
  const method = methodOf(payment);
  return {
    appid: account.config.appid,
    mchid: account.config.mchid,
    description: `订单 ${payment.subjectNo}`.slice(0, 40),
    out_trade_no: payment.no,
    time_expire: chinaTime(payment.expiresAt),
    notify_url: notifyUrl('wechat', account.opened.id),
    amount: { total: payment.amount, currency: payment.currency },
    ...(method === 'jsapi' ? { payer: { openid: payer.openid } } : {}),
    ...(method === 'h5' ? { scene_info: { payer_client_ip: payer.clientIp, h5_info: { type: 'Wap' } } } : {}),
  };
}

/** Makes the order at WeChat Pay. The same number with the same facts gives the same order. @throws ChannelUnreachable */
export async function openOrder(env: ChannelEnv, payment: ChannelPayment, payer: Payer = {}): Promise<Opened> {
  const account = await wechatAccountOf(env, payment.orgId);
  const { target, answer } = METHODS[methodOf(payment)];
  const about = { paymentId: payment.paymentId };
  const got = await wechatCall(env, account, { verb: 'POST', target, body: orderOf(account, payment, payer), about });
  if (!got.ok) return refusedOrder(got);
  const made = read<Partial<Record<'code_url' | 'prepay_id' | 'h5_url', string>>>(answer, got.data);
  if (made.prepay_id !== undefined) return { payParams: pageParams(account, made.prepay_id) };
  return { payUrl: made.code_url ?? made.h5_url ?? '' };
}

function refusedOrder(got: WechatAnswer & { ok: false }): Opened {
  if (KNOWN_THERE.has(got.code)) return {};
  mustBeHeard(got);
  return { refused: `${got.code} ${got.message}`.slice(0, 200) };
}

/** 401: WeChat Pay did not take us for who we are. That is our set-up, not the payment. @throws ChannelUnreachable */
export function mustBeHeard(got: WechatAnswer & { ok: false }): void {
  if (got.status === 401) throw new ChannelUnreachable(`wechat refused our signature: ${got.code}`);
}

/** What a page inside WeChat calls `WeixinJSBridge.invoke('getBrandWCPayRequest', …)` with. */
function pageParams(account: WechatAccount, prepayId: string): Record<string, string> {
  const [appId, timeStamp, nonceStr] = [
    account.config.appid,
    String(Math.floor(Date.now() / 1000)),
    randomBytes(16).toString('hex'),
  ];
  const packed = `prepay_id=${prepayId}`;
  const paySign = signText(account.signer.privateKey, `${appId}\n${timeStamp}\n${nonceStr}\n${packed}\n`);
  return { appId, timeStamp, nonceStr, package: packed, signType: 'RSA', paySign };
}

/** An order as answers and callbacks carry it. The amount is the order's: what the payer gave may be less by coupons. */
export const Transaction = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string().max(40),
  transaction_id: z.string().max(64).optional(),
  trade_state: z.string().max(40),
  amount: z
    .object({
      total: z.int().min(1),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .default('CNY'),
    })
    .optional(),
});

/** What the states of WeChat Pay mean here. REFUND: it was paid, and something of it went back. */
export function answerOf(found: z.output<typeof Transaction>): PaymentAnswer {
  switch (found.trade_state) {
    case 'SUCCESS':
    case 'REFUND': {
      if (!found.amount || !found.transaction_id)
        throw new ChannelUnreachable('wechat names no amount of what was paid');
      return { state: 'paid', amount: found.amount.total, currency: found.amount.currency, ref: found.transaction_id };
    }
    case 'CLOSED':
    case 'REVOKED':
      return { state: 'closed' };
    case 'PAYERROR':
      return { state: 'failed' };
    default:
      return { state: 'open' }; // NOTPAY, USERPAYING, ACCEPT, and whatever is added: not over
  }
}

const NOT_THERE = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS']);

export async function queryOrder(env: ChannelEnv, payment: ChannelPayment): Promise<PaymentAnswer> {
  const account = await wechatAccountOf(env, payment.orgId);
  const target = `/v3/pay/transactions/out-trade-no/${payment.no}?mchid=${account.config.mchid}`;
  const got = await wechatCall(env, account, { verb: 'GET', target, about: { paymentId: payment.paymentId } });
  if (got.ok) {
    const found = read(Transaction, got.data);
    if (found.out_trade_no !== payment.no || found.mchid !== account.config.mchid)
      throw new ChannelUnreachable('wechat answered about another order');
    return answerOf(found);
  }
  if (NOT_THERE.has(got.code)) return { state: 'not_found' };
  throw new ChannelUnreachable(`wechat does not say what became of the order: ${got.code}`);
}

/** Anything but a clear word that it is closed or paid is unknown. @throws ChannelUnreachable */
export async function closeOrder(env: ChannelEnv, payment: ChannelPayment): Promise<'closed' | 'paid'> {
  const account = await wechatAccountOf(env, payment.orgId);
  const got = await wechatCall(env, account, {
    verb: 'POST',
    target: `/v3/pay/transactions/out-trade-no/${payment.no}/close`,
    body: { mchid: account.config.mchid },
    about: { paymentId: payment.paymentId },
  });
  if (got.ok || NOT_THERE.has(got.code) || got.code === 'ORDER_CLOSED' || got.code === 'ORDERCLOSED') return 'closed';
  if (got.code === 'ORDERPAID' || got.code === 'ORDER_PAID') return 'paid';
  throw new ChannelUnreachable(`wechat did not close the order: ${got.code}`);
}
