import { type Db, maybeOne, type Tx } from '#kernel/db/index.ts';
import { ApiKeyNotFound } from '../refusals.ts';

export type ApiKeyRow = {
  org_id: string;
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  shops: string[] | null;
  created_at: Date;
  created_by: string;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  version: number;
};

const COLUMNS =
  'org_id, id, name, prefix, scopes, shops, created_at, created_by, expires_at, revoked_at, last_used_at, version';

/** The key with this SHA-256, of any organisation: the key is what tells the organisation. */
export async function findApiKeyByHash(db: Db, hash: Buffer): Promise<ApiKeyRow | undefined> {
  return db.systemTx(async (tx) =>
    maybeOne(await tx.prepared<ApiKeyRow>(`select ${COLUMNS} from identity.api_keys where hash = $1`, [hash])),
  );
}

export async function insertApiKey(
  tx: Tx,
  row: Omit<ApiKeyRow, 'revoked_at' | 'last_used_at' | 'version'>,
  hash: Buffer,
): Promise<void> {
  await tx.query(
    `insert into identity.api_keys (org_id, id, name, prefix, hash, scopes, shops, created_at, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.org_id,
      row.id,
      row.name,
      row.prefix,
      hash,
      row.scopes,
      row.shops,
      row.created_at,
      row.created_by,
      row.expires_at,
    ],
  );
}

/** Takes the row lock. @throws ApiKeyNotFound */
export async function lockApiKey(tx: Tx, id: string): Promise<ApiKeyRow> {
  const row = maybeOne(
    await tx.query<ApiKeyRow>(`select ${COLUMNS} from identity.api_keys where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ApiKeyNotFound({ keyId: id });
  return row;
}

export async function setRevoked(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query('update identity.api_keys set revoked_at = $3, version = version + 1 where org_id = $1 and id = $2', [
    tx.orgId,
    id,
    at,
  ]);
}

/** Newest first, before a position. */
export async function listApiKeys(tx: Tx, before: string | null, limit: number): Promise<ApiKeyRow[]> {
  return tx.query<ApiKeyRow>(
    `select ${COLUMNS} from identity.api_keys where org_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [tx.orgId, before, limit],
  );
}

/** Writes that a key was used, at most once a minute whoever asks. */
export async function touchApiKey(db: Db, orgId: string, id: string, at: Date): Promise<void> {
  await db.inTx({ orgId }, (tx) =>
    tx.query(
      `update identity.api_keys set last_used_at = $3
        where org_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')`,
      [orgId, id, at],
    ),
  );
}
