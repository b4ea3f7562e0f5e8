import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { SettingsChanged } from '#kernel/settings/index.ts';

/** Keys of providers, by name. They go in and are never read out. */
export const SECRET_NAMES = ['nuonuo_app_key', 'nuonuo_app_secret', 'nuonuo_access_token'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

const PURPOSE = (name: SecretName): string => `invoicing.${name}`;

/** Sets, or with null forgets, keys of a provider. The organisation's keys must be loaded. */
export async function putSecrets(
  tx: Tx,
  ctx: Ctx,
  values: Partial<Record<SecretName, string | null | undefined>>,
): Promise<void> {
  const named = SECRET_NAMES.filter((name) => values[name] !== undefined);
  for (const name of named) {
    const value = values[name];
    if (value === null || value === undefined)
      await tx.query('delete from invoicing.secrets where org_id = $1 and name = $2', [tx.orgId, name]);
    else
      await tx.query(
        `insert into invoicing.secrets (org_id, name, sealed, set_at, set_by) values ($1, $2, $3, $4, $5)
         on conflict (org_id, name) do update set sealed = excluded.sealed, set_at = excluded.set_at, set_by = excluded.set_by`,
        [tx.orgId, name, fieldCrypto.sealSecret(ctx.orgId, PURPOSE(name), value), ctx.now, ctx.actor.id],
      );
  }
  if (named.length > 0) await SettingsChanged.emit(tx, ctx, 'invoicing', { section: 'invoicing', changed: [...named] });
}

/** Which keys are set, and when; never what they are. */
export const secretsSet = (tx: Tx): Promise<{ name: SecretName; set_at: Date }[]> =>
  tx.query('select name, set_at from invoicing.secrets where org_id = $1 order by name', [tx.orgId]);

/** The keys in the clear, for the adapter alone. The organisation's keys must be loaded. */
export async function openSecrets(tx: Tx): Promise<Partial<Record<SecretName, string>>> {
  const rows = await tx.query<{ name: SecretName; sealed: string }>(
    'select name, sealed from invoicing.secrets where org_id = $1',
    [tx.orgId],
  );
  return Object.fromEntries(rows.map((r) => [r.name, fieldCrypto.openSecret(tx.orgId, PURPOSE(r.name), r.sealed)]));
}
