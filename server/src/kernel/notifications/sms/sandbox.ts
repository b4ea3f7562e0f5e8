import { fieldCrypto } from '../../crypto/index.ts';
import type { Tx } from '../../db/index.ts';
import { newId } from '../../ids.ts';
import { after, DAY_MS } from '../../time.ts';
import type { SmsProvider } from './provider.ts';

const SEALED_AS = 'kernel.sandbox_sms';
const SHOWN_MAX = 50;

/** Sends nothing: keeps a day's messages, sealed, for whoever may set up SMS to read. */
export const sandboxSms: SmsProvider = {
  send: async (env, _settings, { orgId, phone, text, now }) => {
    await fieldCrypto.load(orgId);
    const sealed = fieldCrypto.seal(orgId, JSON.stringify({ phone, text }), SEALED_AS);
    await env.db.inTx({ orgId }, async (tx) => {
      await tx.query('delete from kernel.sandbox_sms where org_id = $1 and sent_at < $2', [orgId, after(now, -DAY_MS)]);
      await tx.query('insert into kernel.sandbox_sms (org_id, id, message_sealed, sent_at) values ($1, $2, $3, $4)', [
        orgId,
        newId(),
        sealed,
        now,
      ]);
    });
  },
};

/** The latest messages the sandbox was given, newest first. The organisation's keys must be loaded. */
export async function sandboxMessages(tx: Tx): Promise<{ phone: string; text: string; sentAt: Date }[]> {
  const rows = await tx.query<{ message_sealed: Buffer; sent_at: Date }>(
    `select message_sealed, sent_at from kernel.sandbox_sms where org_id = $1 order by id desc limit ${SHOWN_MAX}`,
    [tx.orgId],
  );
  return rows.map((r) => ({
    ...(JSON.parse(fieldCrypto.open(tx.orgId, r.message_sealed, SEALED_AS)) as { phone: string; text: string }),
    sentAt: r.sent_at,
  }));
}
