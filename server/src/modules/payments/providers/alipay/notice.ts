import { openAccount } from '../../accounts/open-account.ts';
import { type AccountPlace, locateAccount, locateAccounts } from '../../accounts/store.ts';
import { redact } from '../../calls/redact.ts';
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { type ChannelEnv, ChannelUnreachable, type PaymentNotice, type Received, type Verified } from '../channel.ts';
import { type AlipayAccount, alipayAccount } from './account.ts';
import { CURRENCY, fenOf } from './payments.ts';
import { fromChinaClock, isNoticeSigned } from './sign.ts';

/** Alipay repeats a notice for about 25 hours, with the time it was first made at. */
const OLD_MS = 26 * HOUR_MS;
const AHEAD_MS = 5 * MINUTE_MS;

type Form = Readonly<Record<string, string>>;

/**
 * Proves a notice: signed by Alipay's key that the account knows, not older than Alipay goes on repeating, and about its
 * application and its seller.
 */
export async function verifyAlipayNotice(env: ChannelEnv, received: Received): Promise<Verified> {
  const form: Form = Object.fromEntries(new URLSearchParams(received.body.toString('utf8')));
  const paymentNo = form['out_trade_no']?.slice(0, 40);
  // of an unproven body only this is kept, cut short: it may say anything
  const unproven = { paymentNo, payload: { paymentNo: paymentNo ?? null, bytes: received.body.length } };
  const places = await placesOf(env, received, form);
  const proven = await provenBy(env, places, form);
  if (!proven) return { ok: false, verdict: 'bad_signature', ...unproven, place: places[0] };
  const { place, account } = proven;
  const payload = { ...(redact(form) as Record<string, unknown>) };
  const about = { paymentNo, payload, place };
  const sent = fromChinaClock(form['notify_time'] ?? '');
  const age = sent ? received.now.getTime() - sent.getTime() : Infinity;
  if (age > OLD_MS || age < -AHEAD_MS) return { ok: false, verdict: 'stale', ...about };
  if (form['app_id'] !== account.config.appId || form['seller_id'] !== account.config.sellerId)
    return { ok: false, verdict: 'wrong_merchant', ...about };
  const notice = noticeOf(form);
  return notice ? { ok: true, notice, payload, place } : { ok: false, verdict: 'bad_signature', ...about };
}

/** The account the address names; else those with the application. Whoever claims another's proves nothing with its own keys. */
async function placesOf(env: ChannelEnv, received: Received, form: Form): Promise<AccountPlace[]> {
  if (received.accountId !== undefined) {
    const place = await locateAccount(env.db, 'alipay', received.accountId);
    return place ? [place] : [];
  }
  const appId = form['app_id'];
  return appId === undefined || appId.length > 32 ? [] : locateAccounts(env.db, 'alipay', appId);
}

async function provenBy(
  env: ChannelEnv,
  places: readonly AccountPlace[],
  form: Form,
): Promise<{ place: AccountPlace; account: AlipayAccount } | undefined> {
  for (const place of places) {
    const account = await accountAt(env, place);
    if (account && isNoticeSigned(account.theirKeys, form)) return { place, account };
  }
  return undefined;
}

async function accountAt(env: ChannelEnv, place: AccountPlace): Promise<AlipayAccount | undefined> {
  try {
    return alipayAccount(await openAccount(env, place.orgId, place.accountId));
  } catch (error) {
    if (error instanceof ChannelUnreachable) return undefined;
    throw error;
  }
}

/** What a notice says; undefined when it lacks what it must have. Of refunds it says that the trade was paid. */
function noticeOf(form: Form): PaymentNotice | undefined {
  const { out_trade_no: paymentNo = '', trade_no: ref = '', notify_id: nonce = '', trade_status: status } = form;
  const amount = fenOf(form['total_amount'] ?? '');
  if (paymentNo === '' || ref === '' || nonce === '' || nonce.length > 100 || ref.length > 64) return undefined;
  if (amount === undefined || amount <= 0) return undefined;
  const currency = /^[A-Z]{3}$/.test(form['trans_currency'] ?? '') ? (form['trans_currency'] as string) : CURRENCY;
  const base = { about: 'payment', paymentNo: paymentNo.slice(0, 40), amount, currency, ref, nonce } as const;
  const wentBack = (fenOf(form['refund_fee'] ?? '') ?? 0) > 0;
  if (status === 'TRADE_SUCCESS' || status === 'TRADE_FINISHED' || wentBack) return { ...base, outcome: 'success' };
  return { ...base, outcome: status === 'TRADE_CLOSED' ? 'failure' : 'nothing' };
}
