import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { Locale } from '#kernel/context.ts';

export type Way = 'order' | 'phone' | 'shop';
export type SessionRow = {
  id: string;
  way: Way;
  customer_id: string;
  order_id: string | null;
  phone_idx: Buffer | null;
  shop_id: string | null;
  created_at: Date;
  expires_at: Date;
  ends_at: Date;
};

export async function insertSession(tx: Tx, row: SessionRow & { token_hash: Buffer }): Promise<void> {
  await tx.query(
    `insert into customers.portal_sessions (org_id, id, token_hash, way, customer_id, order_id, phone_idx, shop_id, created_at, expires_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tx.orgId,
      row.id,
      row.token_hash,
      row.way,
      row.customer_id,
      row.order_id,
      row.phone_idx,
      row.shop_id,
      row.created_at,
      row.expires_at,
      row.ends_at,
    ],
  );
}

/** The session of a token, unless it has ended or run out. */
export async function findSession(tx: Tx, tokenHash: Buffer, now: Date): Promise<SessionRow | undefined> {
  return maybeOne(
    await tx.prepared<SessionRow>(
      `select id, way, customer_id, order_id, phone_idx, shop_id, created_at, expires_at, ends_at from customers.portal_sessions
        where token_hash = $2 and org_id = $1 and ended_at is null and expires_at > $3`,
      [tx.orgId, tokenHash, now],
    ),
  );
}

/** Moves the end of an unused session on, never back and never beyond its last end. */
export async function slideSession(tx: Tx, id: string, until: Date): Promise<void> {
  await tx.query(
    `update customers.portal_sessions set expires_at = greatest(expires_at, least(ends_at, $3))
      where org_id = $1 and id = $2 and ended_at is null`,
    [tx.orgId, id, until],
  );
}

/** False when it had ended already. */
export async function endSession(tx: Tx, id: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'update customers.portal_sessions set ended_at = $3 where org_id = $1 and id = $2 and ended_at is null returning 1',
    [tx.orgId, id, now],
  );
  return rows.length === 1;
}

/** Ends every session of a customer; returns how many there were. */
export async function endSessionsOf(tx: Tx, customerId: string, now: Date): Promise<number> {
  const rows = await tx.query(
    `update customers.portal_sessions set ended_at = $3
      where org_id = $1 and customer_id = $2 and ended_at is null and expires_at > $3 returning 1`,
    [tx.orgId, customerId, now],
  );
  return rows.length;
}

const OF_PHONE_MAX = 100;

/** Customers under one telephone number, the oldest first: who they act as stays the same. */
export async function customersOfPhone(tx: Tx, phoneIdx: Buffer): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>(
    'select id from customers.customers where org_id = $1 and phone_idx = $2 order by id limit $3',
    [tx.orgId, phoneIdx, OF_PHONE_MAX],
  );
  return rows.map((r) => r.id);
}

export type NewCustomer = {
  id: string;
  matchKey: Buffer;
  externalId: string | null;
  personal: Buffer | null;
  phoneIdx: Buffer | null;
};

/** The customer of a key, made when there is none: as the intake does for somebody's first order. */
export async function findOrMakeCustomer(tx: Tx, now: Date, made: NewCustomer): Promise<string> {
  await tx.query(
    `insert into customers.customers (org_id, id, match_key, external_id, personal, phone_idx, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (match_key, org_id) do nothing`,
    [tx.orgId, made.id, made.matchKey, made.externalId, made.personal, made.phoneIdx, now],
  );
  const row = maybeOne(
    await tx.query<{ id: string }>('select id from customers.customers where match_key = $2 and org_id = $1', [
      tx.orgId,
      made.matchKey,
    ]),
  );
  if (!row) throw new Error('a customer that conflicts is there');
  return row.id;
}

export type CodeRow = {
  id: string;
  phone_idx: Buffer;
  phone_sealed: Buffer;
  locale: Locale;
  code_hash: Buffer | null;
  attempts: number;
  expires_at: Date;
};

/** Held until the commit: codes of one telephone number, or from one address, are counted one request at a time. */
export async function lockAsking(tx: Tx, keys: readonly string[]): Promise<void> {
  for (const key of keys.toSorted())
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`portal-code/${tx.orgId}/${key}`]);
}

/** How often a code was asked for since a moment: for the number, and from the address. */
export async function countAsked(
  tx: Tx,
  phoneIdx: Buffer,
  addressHash: Buffer,
  since: Date,
): Promise<{ phone: number; address: number }> {
  const [row] = await tx.query<{ phone: number; address: number }>(
    `select (select count(*)::int from customers.portal_codes where org_id = $1 and phone_idx = $2 and created_at > $4) as phone,
            (select count(*)::int from customers.portal_codes where org_id = $1 and address_hash = $3 and created_at > $4) as address`,
    [tx.orgId, phoneIdx, addressHash, since],
  );
  return row ?? { phone: 0, address: 0 };
}

export async function insertCode(
  tx: Tx,
  row: Pick<CodeRow, 'id' | 'phone_idx' | 'phone_sealed' | 'locale' | 'expires_at'> & {
    address_hash: Buffer;
    at: Date;
  },
): Promise<void> {
  await tx.query(
    `insert into customers.portal_codes (org_id, id, phone_idx, phone_sealed, address_hash, locale, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.orgId, row.id, row.phone_idx, row.phone_sealed, row.address_hash, row.locale, row.at, row.expires_at],
  );
}

export async function lockCode(tx: Tx, id: string): Promise<CodeRow | undefined> {
  return maybeOne(
    await tx.query<CodeRow>(
      `select id, phone_idx, phone_sealed, locale, code_hash, attempts, expires_at from customers.portal_codes
        where org_id = $1 and id = $2 for update`,
      [tx.orgId, id],
    ),
  );
}

export async function saveCode(tx: Tx, id: string, codeHash: Buffer): Promise<void> {
  await tx.query('update customers.portal_codes set code_hash = $3 where org_id = $1 and id = $2', [
    tx.orgId,
    id,
    codeHash,
  ]);
}

/** Counts a try of the newest code of a number. Undefined when there is none, or it is used up. */
export async function countTry(
  tx: Tx,
  phoneIdx: Buffer,
  attemptsMax: number,
  now: Date,
): Promise<Pick<CodeRow, 'id' | 'code_hash'> | undefined> {
  return maybeOne(
    await tx.query<Pick<CodeRow, 'id' | 'code_hash'>>(
      `update customers.portal_codes set attempts = attempts + 1
        where org_id = $1 and id = (select id from customers.portal_codes where org_id = $1 and phone_idx = $2 order by created_at desc, id desc limit 1)
          and used_at is null and expires_at > $4 and attempts < $3
       returning id, code_hash`,
      [tx.orgId, phoneIdx, attemptsMax, now],
    ),
  );
}

/** False when another request was faster. */
export async function useCode(tx: Tx, id: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'update customers.portal_codes set used_at = $3 where org_id = $1 and id = $2 and used_at is null returning 1',
    [tx.orgId, id, now],
  );
  return rows.length === 1;
}

export type KeyRow = {
  id: string;
  shop_id: string;
  hint: string;
  sealed: string;
  created_at: Date;
  created_by: string;
  used_at: Date | null;
};
const KEY_COLUMNS = 'id, shop_id, hint, sealed, created_at, created_by, used_at';
const KEYS_MAX = 2_000;

/** Secrets in force, of one shop or of all, the newest first. */
export async function keysInForce(tx: Tx, shopId?: string): Promise<KeyRow[]> {
  return tx.query<KeyRow>(
    `select ${KEY_COLUMNS} from customers.portal_keys
      where org_id = $1 and revoked_at is null and ($2::uuid is null or shop_id = $2) order by id desc limit ${KEYS_MAX}`,
    [tx.orgId, shopId ?? null],
  );
}

/** Held until the commit: the secrets of a shop are changed by one at a time. */
export const lockKeysOf = (tx: Tx, shopId: string): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`portal-keys/${tx.orgId}/${shopId}`]);

export async function insertKey(tx: Tx, row: Omit<KeyRow, 'used_at'>): Promise<void> {
  await tx.query(
    `insert into customers.portal_keys (org_id, id, shop_id, hint, sealed, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.orgId, row.id, row.shop_id, row.hint, row.sealed, row.created_at, row.created_by],
  );
}

export async function revokeKey(tx: Tx, id: string, now: Date): Promise<KeyRow | undefined> {
  return maybeOne(
    await tx.query<KeyRow>(
      `update customers.portal_keys set revoked_at = $3 where org_id = $1 and id = $2 and revoked_at is null returning ${KEY_COLUMNS}`,
      [tx.orgId, id, now],
    ),
  );
}

export async function noteKeyUse(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query(
    `update customers.portal_keys set used_at = $3 where org_id = $1 and id = $2 and (used_at is null or used_at < $3::timestamptz - interval '1 hour')`,
    [tx.orgId, id, now],
  );
}

/** False when the nonce was there before. */
export async function useNonce(tx: Tx, shopId: string, nonceHash: Buffer, expiresAt: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into customers.portal_nonces (org_id, shop_id, nonce_hash, expires_at) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`,
    [tx.orgId, shopId, nonceHash, expiresAt],
  );
  return rows.length === 1;
}

/** Counts a guess at a subject before it is looked at; the count starts over after an hour. */
export async function countGuess(
  tx: Tx,
  { subject, whole }: { subject: string; /** The whole number, not its last digits. */ whole: boolean },
  now: Date,
): Promise<number> {
  const [row] = await tx.query<{ failures: number }>(
    `insert into customers.portal_tries as t (org_id, subject, whole, failures, since) values ($1, $2, $4, 1, $3)
     on conflict (org_id, subject, whole) do update set
       failures = case when t.since <= $3::timestamptz - interval '1 hour' then 1 else t.failures + 1 end,
       since = case when t.since <= $3::timestamptz - interval '1 hour' then $3 else t.since end
     returning failures`,
    [tx.orgId, subject, now, whole],
  );
  return row?.failures ?? 1;
}

export async function forgetGuesses(tx: Tx, subject: string): Promise<void> {
  await tx.query('delete from customers.portal_tries where org_id = $1 and subject = $2', [tx.orgId, subject]);
}
