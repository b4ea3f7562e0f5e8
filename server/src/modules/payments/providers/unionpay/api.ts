import { type About, callChannel, UntrustedAnswer } from '../../calls/call-channel.ts';
import { type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import { hostsOf, isTheirs, signedMessage, type UnionpayAccount } from './account.ts';
import { type Fields, parseAnswer } from './sign.ts';

export const QUERY = '/gateway/api/queryTrans.do';
export const BACK = '/gateway/api/backTransReq.do';
export const FRONT = '/gateway/api/frontTransReq.do';
export const FILES = '/';

/** The gateway did not take the request for one of ours: that is our set-up, and nothing was done. */
export class UnionpayUnheard extends ChannelUnreachable {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`unionpay did not take the request: ${code} ${message}`.slice(0, 200));
    this.code = code;
  }
}

/** Answers of the gateway's list of codes: the message is malformed, not signed by us, or of a merchant that may not. */
const UNHEARD = new Set(['10', '11', '13', '31']);
/** It cannot answer just now. */
const LATER = new Set(['02', '06']);
/** Timed out, not clear, accepted: what comes of it is found by asking. */
export const UNCLEAR: ReadonlySet<string> = new Set(['03', '04', '05']);
/** Done; A6: done, with something the cardholder is told. */
export const DONE: ReadonlySet<string> = new Set(['00', 'A6']);
export const NOT_THERE = '34';
export const NO_FILE = '98';

const MB = 1_048_576;

export type Request = {
  readonly path: typeof QUERY | typeof BACK | typeof FILES;
  readonly fields: Fields;
  readonly about: Omit<About, 'orgId'>;
};

/** What may be kept of an answer: certificates and files are long, and say nothing to a reader. */
const shown = ({ signPubKeyCert: _cert, fileContent: _file, ...rest }: Fields): Fields => rest;

/**
 * One call of the gateway. A refusal is an answer (`respCode`); what is not signed by UnionPay, or says that it does not
 * know, is none. @throws ChannelUnreachable, UnionpayUnheard
 */
export async function unionpayCall(env: ChannelEnv, account: UnionpayAccount, request: Request): Promise<Fields> {
  const isFile = request.path === FILES;
  const hosts = hostsOf(account);
  return callChannel<Fields>(env, {
    channel: 'unionpay',
    accountId: account.opened.id,
    about: { ...request.about, orgId: account.opened.orgId },
    method: `${request.fields['txnType'] ?? ''}.${request.fields['txnSubType'] ?? ''}`,
    url: `${isFile ? hosts.files : hosts.gateway}${request.path}`,
    request: {
      verb: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        'user-agent': 'Zhanggui/1 (payments)',
      },
      body: new URLSearchParams(signedMessage(account, request.fields)).toString(),
    },
    ...(isFile ? { timeoutMs: 60_000, bytesMax: 64 * MB } : {}),
    shown: { request: request.fields, answer: (body) => shown(parseAnswer(body.toString('utf8'))) },
    accept: async (answer) => {
      const fields = parseAnswer(answer.body.toString('utf8'));
      const code = fields['respCode'] ?? '';
      if (answer.status !== 200 || code === '') throw new ChannelUnreachable(`unionpay answered ${answer.status}`);
      // who is not known to the gateway is told so without a signature
      if (UNHEARD.has(code)) throw new UnionpayUnheard(code, fields['respMsg'] ?? '');
      if (!isTheirs(account, fields, new Date()))
        throw new UntrustedAnswer('the signature of unionpay’s answer is wrong');
      if (LATER.has(code)) throw new ChannelUnreachable(`unionpay answered ${code}`);
      return { value: fields, refused: !DONE.has(code) && !UNCLEAR.has(code) };
    },
  });
}

/** What a refusal says, for people. */
export const wordsOf = (fields: Fields, code = 'respCode', message = 'respMsg'): string =>
  `${fields[code] ?? ''} ${fields[message] ?? ''}`.trim().slice(0, 180);
