import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Db } from '#kernel/db/index.ts';
import { NOBODY } from '../../store/shipments.ts';

const known = new WeakMap<Db, Promise<Buffer>>();

/** The sandbox carrier's secret of this installation, made on first use and stored sealed. */
export async function sandboxKey(db: Db): Promise<Buffer> {
  let key = known.get(db);
  if (!key) {
    key = loadKey(db);
    known.set(db, key);
    key.catch(() => known.delete(db)); // the database was away: the next caller tries again
  }
  return key;
}

const SECRET = 'shipping.sandbox';

async function loadKey(db: Db): Promise<Buffer> {
  await fieldCrypto.load(NOBODY);
  const sealed = fieldCrypto.sealSecret(NOBODY, SECRET, randomBytes(32).toString('base64'));
  const [row] = await db.systemTx(async (tx) => {
    await tx.query(
      `insert into shipping.carrier_keys (org_id, carrier, key_sealed, created_at) values ($1, 'sandbox', $2, now()) on conflict do nothing`,
      [NOBODY, sealed],
    );
    // another node may have been first: its key counts
    return tx.query<{ key_sealed: string }>(
      `select key_sealed from shipping.carrier_keys where org_id = $1 and carrier = 'sandbox'`,
      [NOBODY],
    );
  });
  if (!row) throw new Error('the sandbox key was not stored');
  return Buffer.from(fieldCrypto.openSecret(NOBODY, SECRET, row.key_sealed), 'base64');
}

export const HEADERS = {
  timestamp: 'x-sandbox-timestamp',
  nonce: 'x-sandbox-nonce',
  signature: 'x-sandbox-signature',
} as const;

const mac = (key: Buffer, timestamp: string, nonce: string, body: Buffer): Buffer =>
  createHmac('sha256', key).update(`${timestamp}\n${nonce}\n`).update(body).update('\n').digest();

/** The three headers of a signed push. `timestamp` in seconds. */
export const signHeaders = (key: Buffer, body: Buffer, timestamp: number, nonce: string): Record<string, string> => ({
  [HEADERS.timestamp]: String(timestamp),
  [HEADERS.nonce]: nonce,
  [HEADERS.signature]: mac(key, String(timestamp), nonce, body).toString('base64'),
});

/** Whether the bytes were signed by the sandbox carrier of this installation, whenever that was. */
export function isSigned(key: Buffer, body: Buffer, timestamp: string, nonce: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64');
  const right = mac(key, timestamp, nonce, body);
  return given.length === right.length && timingSafeEqual(given, right);
}
