import { z } from 'zod';
import { notifyUrl } from '../../accounts/present.ts';
import { channelUrls } from '../../port.ts';
import { parseDecimal, yuan } from '../../reconciliation/domain/decimal.ts';
import {
  type ChannelEnv,
  type ChannelPayment,
  ChannelUnreachable,
  type Opened,
  type PaymentAnswer,
} from '../channel.ts';
import { type AlipayAccount, alipayAccountOf } from './account.ts';
import { alipayCall, read, signedParams } from './api.ts';
import { chinaClock } from './sign.ts';

export const CURRENCY = 'CNY';

/** Yuan with two digits as whole fen; undefined for what is none. */
export const fenOf = (text: string): number | undefined => parseDecimal(text, 2);

const PAGES = {
  page: { method: 'alipay.trade.page.pay', product: 'FAST_INSTANT_TRADE_PAY' },
  wap: { method: 'alipay.trade.wap.pay', product: 'QUICK_WAP_WAY' },
} as const;

/** These say that the trade is there already: what became of it is found by asking. */
const KNOWN_THERE = new Set(['ACQ.TRADE_HAS_SUCCESS', 'ACQ.TRADE_HAS_CLOSE', 'ACQ.CONTEXT_INCONSISTENT']);

const bizOf = (payment: ChannelPayment): Record<string, string> => ({
  out_trade_no: payment.no,
  total_amount: yuan(payment.amount),
  subject: `订单 ${payment.subjectNo}`,
  time_expire: chinaClock(payment.expiresAt),
});

/**
 * The address of Alipay's page, signed here without asking; or a code to scan, which is asked for. Alipay knows of a trade
 * only once the payer has opened it. @throws ChannelUnreachable
 */
export async function openTrade(env: ChannelEnv, payment: ChannelPayment): Promise<Opened> {
  if (payment.currency !== CURRENCY) return { refused: `alipay: ${payment.currency} is not taken` };
  const account = await alipayAccountOf(env, payment.orgId);
  const notify = notifyUrl('alipay', account.opened.id);
  if (payment.method === 'page' || payment.method === 'wap') return { payUrl: pageUrl(account, payment, notify) };
  const got = await alipayCall(env, account, {
    method: 'alipay.trade.precreate',
    biz: bizOf(payment),
    notifyUrl: notify,
    about: { paymentId: payment.paymentId },
  });
  if (got.ok) return { payUrl: read(z.object({ qr_code: z.string().min(1).max(2_000) }), got.data).qr_code };
  return KNOWN_THERE.has(got.code) ? {} : { refused: `${got.code} ${got.message}`.slice(0, 200) };
}

function pageUrl(account: AlipayAccount, payment: ChannelPayment, notify: string): string {
  const { method, product } = PAGES[payment.method === 'wap' ? 'wap' : 'page'];
  const biz = { ...bizOf(payment), product_code: product };
  const params = signedParams(account, { method, biz, notifyUrl: notify });
  return `${channelUrls().alipay}?${new URLSearchParams(params).toString()}`;
}

const Trade = z.object({
  out_trade_no: z.string().max(64),
  trade_no: z.string().max(64),
  trade_status: z.string().max(40),
  total_amount: z.string().max(20),
  trans_currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  /** When money was taken; a trade that was paid and went back as a whole is closed, too. */
  send_pay_date: z.string().max(40).optional(),
});

const NOT_THERE = 'ACQ.TRADE_NOT_EXIST';

/** @throws ChannelUnreachable */
export async function queryTrade(env: ChannelEnv, payment: ChannelPayment): Promise<PaymentAnswer> {
  const account = await alipayAccountOf(env, payment.orgId);
  const got = await alipayCall(env, account, {
    method: 'alipay.trade.query',
    biz: { out_trade_no: payment.no },
    about: { paymentId: payment.paymentId },
  });
  if (!got.ok) {
    if (got.code === NOT_THERE) return { state: 'not_found' };
    throw new ChannelUnreachable(`alipay does not say what became of the trade: ${got.code}`);
  }
  const found = read(Trade, got.data);
  if (found.out_trade_no !== payment.no) throw new ChannelUnreachable('alipay answered about another trade');
  const wasPaid = found.trade_status === 'TRADE_SUCCESS' || found.trade_status === 'TRADE_FINISHED';
  if (wasPaid || (found.trade_status === 'TRADE_CLOSED' && found.send_pay_date)) return paidAnswer(found);
  return { state: found.trade_status === 'TRADE_CLOSED' ? 'closed' : 'open' };
}

function paidAnswer(found: z.output<typeof Trade>): PaymentAnswer {
  const amount = fenOf(found.total_amount);
  if (amount === undefined) throw new ChannelUnreachable('alipay names no amount of what was paid');
  return { state: 'paid', amount, currency: found.trans_currency ?? CURRENCY, ref: found.trade_no };
}

/** Anything but a clear word that it is closed or paid is unknown. @throws ChannelUnreachable */
export async function closeTrade(env: ChannelEnv, payment: ChannelPayment): Promise<'closed' | 'paid'> {
  const account = await alipayAccountOf(env, payment.orgId);
  const got = await alipayCall(env, account, {
    method: 'alipay.trade.close',
    biz: { out_trade_no: payment.no },
    about: { paymentId: payment.paymentId },
  });
  if (got.ok || got.code === NOT_THERE) return 'closed';
  // it cannot be closed in the state it is in: closed already, or paid
  const { state } = await queryTrade(env, payment);
  if (state === 'closed' || state === 'paid') return state;
  throw new ChannelUnreachable(`alipay did not close the trade: ${got.code}`);
}
