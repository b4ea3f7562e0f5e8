import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { openAccount } from '../../accounts/open-account.ts';
import { refreshKeys } from '../../accounts/refresh-certificates.ts';
import { type AccountPlace, locateAccount, locateAccounts } from '../../accounts/store.ts';
import { readJson } from '../../calls/call-channel.ts';
import { redact } from '../../calls/redact.ts';
import { type ChannelEnv, ChannelUnreachable, type Notice, type Received, type Verified } from '../channel.ts';
import { type WechatAccount, wechatAccount } from './account.ts';
import { answerOf, Transaction } from './payments.ts';
import { isInTime, isSigned, openSealed, type Stamp, stampOf } from './sign.ts';

const Envelope = z.object({
  id: z.string().max(64),
  event_type: z.string().max(64),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string().max(100_000),
    associated_data: z.string().max(64).optional(),
    nonce: z.string().max(64),
  }),
});

const RefundResource = z.object({
  mchid: z.string(),
  out_trade_no: z.string().max(40),
  out_refund_no: z.string().max(64),
  refund_id: z.string().max(64),
  refund_status: z.string().max(40),
  amount: z.object({ refund: z.int().min(1) }),
});

type Refused = Verified & { ok: false };

/**
 * Proves a callback: signed by a key of WeChat Pay that the account knows, over the bytes as they came, within five
 * minutes; sealed with the account's APIv3 key; about its merchant number and application.
 */
export async function verifyNotice(env: ChannelEnv, received: Received): Promise<Verified> {
  const stamp = stampOf((name) => received.headers[name]);
  const payload = { bytes: received.body.length, serial: stamp.serial.slice(0, 64) };
  let [refused, wasProven]: [Refused, boolean] = [{ ok: false, verdict: 'bad_signature', payload }, false];
  for (const place of await placesOf(env, received, stamp)) {
    const account = await accountAt(env, place, stamp.serial);
    const key = account?.theirKeys.get(stamp.serial);
    if (!account || !key) {
      refused = { ...refused, place };
      continue;
    }
    if (!isProven(key, stamp, received)) {
      refused = { ...refused, place };
      continue;
    }
    if (!isInTime(stamp, received.now)) return { ok: false, verdict: 'stale', payload, place };
    const read = readNotice(account, received, stamp);
    if (read) return judge(read, place);
    // proven, but sealed for another account that is signed to by the same key
    if (!wasProven) refused = { ...refused, place };
    wasProven = true;
  }
  return refused;
}

const isProven = (key: KeyObject, stamp: Stamp, received: Received): boolean => isSigned(key, stamp, received.body);

/** The account the address names; else those that know the key. A key of WeChat Pay may be that of many merchants. */
async function placesOf(env: ChannelEnv, received: Received, stamp: Stamp): Promise<AccountPlace[]> {
  if (received.accountId === undefined)
    return stamp.serial === '' ? [] : locateAccounts(env.db, 'wechat', stamp.serial);
  const place = await locateAccount(env.db, 'wechat', received.accountId);
  return place ? [place] : [];
}

/** The account, with keys asked for anew when it does not know the one named and WeChat Pay hands them out. */
async function accountAt(env: ChannelEnv, place: AccountPlace, serial: string): Promise<WechatAccount | undefined> {
  try {
    const account = wechatAccount(await openAccount(env, place.orgId, place.accountId));
    const asks =
      account.config.mode === 'certificate' && !account.theirKeys.has(serial) && /^[0-9A-F]{8,64}$/.test(serial);
    return asks ? await refreshKeys(env, account) : account;
  } catch (error) {
    if (error instanceof ChannelUnreachable) return undefined; // not set up: nothing can be for it
    throw error;
  }
}

type Read = { notice: Notice; merchant: boolean; payload: Record<string, unknown> };

/** What was sealed for the account; undefined when it is not for it, or of no form we know. */
function readNotice(account: WechatAccount, received: Received, stamp: Stamp): Read | undefined {
  const envelope = Envelope.safeParse(readJson(received.body));
  if (!envelope.success) return undefined;
  const { resource, event_type: event, id } = envelope.data;
  let opened: unknown;
  try {
    opened = JSON.parse(openSealed(account.apiV3Key, resource));
  } catch {
    return undefined;
  }
  const payload = { id, event, ...(redact(opened) as Record<string, unknown>) };
  if (event.startsWith('REFUND.')) {
    const said = RefundResource.safeParse(opened);
    if (!said.success) return undefined;
    const merchant = said.data.mchid === account.config.mchid;
    return { notice: refundNotice(said.data, stamp.nonce), merchant, payload };
  }
  const said = Transaction.safeParse(opened);
  if (!said.success) return undefined;
  const merchant = said.data.mchid === account.config.mchid && said.data.appid === account.config.appid;
  return { notice: paymentNotice(said.data, stamp.nonce), merchant, payload };
}

function judge({ notice, merchant, payload }: Read, place: AccountPlace): Verified {
  if (merchant) return { ok: true, notice, payload, place };
  return { ok: false, verdict: 'wrong_merchant', paymentNo: notice.paymentNo, payload, place };
}

function paymentNotice(said: z.output<typeof Transaction>, nonce: string): Notice {
  const answer = answerOf(said);
  const base = { about: 'payment', paymentNo: said.out_trade_no, nonce } as const;
  if (answer.state === 'paid')
    return { ...base, outcome: 'success', amount: answer.amount, currency: answer.currency, ref: answer.ref };
  const outcome = answer.state === 'open' || answer.state === 'not_found' ? 'nothing' : 'failure';
  return { ...base, outcome, amount: 0, currency: '', ref: '' };
}

function refundNotice(said: z.output<typeof RefundResource>, nonce: string): Notice {
  return {
    about: 'refund',
    paymentNo: said.out_trade_no,
    refundNo: said.out_refund_no,
    outcome: said.refund_status === 'SUCCESS' ? 'success' : 'refused',
    amount: said.amount.refund,
    ref: said.refund_id,
    why: `wechat: ${said.refund_status}`,
    nonce,
  };
}
