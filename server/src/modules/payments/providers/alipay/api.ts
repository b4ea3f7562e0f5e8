import { z } from 'zod';
import { type About, type Answer, callChannel, readJson, UntrustedAnswer } from '../../calls/call-channel.ts';
import { channelUrls } from '../../port.ts';
import { type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import type { AlipayAccount } from './account.ts';
import { chinaClock, isSignedBy, signedPart, signParams } from './sign.ts';

/** An answer of Alipay, proven to come from it: of a refusal its code and words. */
export type AlipayAnswer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

export type Request = {
  /** The interface, such as `alipay.trade.query`. */
  readonly method: string;
  readonly biz: Readonly<Record<string, unknown>>;
  readonly notifyUrl?: string;
  readonly about: Omit<About, 'orgId'>;
};

const Said = z.object({
  code: z.string().max(20),
  msg: z.string().max(1_000).optional(),
  sub_code: z.string().max(200).optional(),
  sub_msg: z.string().max(1_000).optional(),
});

/** The gateway did not take us for who we are, or the request for one: that is our set-up, and nothing was done. */
export class AlipayUnheard extends ChannelUnreachable {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`alipay did not take the request: ${code} ${message}`.slice(0, 200));
    this.code = code;
  }
}

/** Codes that say nothing about what was done: the same is asked again, under the same number. */
const TRY_AGAIN = new Set([
  'ACQ.SYSTEM_ERROR',
  'aop.ACQ.SYSTEM_ERROR',
  'isp.unknow-error',
  'aop.unknow-error',
  'isp.unknown-error',
]);
const UNHEARD = new Set(['20001', '40001', '40002', '40003', '40006']);
const DONE = '10000';
/** The payer has to confirm: not over. Only pay interfaces answer it. */
const WAITING = '10003';

/** All parameters of a request, signed. */
export function signedParams(
  account: AlipayAccount,
  request: Omit<Request, 'about'>,
  more: Record<string, string> = {},
) {
  const params: Record<string, string> = {
    app_id: account.config.appId,
    method: request.method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: chinaClock(new Date()),
    version: '1.0',
    ...(request.notifyUrl === undefined ? {} : { notify_url: request.notifyUrl }),
    ...more,
    biz_content: JSON.stringify(request.biz),
  };
  return { ...params, sign: signParams(account.privateKey, params) };
}

/**
 * One call of the open platform's gateway. A refusal is an answer; what is not signed by Alipay, or says that it does not
 * know, is none. @throws ChannelUnreachable, AlipayUnheard
 */
export async function alipayCall(env: ChannelEnv, account: AlipayAccount, request: Request): Promise<AlipayAnswer> {
  const { biz_content: biz, ...open } = signedParams(account, request) as Record<string, string>;
  const name = `${request.method.replaceAll('.', '_')}_response`;
  return callChannel<AlipayAnswer>(env, {
    channel: 'alipay',
    accountId: account.opened.id,
    about: { ...request.about, orgId: account.opened.orgId },
    method: request.method,
    url: `${channelUrls().alipay}?${new URLSearchParams(open).toString()}`,
    request: {
      verb: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
        'user-agent': 'Zhanggui/1 (payments)',
      },
      body: new URLSearchParams({ biz_content: biz ?? '' }).toString(),
    },
    shown: { request: request.biz, answer: readJson },
    accept: async (answer) => {
      const value = judge(account, answer, name);
      return { value, refused: !value.ok };
    },
  });
}

function judge(account: AlipayAccount, answer: Answer, name: string): AlipayAnswer {
  const text = answer.body.toString('utf8');
  const whole = readJson(answer.body) as Record<string, unknown> | null;
  if (answer.status !== 200 || whole === null) throw new ChannelUnreachable(`alipay answered ${answer.status}`);
  const said = Said.safeParse(whole[name] ?? whole['error_response']);
  if (!said.success) throw new ChannelUnreachable('alipay answered what is not understood');
  const { code, msg = '', sub_code: sub = '', sub_msg: subMessage = '' } = said.data;
  // the gateway cannot sign what it says to an application it does not know
  if (UNHEARD.has(code)) throw new AlipayUnheard(sub || code, subMessage || msg);
  const sign = whole['sign'];
  const part = signedPart(text, name in whole ? name : 'error_response');
  if (typeof sign !== 'string' || part === undefined || !isSignedBy(account.theirKeys, part, sign))
    throw new UntrustedAnswer('the signature of alipay’s answer is wrong');
  if (code === DONE || code === WAITING) return { ok: true, data: JSON.parse(part) };
  if (code === '20000' || TRY_AGAIN.has(sub)) throw new ChannelUnreachable(`alipay answered ${code} ${sub}`);
  return { ok: false, code: sub || code, message: subMessage || msg };
}

/** A proven answer in the form it must have. @throws ChannelUnreachable: what makes no sense says nothing */
export function read<T>(schema: z.ZodType<T>, data: unknown): T {
  const got = schema.safeParse(data);
  if (got.success) return got.data;
  throw new ChannelUnreachable(`alipay answered what is not understood: ${got.error.issues[0]?.path.join('.') ?? ''}`);
}
