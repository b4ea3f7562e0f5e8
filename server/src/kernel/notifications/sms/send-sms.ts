import { z } from 'zod';
import { fieldCrypto } from '../../crypto/index.ts';
import { t, wordsOf } from '../../i18n/index.ts';
import { defineJob, type JobEnv } from '../../jobs/index.ts';
import { after, MINUTE_MS } from '../../time.ts';
import { ADDRESS_PURPOSE, NotSentYet, unsealed } from '../sealed.ts';
import { leaseMessage, lockMessage, type SentRow, settleMessage } from '../store.ts';
import { aliyunSms } from './aliyun.ts';
import { type SmsProvider, SmsRefused } from './provider.ts';
import { sandboxSms } from './sandbox.ts';
import { type SmsSettings, smsSettings } from './settings.ts';

const ATTEMPTS_MAX = 8; // with the queue's growing delays about an hour
const LEASE_MS = MINUTE_MS; // longer than any attempt

const PROVIDERS: Record<Exclude<SmsSettings['provider'], 'none'>, SmsProvider> = {
  sandbox: sandboxSms,
  aliyun: aliyunSms,
};

type Due = { row: SentRow; sealed: Buffer; settings: SmsSettings; provider: SmsProvider };

/** Sends one queued SMS, unless its time is over. Looks again before it acts: run twice, it sends once. */
export const sendSms = defineJob({
  name: 'notifications.send_sms',
  input: z.object({ notificationId: z.uuid() }),
  attemptsMax: ATTEMPTS_MAX,
  run: async (env, { notificationId }, ctx) => {
    const due = await env.db.inTx(ctx, async (tx): Promise<Due | undefined> => {
      const row = await lockMessage(tx, notificationId, 'sms');
      if (row?.state !== 'queued') return undefined;
      if (row.leased_until && row.leased_until > ctx.now) throw new NotSentYet('another worker is sending it');
      const settings = await smsSettings.get(tx);
      const late = row.expires_at !== null && row.expires_at <= ctx.now;
      if (late || settings.provider === 'none' || !row.address_sealed) {
        const why = late ? 'too_late' : row.address_sealed ? 'no_sms_provider' : 'no_address';
        await settleMessage(tx, row.id, 'skipped', ctx.now, why);
        return undefined;
      }
      await leaseMessage(tx, row.id, after(ctx.now, LEASE_MS));
      return { row, sealed: row.address_sealed, settings, provider: PROVIDERS[settings.provider] };
    });
    if (!due) return;
    const failure = await attempt(env, ctx, due);
    const last = due.row.attempts + 1 >= ATTEMPTS_MAX;
    const state = failure === undefined ? 'sent' : failure.permanent || last ? 'failed' : 'queued';
    await env.db.inTx(ctx, (tx) => settleMessage(tx, due.row.id, state, ctx.now, failure?.message ?? null));
    if (state === 'queued') throw new NotSentYet(failure?.message);
  },
});

/** What needs no wording, also what our text does not name: the provider's may. */
const plainOf = (data: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );

/** Undefined when the provider took the message. */
async function attempt(env: JobEnv, ctx: { orgId: string; now: Date }, due: Due): Promise<SmsRefused | undefined> {
  const { row, settings } = due;
  await fieldCrypto.load(ctx.orgId);
  const { address, secret } = unsealed(fieldCrypto.open(ctx.orgId, due.sealed, ADDRESS_PURPOSE));
  const data = { ...row.data, ...secret };
  const text = `notify.${row.template}.body`;
  try {
    await due.provider.send(env, settings, {
      orgId: ctx.orgId,
      phone: address,
      template: row.template,
      params: { ...plainOf(data), ...wordsOf(row.locale, text, data) },
      text: t(row.locale, text, data),
      reference: row.id,
      now: ctx.now,
    });
    return undefined;
  } catch (error) {
    if (error instanceof SmsRefused) return error;
    throw error;
  }
}
