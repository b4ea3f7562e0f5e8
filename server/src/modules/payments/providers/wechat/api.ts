import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { type About, type Answer, callChannel, readJson, UntrustedAnswer } from '../../calls/call-channel.ts';
import { channelUrls } from '../../port.ts';
import { type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import { refreshKeys } from '../../accounts/refresh-certificates.ts';
import type { WechatAccount } from './account.ts';
import { signedHeaders } from './headers.ts';
import { isInTime, isSigned, stampOf } from './sign.ts';

/** An answer of WeChat Pay: of a refusal its code and words. `data` of a success is proven to come from it. */
export type WechatAnswer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly status: number; readonly code: string; readonly message: string };

const Refusal = z.object({ code: z.string().max(100), message: z.string().max(1_000).optional() });

export type Request = { verb: 'GET' | 'POST'; target: string; body?: unknown; about: Omit<About, 'orgId'> };

/** The key an answer is signed with. In certificate mode one not known yet is asked for: WeChat Pay changes them. */
async function keyOf(env: ChannelEnv, account: WechatAccount, serial: string): Promise<KeyObject> {
  const key =
    account.theirKeys.get(serial) ??
    (account.config.mode === 'certificate' ? (await refreshKeys(env, account)).theirKeys.get(serial) : undefined);
  if (!key) throw new UntrustedAnswer(`wechat signed with a key not known here: ${serial.slice(0, 60) || 'none'}`);
  return key;
}

/** Proves that an answer is WeChat Pay's and of this moment. @throws UntrustedAnswer */
async function prove(env: ChannelEnv, account: WechatAccount, answer: Answer): Promise<void> {
  const stamp = stampOf((name) => answer.headers.get(name));
  const key = await keyOf(env, account, stamp.serial);
  if (!isSigned(key, stamp, answer.body)) throw new UntrustedAnswer('the signature of wechat’s answer is wrong');
  if (!isInTime(stamp, new Date()))
    throw new UntrustedAnswer('wechat’s answer is not of this time: is the clock right?');
}

/**
 * One call of API v3. A refusal is an answer; 5xx, 429 and answers nobody can trust are not.
 * @throws ChannelUnreachable
 */
export async function wechatCall(env: ChannelEnv, account: WechatAccount, request: Request): Promise<WechatAnswer> {
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  const { verb, target } = request;
  return callChannel<WechatAnswer>(env, {
    channel: 'wechat',
    accountId: account.opened.id,
    about: { ...request.about, orgId: account.opened.orgId },
    method: verb,
    url: `${channelUrls().wechat}${target}`,
    request: {
      verb,
      headers: signedHeaders(account, verb, target, body),
      ...(request.body === undefined ? {} : { body }),
    },
    shown: { request: request.body ?? null, answer: readJson },
    accept: async (answer) => {
      if (answer.status >= 200 && answer.status < 300) {
        await prove(env, account, answer);
        return { value: { ok: true, data: readJson(answer.body) }, refused: false };
      }
      // what it does not let in it may leave unsigned; what is signed must be so rightly
      if (answer.headers.has('wechatpay-signature')) await prove(env, account, answer);
      return { value: refusalOf(answer), refused: true };
    },
  });
}

/** Codes of WeChat Pay that say nothing about what was done: the same is asked again, under the same number. */
const TRY_AGAIN = new Set(['SYSTEM_ERROR', 'FREQUENCY_LIMITED', 'FREQUENCY_LIMIT_EXCEED', 'BIZERR_NEED_RETRY']);

function refusalOf(answer: Answer): WechatAnswer {
  const said = Refusal.safeParse(readJson(answer.body));
  const code = said.success ? said.data.code : 'UNKNOWN';
  if (answer.status >= 500 || answer.status === 429 || !said.success || TRY_AGAIN.has(code))
    throw new ChannelUnreachable(`wechat answered ${answer.status} ${code}`);
  return { ok: false, status: answer.status, code, message: said.data.message ?? '' };
}

/** A proven answer in the form it must have. @throws ChannelUnreachable: what makes no sense says nothing */
export function read<T>(schema: z.ZodType<T>, data: unknown): T {
  const got = schema.safeParse(data);
  if (!got.success)
    throw new ChannelUnreachable(
      `wechat answered what is not understood: ${got.error.issues[0]?.path.join('.') ?? ''}`,
    );
  return got.data;
}
