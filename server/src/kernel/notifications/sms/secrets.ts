import type { Ctx } from '../../context.ts';
import { fieldCrypto } from '../../crypto/index.ts';
import type { Tx } from '../../db/index.ts';
import { SettingsChanged } from '../../settings/index.ts';

/** Keys of providers, by name. They go in and are never read out. */
export const SMS_SECRETS = ['aliyun_access_key_id', 'aliyun_access_key_secret'] as const;
export type SmsSecret = (typeof SMS_SECRETS)[number];

const nameOf = (name: SmsSecret): string => `sms.${name}`;

/** Sets, or with null forgets, keys. The organisation's keys must be loaded. */
export async function putSmsSecrets(
  tx: Tx,
  ctx: Ctx,
  values: Partial<Record<SmsSecret, string | null | undefined>>,
): Promise<void> {
  const named = SMS_SECRETS.filter((name) => values[name] !== undefined);
  for (const name of named) {
    const value = values[name];
    if (value === null || value === undefined)
      await tx.query('delete from kernel.sms_secrets where org_id = $1 and name = $2', [tx.orgId, name]);
    else
      await tx.query(
        `insert into kernel.sms_secrets (org_id, name, sealed, set_at, set_by) values ($1, $2, $3, $4, $5)
         on conflict (org_id, name) do update set sealed = excluded.sealed, set_at = excluded.set_at, set_by = excluded.set_by`,
        [tx.orgId, name, fieldCrypto.sealSecret(ctx.orgId, nameOf(name), value), ctx.now, ctx.actor.id],
      );
  }
  if (named.length > 0) await SettingsChanged.emit(tx, ctx, 'sms', { section: 'sms', changed: [...named] });
}

/** Which keys are set, and when; never what they are. */
export const smsSecretsSet = (tx: Tx): Promise<{ name: SmsSecret; set_at: Date }[]> =>
  tx.query('select name, set_at from kernel.sms_secrets where org_id = $1 order by name', [tx.orgId]);

/** The keys in the clear, for the adapter alone. The organisation's keys must be loaded. */
export async function openSmsSecrets(tx: Tx): Promise<Partial<Record<SmsSecret, string>>> {
  const rows = await tx.query<{ name: SmsSecret; sealed: string }>(
    'select name, sealed from kernel.sms_secrets where org_id = $1',
    [tx.orgId],
  );
  return Object.fromEntries(rows.map((r) => [r.name, fieldCrypto.openSecret(tx.orgId, nameOf(r.name), r.sealed)]));
}
