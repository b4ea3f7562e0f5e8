import { fieldCrypto, normaliseEmail } from '#kernel/crypto/index.ts';
import type { Locale } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';

export type ThreadRow = {
  ticket_id: string;
  account_id: string;
  address: Buffer;
  name: Buffer | null;
  address_index: Buffer;
  locale: Locale;
  last_message_id: string | null;
  refs: string[];
  acknowledged_on: string | null;
  undelivered_at: Date | null;
};
const COLUMNS =
  'ticket_id, account_id, address, name, address_index, locale, last_message_id, refs, acknowledged_on::text as acknowledged_on, undelivered_at';
const ADDRESS = 'support.mail_address';
const INDEX = 'support.mail_address';

/** Equal for equal addresses; the organisation's keys must be loaded. */
export const addressIndex = (orgId: string, address: string): Buffer =>
  fieldCrypto.blindIndex(orgId, INDEX, normaliseEmail(address));
export const sealAddress = (orgId: string, address: string): Buffer => fieldCrypto.seal(orgId, address, ADDRESS);
export const openAddress = (orgId: string, sealed: Buffer): string => fieldCrypto.open(orgId, sealed, ADDRESS);
/** What stands in a ticket's reply address, so that nobody can write to a ticket by its number alone. */
export const replyMac = (orgId: string, ticketId: string): Buffer =>
  fieldCrypto.blindIndex(orgId, 'support.mail_reply', ticketId);

export async function findThread(tx: Tx, ticketId: string): Promise<ThreadRow | undefined> {
  return maybeOne(
    await tx.prepared<ThreadRow>(`select ${COLUMNS} from support.mail_threads where org_id = $1 and ticket_id = $2`, [
      tx.orgId,
      ticketId,
    ]),
  );
}

/** Begins a thread, or finds the one that is there; locked. */
export async function lockThread(
  tx: Tx,
  fresh: { ticketId: string; accountId: string; address: string; name: string; locale: Locale },
): Promise<ThreadRow> {
  await tx.prepared(
    `insert into support.mail_threads (org_id, ticket_id, account_id, address, name, address_index, locale)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (org_id, ticket_id) do nothing`,
    [
      tx.orgId,
      fresh.ticketId,
      fresh.accountId,
      sealAddress(tx.orgId, fresh.address),
      fresh.name === '' ? null : sealAddress(tx.orgId, fresh.name),
      addressIndex(tx.orgId, fresh.address),
      fresh.locale,
    ],
  );
  return one(
    await tx.prepared<ThreadRow>(
      `select ${COLUMNS} from support.mail_threads where org_id = $1 and ticket_id = $2 for update`,
      [tx.orgId, fresh.ticketId],
    ),
  );
}

export async function saveThread(
  tx: Tx,
  ticketId: string,
  patch: Partial<Pick<ThreadRow, 'last_message_id' | 'refs' | 'acknowledged_on' | 'undelivered_at'>>,
): Promise<void> {
  const columns = Object.keys(patch) as (keyof typeof patch)[];
  await tx.query(
    `update support.mail_threads set ${columns.map((c, i) => `${c} = $${i + 3}`).join(', ')} where org_id = $1 and ticket_id = $2`,
    [tx.orgId, ticketId, ...columns.map((c) => patch[c])],
  );
}

export async function addParticipants(tx: Tx, ticketId: string, indexes: readonly Buffer[]): Promise<void> {
  if (indexes.length === 0) return;
  await tx.query(
    `insert into support.mail_participants (org_id, ticket_id, address_index)
     select distinct $1::uuid, $2::uuid, i from unnest($3::bytea[]) as rows (i) on conflict do nothing`,
    [tx.orgId, ticketId, indexes],
  );
}

export async function takesPart(tx: Tx, ticketId: string, index: Buffer): Promise<boolean> {
  const rows = await tx.prepared(
    'select 1 from support.mail_participants where org_id = $1 and ticket_id = $2 and address_index = $3',
    [tx.orgId, ticketId, index],
  );
  return rows.length === 1;
}

/** The customer who writes under an address; undefined when there is none, or more than one. */
export async function customerOf(tx: Tx, index: Buffer): Promise<string | undefined> {
  const rows = await tx.prepared<{ customer_id: string }>(
    'select customer_id from support.mail_people where org_id = $1 and address_index = $2 order by seen_at desc limit 2',
    [tx.orgId, index],
  );
  return rows.length === 1 ? rows[0]?.customer_id : undefined;
}

/** Remembers who writes under which address. */
export async function learnPeople(
  tx: Tx,
  people: readonly { index: Buffer; customerId: string }[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return;
  await tx.query(
    `insert into support.mail_people (org_id, address_index, customer_id, seen_at)
     select distinct on (i, c) $1::uuid, i, c, $4::timestamptz from unnest($2::bytea[], $3::uuid[]) as rows (i, c)
     on conflict (org_id, address_index, customer_id) do update set seen_at = greatest(support.mail_people.seen_at, excluded.seen_at)`,
    [tx.orgId, people.map((p) => p.index), people.map((p) => p.customerId), now],
  );
}
