import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest, PreconditionFailed } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { mustKnowCategory } from '../../tickets/commands/open-ticket.ts';
import { findTeam } from '../../tickets/store/teams.ts';
import { MailAccountTaken } from '../errors.ts';
import { MailAccountChanged } from '../events.ts';
import { fetchMail } from '../jobs/fetch.ts';
import type { SaveAccount } from '../schema.ts';
import * as store from '../store/accounts.ts';

type Fields = Pick<
  store.AccountRow,
  | 'name'
  | 'address'
  | 'sender_name'
  | 'category'
  | 'team_id'
  | 'locale'
  | 'imap'
  | 'smtp'
  | 'plus'
  | 'acknowledge'
  | 'enabled'
  | 'is_default'
>;

const fieldsOf = (input: SaveAccount): Fields => ({
  name: input.name,
  address: input.address,
  sender_name: input.senderName,
  category: input.category,
  team_id: input.teamId,
  locale: input.locale,
  imap: {
    host: input.imap.host,
    port: input.imap.port,
    security: input.imap.security,
    user: input.imap.user,
    folder: input.imap.folder,
    moveTo: input.imap.moveTo,
  },
  smtp: input.smtp && {
    host: input.smtp.host,
    port: input.smtp.port,
    security: input.smtp.security,
    user: input.smtp.user,
  },
  plus: input.plus,
  acknowledge: input.acknowledge,
  enabled: input.enabled,
  is_default: input.isDefault,
});

const sealed = (ctx: Ctx, id: string, which: 'imap' | 'smtp', password: string | undefined): string | undefined =>
  password === undefined ? undefined : fieldCrypto.sealSecret(ctx.orgId, store.secretName(id, which), password);

/** @throws MailAccountTaken, CategoryUnknown, InvalidRequest */
export async function createAccount(tx: Tx, ctx: Ctx, input: SaveAccount): Promise<store.AccountRow> {
  await fieldCrypto.load(ctx.orgId);
  await mustFit(tx, input);
  if (input.imap.password === undefined) throw new InvalidRequest({}, [{ path: 'imap.password', code: 'required' }]);
  const id = newId();
  if (input.isDefault) await store.clearDefault(tx);
  const row = await store.insertAccount(tx, {
    ...fieldsOf(input),
    id,
    imap_secret: sealed(ctx, id, 'imap', input.imap.password) ?? null,
    smtp_secret: sealed(ctx, id, 'smtp', input.smtp?.password) ?? null,
    since: ctx.now,
    created_at: ctx.now,
  });
  if (!row) throw new MailAccountTaken({ address: input.address });
  return changed(tx, ctx, row, ['created']);
}

/**
 * Changes a mailbox; passwords that are not given stay. Another mailbox under the old name begins anew: what lies in it already is
 * looked at from now on only. @throws MailAccountNotFound, MailAccountTaken, PreconditionFailed
 */
export async function changeAccount(
  tx: Tx,
  ctx: Ctx,
  input: SaveAccount & { mailboxId: string },
): Promise<store.AccountRow> {
  await fieldCrypto.load(ctx.orgId);
  await mustFit(tx, input);
  const row = await store.lockAccount(tx, input.mailboxId);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  const fields = fieldsOf(input);
  const others = await store.listAccounts(tx);
  if (others.some((o) => o.id !== row.id && o.address === fields.address))
    throw new MailAccountTaken({ address: fields.address });
  const isElsewhere = (['host', 'user', 'folder'] as const).some((k) => row.imap[k] !== fields.imap[k]);
  if (input.isDefault && !row.is_default) await store.clearDefault(tx);
  const imapSecret = sealed(ctx, row.id, 'imap', input.imap.password);
  const smtpSecret = fields.smtp === null ? null : sealed(ctx, row.id, 'smtp', input.smtp?.password);
  const saved = await store.saveAccount(
    tx,
    row,
    {
      ...fields,
      ...(imapSecret === undefined ? {} : { imap_secret: imapSecret }),
      ...(smtpSecret === undefined ? {} : { smtp_secret: smtpSecret }),
      ...(isElsewhere ? { uid_validity: null, last_uid: 0, since: ctx.now } : {}),
      // whoever fetches with the old terms finds its lease gone and lets be
      lease: null,
      leased_until: null,
      failures: 0,
      problem: null,
    },
    true,
  );
  const names = (Object.keys(fields) as (keyof Fields)[]).filter(
    (k) => JSON.stringify(row[k]) !== JSON.stringify(fields[k]),
  );
  return changed(tx, ctx, saved, [...names, ...(imapSecret || smtpSecret ? ['password'] : [])]);
}

async function mustFit(tx: Tx, input: SaveAccount): Promise<void> {
  await mustKnowCategory(tx, input.category);
  const team = input.teamId === null ? undefined : await findTeam(tx, { id: input.teamId });
  if (input.teamId !== null && !team) throw new InvalidRequest({}, [{ path: 'teamId', code: 'invalid_value' }]);
}

async function changed(tx: Tx, ctx: Ctx, row: store.AccountRow, names: string[]): Promise<store.AccountRow> {
  await MailAccountChanged.emit(tx, ctx, row.id, { accountId: row.id, enabled: row.enabled, changed: names });
  if (row.enabled) await fetchMail.enqueue(tx, ctx, { accountId: row.id }, { key: row.id, runAt: ctx.now });
  return row;
}

/** Has a mailbox looked into now. @throws MailAccountNotFound */
export async function fetchNow(tx: Tx, ctx: Ctx, input: { mailboxId: string }): Promise<store.AccountRow> {
  const row = await store.lockAccount(tx, input.mailboxId);
  if (row.enabled) await fetchMail.enqueue(tx, ctx, { accountId: row.id }, { key: row.id, runAt: ctx.now });
  return row;
}
