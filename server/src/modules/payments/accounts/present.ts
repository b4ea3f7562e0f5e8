import { can, type Ctx } from '#kernel/context.ts';
import { baseUrl } from '../port.ts';
import { KINDS } from './domain/config.ts';
import { parseCertificate } from './domain/keys.ts';
import type { AccountView } from './schema.ts';
import { type AccountRow, formulaOf } from './store.ts';

export const READ = 'payments.channel.read';
export const WRITE = 'payments.channel.write';

/** Where a channel is told to call about payments and refunds of an account. Without a query string: WeChat Pay forbids one. */
export const notifyUrl = (channel: string, accountId: string): string =>
  `${baseUrl()}/api/v1/callbacks/payments/${channel}/${accountId}`;

/** What must be set before an account can be switched on: paths of fields. */
export function missingOf(row: AccountRow): string[] {
  const kind = KINDS[row.channel];
  if (!kind) return [];
  const parsed = kind.config.safeParse(row.config);
  const fields = parsed.success ? [] : [...new Set(parsed.error.issues.map((i) => `config.${String(i.path[0])}`))];
  return [...fields, ...kind.needed.filter((name) => !row.secrets[name]).map((name) => `secrets.${name}`)];
}

function certificatesOf(row: AccountRow): AccountView['certificates'] {
  const own = [
    ['merchant', row.config['certificate']],
    ['next_merchant', row.config['nextCertificate']],
  ] as const;
  const shown: AccountView['certificates'] = [];
  for (const [of, pem] of own) {
    const parsed = typeof pem === 'string' ? parseCertificate(pem) : undefined;
    if (parsed?.ok) shown.push({ of, serial: parsed.value.serial, until: parsed.value.until.toISOString() });
  }
  return [...shown, ...row.peer_keys.map(({ serial, until }) => ({ of: 'channel' as const, serial, until }))];
}

export function presentAccount(ctx: Ctx, row: AccountRow): AccountView {
  const kind = KINDS[row.channel];
  const fee = formulaOf(row);
  const may = can(ctx, WRITE) ? ['edit'] : [];
  if (may.length > 0 && row.channel !== 'sandbox') {
    may.push('test');
    if (row.secrets['nextPrivateKey']) may.push('promote');
  }
  return {
    id: row.id,
    channel: row.channel,
    name: row.name,
    enabled: row.enabled,
    shops: row.shops,
    config: row.config,
    secrets: (kind?.secrets ?? []).map((name) => ({
      name,
      needed: kind?.needed.includes(name) ?? false,
      setAt: row.secrets[name]?.at ?? null,
    })),
    certificates: certificatesOf(row),
    notifyUrl: notifyUrl(row.channel, row.id),
    limits: { minFen: row.amount_min, maxFen: row.amount_max, dayFen: row.day_max },
    fee: fee ? { ...fee } : null,
    missing: missingOf(row),
    updatedAt: row.updated_at.toISOString(),
    may,
    version: row.version,
  };
}
