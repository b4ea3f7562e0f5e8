import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Db } from '#kernel/db/index.ts';
import { ChannelUnreachable } from '../providers/channel.ts';
import { accountOf, type AccountRow, getAccount, type PeerKey } from './store.ts';

/** An account as its provider uses it: secrets in the clear, so it is never presented, logged or kept but in memory. */
export type OpenAccount = {
  readonly id: string;
  readonly orgId: string;
  readonly channel: string;
  readonly version: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly peerKeys: readonly PeerKey[];
};

const secretName = (accountId: string, name: string): string => `payments/${accountId}/${name}`;

/** Seals a secret of an account; the organisation's keys are loaded. */
export const sealSecret = (orgId: string, accountId: string, name: string, text: string): string =>
  fieldCrypto.sealSecret(orgId, secretName(accountId, name), text);

/** The secrets of an account in the clear; the organisation's keys are loaded. */
export const openSecrets = (orgId: string, row: AccountRow): Map<string, string> =>
  new Map(
    Object.entries(row.secrets).map(([name, { sealed }]) => [
      name,
      fieldCrypto.openSecret(orgId, secretName(row.id, name), sealed),
    ]),
  );

const CACHED_MAX = 200;
const cache = new Map<string, OpenAccount>();

/** Keys are parsed once per version of an account, not once per call: the same object comes back while nothing changed. */
async function openRow(orgId: string, row: AccountRow): Promise<OpenAccount> {
  const known = cache.get(row.id);
  if (known?.version === row.version && known.orgId === orgId) return known;
  await fieldCrypto.load(orgId);
  const opened: OpenAccount = {
    id: row.id,
    orgId,
    channel: row.channel,
    version: row.version,
    config: row.config,
    secrets: openSecrets(orgId, row),
    peerKeys: row.peer_keys,
  };
  if (cache.size >= CACHED_MAX) cache.clear();
  cache.set(row.id, opened);
  return opened;
}

/**
 * The organisation's account at a channel, switched on or not: what was paid through it is asked about and given back for
 * as long as it exists. @throws ChannelUnreachable when there is none: whether the channel knows something is then unknown
 */
export async function openAccountOf(env: { db: Db }, orgId: string, channel: string): Promise<OpenAccount> {
  const row = await env.db.read({ orgId }, (tx) => accountOf(tx, channel));
  if (!row) throw new ChannelUnreachable(`there is no account at ${channel}`);
  return openRow(orgId, row);
}

/** One account by its id. @throws ChannelAccountNotFound */
export async function openAccount(env: { db: Db }, orgId: string, accountId: string): Promise<OpenAccount> {
  return openRow(orgId, await env.db.read({ orgId }, (tx) => getAccount(tx, accountId)));
}
