import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { Locale } from '#kernel/context.ts';
import type { Security } from '../domain/words.ts';
import { MailAccountNotFound } from '../errors.ts';

export type ImapTerms = {
  host: string;
  port: number;
  security: Security;
  user: string;
  folder: string;
  /** Where mail goes once it is taken in; null = it stays, marked as read. */
  moveTo: string | null;
};
export type SmtpTerms = { host: string; port: number; security: Security; user: string | null };
export type Problem = { code: string; facts?: Record<string, string | number> };

export type AccountRow = {
  id: string;
  name: string;
  address: string;
  sender_name: string;
  category: string;
  team_id: string | null;
  locale: Locale | null;
  imap: ImapTerms;
  imap_secret: string | null;
  smtp: SmtpTerms | null;
  smtp_secret: string | null;
  plus: boolean;
  acknowledge: boolean;
  enabled: boolean;
  is_default: boolean;
  since: Date;
  uid_validity: number | null;
  last_uid: number;
  lease: string | null;
  leased_until: Date | null;
  failures: number;
  problem: Problem | null;
  tried_at: Date | null;
  fetched_at: Date | null;
  next_at: Date | null;
  created_at: Date;
  version: number;
};
const COLUMNS = `id, name, address, sender_name, category, team_id, locale, imap, imap_secret, smtp, smtp_secret, plus, acknowledge, enabled, is_default, since,
  uid_validity, last_uid, lease, leased_until, failures, problem, tried_at, fetched_at, next_at, created_at, version`;

export const secretName = (accountId: string, which: 'imap' | 'smtp'): string => `support.mail.${accountId}.${which}`;
/** The organisation's keys must be loaded. */
export const openPassword = (orgId: string, row: AccountRow, which: 'imap' | 'smtp'): string | undefined => {
  const sealed = which === 'imap' ? row.imap_secret : row.smtp_secret;
  return sealed === null ? undefined : fieldCrypto.openSecret(orgId, secretName(row.id, which), sealed);
};

export const listAccounts = (tx: Tx): Promise<AccountRow[]> =>
  tx.prepared<AccountRow>(`select ${COLUMNS} from support.mail_accounts where org_id = $1 order by address limit 200`, [
    tx.orgId,
  ]);

export async function findAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return maybeOne(
    await tx.prepared<AccountRow>(`select ${COLUMNS} from support.mail_accounts where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
}

/** @throws MailAccountNotFound. */
export async function getAccount(tx: Tx, id: string): Promise<AccountRow> {
  const row = await findAccount(tx, id);
  if (!row) throw new MailAccountNotFound({ accountId: id });
  return row;
}

/** @throws MailAccountNotFound. */
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow> {
  const row = maybeOne(
    await tx.prepared<AccountRow>(
      `select ${COLUMNS} from support.mail_accounts where org_id = $1 and id = $2 for update`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new MailAccountNotFound({ accountId: id });
  return row;
}

/** Every address mail reaches the organisation under, in lower case. */
export async function ownAddresses(tx: Tx): Promise<string[]> {
  return (await listAccounts(tx)).map((a) => a.address);
}

type Fields = Omit<
  AccountRow,
  | 'version'
  | 'uid_validity'
  | 'last_uid'
  | 'lease'
  | 'leased_until'
  | 'failures'
  | 'problem'
  | 'tried_at'
  | 'fetched_at'
  | 'next_at'
>;
const INSERTED = [
  'id',
  'name',
  'address',
  'sender_name',
  'category',
  'team_id',
  'locale',
  'imap',
  'imap_secret',
  'smtp',
  'smtp_secret',
  'plus',
  'acknowledge',
  'enabled',
  'is_default',
  'since',
  'created_at',
] as const satisfies readonly (keyof Fields)[];
const valueOf = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value;

/** Undefined when there is one of the same address. */
export async function insertAccount(tx: Tx, fields: Fields): Promise<AccountRow | undefined> {
  return maybeOne(
    await tx.query<AccountRow>(
      `insert into support.mail_accounts (org_id, ${INSERTED.join(', ')}) values ($1, ${INSERTED.map((_, i) => `$${i + 2}`).join(', ')})
       on conflict (org_id, address) do nothing returning ${COLUMNS}`,
      [tx.orgId, ...INSERTED.map((c) => valueOf(fields[c]))],
    ),
  );
}

type Patch = Partial<Omit<AccountRow, 'id' | 'version' | 'created_at'>>;
/** Writes what changed of a locked account. `version` moves with what people set, not with the state of fetching. */
export async function saveAccount(tx: Tx, row: AccountRow, patch: Patch, byPeople = false): Promise<AccountRow> {
  const columns = Object.keys(patch) as (keyof Patch)[];
  if (columns.length === 0) return row;
  return one(
    await tx.query<AccountRow>(
      `update support.mail_accounts set ${columns.map((c, i) => `${c} = $${i + 4}`).join(', ')}, version = version + $3
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, byPeople ? 1 : 0, ...columns.map((c) => valueOf(patch[c]))],
    ),
  );
}

/** No other is the default any more. */
export async function clearDefault(tx: Tx): Promise<void> {
  await tx.query('update support.mail_accounts set is_default = false where org_id = $1 and is_default', [tx.orgId]);
}

/** The mailbox answers leave from that belong to none: the default one, else the oldest that is switched on. */
export async function defaultAccount(tx: Tx): Promise<AccountRow | undefined> {
  return maybeOne(
    await tx.query<AccountRow>(
      `select ${COLUMNS} from support.mail_accounts where org_id = $1 and enabled order by is_default desc, created_at, id limit 1`,
      [tx.orgId],
    ),
  );
}
