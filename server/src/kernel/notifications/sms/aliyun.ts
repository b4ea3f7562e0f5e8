import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { fieldCrypto } from '../../crypto/index.ts';
import { SECOND_MS } from '../../time.ts';
import { signAliyun } from './aliyun-signature.ts';
import { type Sms, type SmsProvider, SmsRefused } from './provider.ts';
import { openSmsSecrets } from './secrets.ts';
import type { SmsSettings } from './settings.ts';

const TIMEOUT_MS = 10 * SECOND_MS;
const VERSION = '2017-05-25';

const Reply = z.object({ Code: z.string().max(100).optional() });

/** What sending again, or mending the account, may help against; anything else of theirs is about this message. */
const FOR_NOW =
  /^(?:isv\.(?:BUSINESS_LIMIT_CONTROL|AMOUNT_NOT_ENOUGH|OUT_OF_SERVICE)|isp\.|Throttling|ServiceUnavailable|InternalError|SignatureNonceUsed|InvalidAccessKey|SignatureDoesNotMatch|InvalidTimeStamp|Forbidden|isv\.(?:SMS_SIGNATURE|SMS_TEMPLATE|SMS_SIGN))/;

/** Chinese numbers as they are; others with their country's code and without a plus. */
const numberOf = (phone: string): string => phone.replace(/^\+/, '');

function queryOf(settings: SmsSettings, sms: Sms): Record<string, string> {
  const templateCode = settings.templates[sms.template];
  if (!templateCode || settings.signName === '') throw new SmsRefused('not_set_up', false);
  return {
    PhoneNumbers: numberOf(sms.phone),
    SignName: settings.signName,
    TemplateCode: templateCode,
    TemplateParam: JSON.stringify(sms.params),
    OutId: sms.reference,
  };
}

/** Alibaba Cloud 短信服务 (Dysmsapi, SendSms of 2017-05-25). */
export const aliyunSms: SmsProvider = {
  send: async (env, settings, sms) => {
    await fieldCrypto.load(sms.orgId);
    const keys = await env.db.read(sms, openSmsSecrets);
    const { aliyun_access_key_id: keyId, aliyun_access_key_secret: secret } = keys;
    if (!keyId || !secret) throw new SmsRefused('not_set_up', false);
    const url = new URL(settings.aliyunUrl);
    const { headers, query } = signAliyun(keyId, secret, {
      host: url.host,
      action: 'SendSms',
      version: VERSION,
      query: queryOf(settings, sms),
      date: sms.now.toISOString().replace(/\.\d+Z$/, 'Z'),
      nonce: randomBytes(16).toString('hex'),
    });
    const code = await post(`${url.origin}/?${query}`, headers);
    if (code !== 'OK') throw new SmsRefused(code, !FOR_NOW.test(code));
  },
};

/** Their code. Errors of the connection are told by name alone: their words may hold the address, which holds the number. */
async function post(url: string, headers: Record<string, string>): Promise<string> {
  const { host: _host, ...sent } = headers; // set by the client itself, to the same
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers: sent, redirect: 'error', signal });
    const reply = Reply.safeParse(await response.json());
    return (reply.success && reply.data.Code) || `HTTP_${response.status}`;
  } catch (error) {
    throw new SmsRefused(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable', false);
  }
}
