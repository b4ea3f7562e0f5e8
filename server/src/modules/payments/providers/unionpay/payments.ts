import { notifyUrl } from '../../accounts/present.ts';
import { baseUrl } from '../../port.ts';
import { MINUTE_MS } from '#kernel/time.ts';
import {
  type ChannelEnv,
  type ChannelPayment,
  ChannelUnreachable,
  type Opened,
  type PaymentAnswer,
} from '../channel.ts';
import { signedMessage, type UnionpayAccount, unionpayAccountOf } from './account.ts';
import { BACK, DONE, NOT_THERE, QUERY, UNCLEAR, unionpayCall, wordsOf } from './api.ts';
import { chinaStamp, type Fields, madeAt } from './sign.ts';

/** Numbers of ISO 4217, which UnionPay uses; what is not here was never asked for by us. */
const CURRENCIES: Readonly<Record<string, string>> = {
  '156': 'CNY',
  '344': 'HKD',
  '392': 'JPY',
  '840': 'USD',
  '978': 'EUR',
};
export const currencyOf = (code: string | undefined): string => CURRENCIES[code ?? ''] ?? 'ZZZ';
const YUAN = '156';

/** Fen as the gateway writes them: digits and nothing else. */
export function fenOf(text: string | undefined): number | undefined {
  const amount = /^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** What the gateway may be behind our own clock when it refuses what comes after the end. */
const GRACE_MS = MINUTE_MS;

const keyOf = (payment: ChannelPayment): Fields => ({
  orderId: payment.no,
  txnTime: chinaStamp(madeAt(payment.paymentId)),
});

const askedOf = (account: UnionpayAccount, payment: ChannelPayment): Fields => ({
  ...keyOf(payment),
  txnType: '01',
  txnAmt: String(payment.amount),
  currencyCode: YUAN,
  payTimeout: chinaStamp(payment.expiresAt),
  backUrl: notifyUrl('unionpay', account.opened.id),
  reqReserved: payment.no,
});

/** The page of ours that leads to UnionPay's: its gateway is called with a form, which no address alone can be. */
export const payPageUrl = (paymentId: string): string => `${baseUrl()}/pay/unionpay/${paymentId}`;

/** The form UnionPay's page for cards is opened with, signed here without asking. */
export const frontForm = (account: UnionpayAccount, payment: ChannelPayment): Record<string, string> =>
  signedMessage(account, {
    ...askedOf(account, payment),
    txnSubType: '01',
    bizType: '000201',
    channelType: payment.method === 'wap' ? '08' : '07',
    frontUrl: `${payPageUrl(payment.paymentId)}/back`,
    riskRateInfo: `{commodityName=订单 ${payment.subjectNo}}`,
  });

/**
 * The address of the page that leads to UnionPay's; or a code for UnionPay's application and those of banks, which is asked
 * for. UnionPay knows of a payment by page only once the payer has opened it. @throws ChannelUnreachable
 */
export async function openUnionpay(env: ChannelEnv, payment: ChannelPayment): Promise<Opened> {
  if (payment.currency !== 'CNY') return { refused: `unionpay: ${payment.currency} is not taken` };
  const account = await unionpayAccountOf(env, payment.orgId);
  if (payment.method !== 'qr') return { payUrl: payPageUrl(payment.paymentId) };
  const got = await unionpayCall(env, account, {
    path: BACK,
    fields: { ...askedOf(account, payment), txnSubType: '07', bizType: '000000', channelType: '08' },
    about: { paymentId: payment.paymentId },
  });
  const code = got['qrCode'] ?? '';
  if (DONE.has(got['respCode'] ?? '') && /^https?:\/\/\S{1,500}$/.test(code)) return { payUrl: code };
  // a code asked for twice: the first one is the payer's, and what became of it is found by asking
  if (got['respCode'] === '12' || UNCLEAR.has(got['respCode'] ?? '')) return {};
  return { refused: `unionpay: ${wordsOf(got)}` };
}

/** What the gateway says of one order of ours, proven to be about it. @throws ChannelUnreachable */
export async function askUnionpay(
  env: ChannelEnv,
  account: UnionpayAccount,
  key: Fields,
  about: { paymentId: string; refundId?: string },
): Promise<Fields> {
  const got = await unionpayCall(env, account, {
    path: QUERY,
    fields: { ...key, txnType: '00', txnSubType: '00', bizType: '000000' },
    about,
  });
  const code = got['respCode'] ?? '';
  if (code === NOT_THERE) return got;
  if (!DONE.has(code)) throw new ChannelUnreachable(`unionpay does not say what became of it: ${wordsOf(got)}`);
  if (got['orderId'] !== key['orderId']) throw new ChannelUnreachable('unionpay answered about another order');
  return got;
}

/**
 * Until its end a payer may try again with another card, so one that failed is open. @throws ChannelUnreachable
 */
export async function queryUnionpay(env: ChannelEnv, payment: ChannelPayment): Promise<PaymentAnswer> {
  const account = await unionpayAccountOf(env, payment.orgId);
  const got = await askUnionpay(env, account, keyOf(payment), { paymentId: payment.paymentId });
  if (got['respCode'] === NOT_THERE) return { state: 'not_found' };
  const original = got['origRespCode'] ?? '';
  if (DONE.has(original)) {
    const [amount, ref] = [fenOf(got['txnAmt']), got['queryId']];
    if (amount === undefined || ref === undefined || ref === '' || ref.length > 64)
      throw new ChannelUnreachable('unionpay does not say how much was paid');
    return { state: 'paid', amount, currency: currencyOf(got['currencyCode']), ref };
  }
  return { state: UNCLEAR.has(original) || !isOver(payment) ? 'open' : 'failed' };
}

const isOver = (payment: ChannelPayment): boolean => Date.now() > payment.expiresAt.getTime() + GRACE_MS;

/**
 * The gateway has no call that closes: it takes no more money once the time told to it is over. Before that nothing is
 * certain, and it is asked again. @throws ChannelUnreachable
 */
export async function closeUnionpay(env: ChannelEnv, payment: ChannelPayment): Promise<'closed' | 'paid'> {
  const answer = await queryUnionpay(env, payment);
  if (answer.state === 'paid') return 'paid';
  if (!isOver(payment)) throw new ChannelUnreachable('unionpay takes money for it until its time is over');
  if (answer.state === 'open') throw new ChannelUnreachable('unionpay does not know yet what became of it');
  return 'closed';
}
