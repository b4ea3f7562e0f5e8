import { z } from 'zod';
import { defineRefusal } from '../../errors.ts';
import { listOf } from '../../http/list.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import type { Tx } from '../../db/index.ts';
import { SmsMessage, smsMessages } from './messages.ts';
import { sandboxMessages } from './sandbox.ts';
import { putSmsSecrets, SMS_SECRETS, smsSecretsSet } from './secrets.ts';
import { smsSettings } from './settings.ts';

export const SMS_PERMISSION = 'settings.sms.manage';
/** 422: what the sandbox was given is shown only while the sandbox is what sends. */
export const SmsSandboxOff = defineRefusal('sms_sandbox_off', 422);

const tags = ['settings'];
const SecretsView = z.object({
  items: z.array(z.object({ name: z.enum(SMS_SECRETS), setAt: z.iso.datetime().nullable() })),
});
const secret = z.string().trim().min(1).max(500).nullable().optional();

async function viewSecrets(tx: Tx): Promise<z.input<typeof SecretsView>> {
  const set = new Map((await smsSecretsSet(tx)).map((s) => [s.name, s.set_at]));
  return { items: SMS_SECRETS.map((name) => ({ name, setAt: set.get(name)?.toISOString() ?? null })) };
}

export const smsRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/sms-provider/secrets',
    permission: SMS_PERMISSION,
    tags,
    summary: 'Which keys of the SMS provider are set; never what they are',
    input: z.object({}),
    output: SecretsView,
    run: viewSecrets,
  }),
  defineRoute({
    method: 'PUT',
    path: '/sms-provider/secrets',
    permission: SMS_PERMISSION,
    tags,
    summary: 'Set keys of the SMS provider; null forgets one',
    input: z.object({ aliyun_access_key_id: secret, aliyun_access_key_secret: secret }),
    output: SecretsView,
    run: async (tx, ctx, values) => {
      await putSmsSecrets(tx, ctx, values);
      return viewSecrets(tx);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/sms-provider/messages',
    permission: SMS_PERMISSION,
    tags,
    summary: 'What customers can be told by SMS, and by which template of the provider they are',
    input: z.object({}),
    output: listOf(SmsMessage),
    run: async (tx, ctx) => ({ items: await smsMessages(tx, ctx.locale), nextCursor: null }),
  }),
  defineRoute({
    method: 'GET',
    path: '/sms-provider/sandbox',
    permission: SMS_PERMISSION,
    tags,
    summary: 'What the sandbox was given to send in the last day, newest first',
    input: z.object({}),
    output: listOf(z.object({ phone: z.string(), text: z.string(), sentAt: z.iso.datetime() })),
    run: async (tx) => {
      if ((await smsSettings.get(tx)).provider !== 'sandbox') throw new SmsSandboxOff();
      const items = (await sandboxMessages(tx)).map((m) => ({ ...m, sentAt: m.sentAt.toISOString() }));
      return { items, nextCursor: null };
    },
  }),
];
