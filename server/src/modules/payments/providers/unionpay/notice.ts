import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { openAccount } from '../../accounts/open-account.ts';
import { type AccountPlace, locateAccount, locateAccounts } from '../../accounts/store.ts';
import { redact } from '../../calls/redact.ts';
import { type ChannelEnv, ChannelUnreachable, type Notice, type Received, type Verified } from '../channel.ts';
import { isTheirs, type UnionpayAccount, unionpayAccount } from './account.ts';
import { DONE } from './api.ts';
import { currencyOf, fenOf } from './payments.ts';
import { type Fields, fromTraceTime } from './sign.ts';

/** UnionPay repeats a notice for minutes, and can be made to by hand the day after. */
const OLD_MS = 26 * HOUR_MS;
const AHEAD_MS = 5 * MINUTE_MS;
const NO_MAX = 40;

/** Proves a notice: signed by UnionPay with a certificate its chain is known of, not old, and about our merchant number. */
export async function verifyUnionpayNotice(env: ChannelEnv, received: Received): Promise<Verified> {
  const form: Fields = Object.fromEntries(new URLSearchParams(received.body.toString('utf8')));
  const paymentNo = (form['txnType'] === '04' ? form['reqReserved'] : form['orderId'])?.slice(0, NO_MAX);
  // of an unproven body only this is kept, cut short: it may say anything
  const unproven = { paymentNo, payload: { paymentNo: paymentNo ?? null, bytes: received.body.length } };
  const places = await placesOf(env, received, form);
  const proven = await provenBy(env, places, form, received.now);
  if (!proven) return { ok: false, verdict: 'bad_signature', ...unproven, place: places[0] };
  const { place, account } = proven;
  const { signPubKeyCert: _certificate, ...said } = form;
  const payload = { ...(redact(said) as Record<string, unknown>) };
  const about = { paymentNo, payload, place };
  const sent = fromTraceTime(form['traceTime'] ?? '', received.now);
  const age = sent ? received.now.getTime() - sent.getTime() : Infinity;
  if (age > OLD_MS || age < -AHEAD_MS) return { ok: false, verdict: 'stale', ...about };
  if (form['merId'] !== account.config.merId) return { ok: false, verdict: 'wrong_merchant', ...about };
  const notice = noticeOf(form);
  return notice ? { ok: true, notice, payload, place } : { ok: false, verdict: 'bad_signature', ...about };
}

/** The account the address names; else those with the merchant number. */
async function placesOf(env: ChannelEnv, received: Received, form: Fields): Promise<AccountPlace[]> {
  if (received.accountId !== undefined) {
    const place = await locateAccount(env.db, 'unionpay', received.accountId);
    return place ? [place] : [];
  }
  const merId = form['merId'];
  return merId === undefined || merId.length > 32 ? [] : locateAccounts(env.db, 'unionpay', merId);
}

async function provenBy(
  env: ChannelEnv,
  places: readonly AccountPlace[],
  form: Fields,
  now: Date,
): Promise<{ place: AccountPlace; account: UnionpayAccount } | undefined> {
  for (const place of places) {
    try {
      const account = unionpayAccount(await openAccount(env, place.orgId, place.accountId));
      if (isTheirs(account, form, now)) return { place, account };
    } catch (error) {
      if (!(error instanceof ChannelUnreachable)) throw error; // not set up: it proves nothing
    }
  }
  return undefined;
}

/** What a notice says; undefined when it lacks what it must have. */
function noticeOf(form: Fields): Notice | undefined {
  const { orderId = '', queryId: ref = '', respCode = '', txnType, reqReserved = '', respMsg = '' } = form;
  const amount = fenOf(form['txnAmt']);
  if (orderId === '' || ref === '' || ref.length > 64 || amount === undefined || amount <= 0) return undefined;
  const isDone = DONE.has(respCode);
  const nonce = ref; // one per transaction, whatever it is told of again
  if (txnType === '01') {
    const base = { about: 'payment', paymentNo: orderId.slice(0, NO_MAX), amount, ref, nonce } as const;
    // one that failed may be tried again until its time is over
    return { ...base, currency: currencyOf(form['currencyCode']), outcome: isDone ? 'success' : 'nothing' };
  }
  if (txnType !== '04' || reqReserved === '') return undefined;
  const why = `unionpay: ${respCode} ${respMsg}`.slice(0, 200);
  const base = {
    about: 'refund',
    paymentNo: reqReserved.slice(0, NO_MAX),
    refundNo: orderId.slice(0, NO_MAX),
  } as const;
  return { ...base, amount, ref, nonce, why, outcome: isDone ? 'success' : 'refused' };
}
