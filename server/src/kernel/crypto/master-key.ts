import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

const SECRET_LENGTH_MIN = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const FORMAT = 1;

/** The master secret does not open the keys in this database: it was changed without `rewrap`, or the database is another's. */
export class MasterSecretMismatch extends Error {
  constructor(orgId: string) {
    super(
      `ZHANGGUI_SECRET does not open the data keys of organisation ${orgId}: ` +
        'start with the secret this database was created with, or rewrap the keys',
    );
  }
}

/** Wraps data keys. Made from a secret of any form, so that an operator may choose a pass phrase. */
export class MasterKey {
  readonly #key: Buffer;

  /** Throws RangeError when the secret is shorter than 16 characters. */
  constructor(secret: string) {
    this.#key = Buffer.from(deriveKey(secret, 'wrap data keys'));
  }

  wrap(orgId: string, keyNo: number, key: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(place(orgId, keyNo));
    return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws {@link MasterSecretMismatch} when the wrapping is not ours, or belongs to another place. */
  unwrap(orgId: string, keyNo: number, wrapped: Buffer): Buffer {
    const end = 1 + NONCE_BYTES + KEY_BYTES;
    if (wrapped.length !== end + TAG_BYTES || wrapped[0] !== FORMAT) throw new MasterSecretMismatch(orgId);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, wrapped.subarray(1, 1 + NONCE_BYTES))
      .setAAD(place(orgId, keyNo))
      .setAuthTag(wrapped.subarray(end));
    const key = decipher.update(wrapped.subarray(1 + NONCE_BYTES, end));
    try {
      decipher.final();
    } catch {
      throw new MasterSecretMismatch(orgId);
    }
    return key;
  }
}

/** A key is worth nothing when moved to another organisation or number. */
function place(orgId: string, keyNo: number): Buffer {
  return Buffer.from(`${orgId}|${keyNo}`);
}

/** 32 bytes for one purpose, from the master secret: a leak of one purpose's key tells nothing about another's. */
export function deriveKey(secret: string, purpose: string): Buffer {
  if (secret.length < SECRET_LENGTH_MIN) {
    throw new RangeError(`ZHANGGUI_SECRET must have at least ${SECRET_LENGTH_MIN} characters`);
  }
  return Buffer.from(hkdfSync('sha256', secret, 'zhanggui', purpose, KEY_BYTES));
}

/** As {@link deriveKey}, in text: for libraries that want a secret string of their own (log-in, cookies, cursors). */
export function deriveSecret(secret: string, purpose: string): string {
  return deriveKey(secret, purpose).toString('base64url');
}

const BLOCK_BYTES = 64;
const pads = new WeakMap<Buffer, { inner: Buffer; outer: Buffer }>();

function padsOf(key: Buffer): { inner: Buffer; outer: Buffer } {
  let found = pads.get(key);
  if (!found) {
    const inner = Buffer.alloc(BLOCK_BYTES, 0x36);
    const outer = Buffer.alloc(BLOCK_BYTES, 0x5c);
    for (const [i, byte] of key.entries()) {
      inner[i] = byte ^ 0x36;
      outer[i] = byte ^ 0x5c;
    }
    found = { inner, outer };
    pads.set(key, found);
  }
  return found;
}

/**
 * The first 16 bytes of HMAC-SHA256: enough to find equals, too few to be worth attacking the key through. Written out
 * by RFC 2104 over one-shot hashes, because making an Hmac object costs the order intake more than the hashing.
 * The key has at most 64 bytes.
 */
export function shortMac(key: Buffer, purpose: string, value: string): Buffer {
  const { inner, outer } = padsOf(key);
  const first = hash('sha256', Buffer.concat([inner, Buffer.from(`${purpose}\0${value}`)]), 'buffer');
  return hash('sha256', Buffer.concat([outer, first]), 'buffer').subarray(0, 16);
}
