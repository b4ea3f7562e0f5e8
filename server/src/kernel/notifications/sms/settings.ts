import { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import { defineSettings } from '../../settings/index.ts';

export const SMS_PROVIDERS = ['none', 'sandbox', 'aliyun'] as const;

export const smsSettings = defineSettings(
  'sms',
  z.object({
    /** Who sends. The sandbox sends nothing: it shows what it was given to whoever may set this up. */
    provider: z.enum(SMS_PROVIDERS).default('none'),
    /** The signature (签名) the carrier has approved, without brackets. */
    signName: z.string().trim().max(60).default(''),
    /**
     * Approved templates at the provider, by ours: {"customers.portal_code": "SMS_123456789"}. What is named here is also what
     * customers without an e-mail address are told by SMS.
     */
    templates: z.record(z.string().max(100), z.string().trim().max(60)).default({}),
    /** Where Alibaba Cloud's service is reached. */
    aliyunUrl: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .default('https://dysmsapi.aliyuncs.com'),
  }),
);
export type SmsSettings = Awaited<ReturnType<typeof smsSettings.get>>;

/** Whether this organisation can send SMS at all. */
export const canSendSms = async (tx: Tx): Promise<boolean> => (await smsSettings.get(tx)).provider !== 'none';

const known = new WeakMap<Tx, Promise<SmsSettings>>();

/**
 * Whether a customer who has no e-mail address is told this by SMS: each one costs, so that the organisation names them. Read once
 * per transaction: subscribers tell hundreds of customers in one.
 */
export async function isToldBySms(tx: Tx, template: string): Promise<boolean> {
  const read = known.get(tx) ?? smsSettings.get(tx);
  known.set(tx, read);
  const { provider, templates } = await read;
  return provider !== 'none' && Object.hasOwn(templates, template);
}
