import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Db } from '#kernel/db/index.ts';
import { NOBODY } from '../../store/callbacks.ts';

export type SandboxKeys = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const known = new WeakMap<Db, Promise<SandboxKeys>>();

/** The sandbox's own key pair of this installation, made on first use; the private half is stored sealed. */
export async function sandboxKeys(db: Db): Promise<SandboxKeys> {
  let keys = known.get(db);
  if (!keys) {
    keys = loadKeys(db);
    known.set(db, keys);
    keys.catch(() => known.delete(db)); // the database was away: the next caller tries again
  }
  return keys;
}

type KeyRow = { public_key: string; private_key_sealed: string };
const SECRET = 'payments.sandbox';

async function loadKeys(db: Db): Promise<SandboxKeys> {
  await fieldCrypto.load(NOBODY);
  const pair = generateKeyPairSync('ed25519');
  const sealed = fieldCrypto.sealSecret(
    NOBODY,
    SECRET,
    pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const [row] = await db.systemTx(async (tx) => {
    await tx.query(
      `insert into payments.channel_keys (org_id, channel, public_key, private_key_sealed, created_at)
       values ($1, 'sandbox', $2, $3, now()) on conflict do nothing`,
      [NOBODY, pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(), sealed],
    );
    // another node may have been first: its key counts
    return tx.query<KeyRow>(
      `select public_key, private_key_sealed from payments.channel_keys where org_id = $1 and channel = 'sandbox'`,
      [NOBODY],
    );
  });
  if (!row) throw new Error('the sandbox key was not stored');
  return {
    publicKey: createPublicKey(row.public_key),
    privateKey: createPrivateKey(fieldCrypto.openSecret(NOBODY, SECRET, row.private_key_sealed)),
  };
}

const signed = (timestamp: string, nonce: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);

export const HEADERS = {
  timestamp: 'x-sandbox-timestamp',
  nonce: 'x-sandbox-nonce',
  signature: 'x-sandbox-signature',
} as const;

/** The three headers of a signed callback. `timestamp` in seconds. */
export function signHeaders(keys: SandboxKeys, body: Buffer, timestamp: number, nonce: string): Record<string, string> {
  const signature = sign(null, signed(String(timestamp), nonce, body), keys.privateKey).toString('base64');
  return { [HEADERS.timestamp]: String(timestamp), [HEADERS.nonce]: nonce, [HEADERS.signature]: signature };
}

/** Whether the bytes were signed by the sandbox of this installation, whenever that was. */
export function isSigned(
  keys: SandboxKeys,
  body: Buffer,
  timestamp: string,
  nonce: string,
  signature: string,
): boolean {
  return verify(null, signed(timestamp, nonce, body), keys.publicKey, Buffer.from(signature, 'base64'));
}
