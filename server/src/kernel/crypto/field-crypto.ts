import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Db } from '../db/index.ts';
import { MasterKey, shortMac } from './master-key.ts';
import { Nonces } from './nonces.ts';

const FORMAT = 1;
const HEAD_BYTES = 3; // format, key number
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const INDEX_KEY_NO = 0;
const KEY_NO_MAX = 65_535;
const REFRESH_MS = 60_000;
const ACTIVATE_AFTER_MS = 5 * REFRESH_MS; // every node has re-read the keys by then
const TEXT_BYTES_MAX = 1_048_576;
const SECRET_PREFIX = 'sealed:';

type DataKey = { no: number; key: KeyObject; activeFrom: number };
type OrgKeys = {
  readonly orgId: string;
  readonly byNo: ReadonlyMap<number, DataKey>;
  readonly newestFirst: readonly DataKey[];
  readonly indexKey: Buffer;
  readonly aad: Map<string, Buffer>;
  readonly readAt: number;
};
type KeyRow = { key_no: number; wrapped: Buffer; active_from: Date };

/** The organisation's keys were not loaded before sealing or opening: `await fieldCrypto.load(orgId)` comes first. */
export class KeysNotLoaded extends Error {}

/** The bytes are not what this organisation sealed for this purpose: damaged, moved, or sealed with an unknown key. */
export class SealBroken extends Error {}

export type FieldCryptoOptions = {
  db: Pick<Db, 'systemTx'>;
  /** The master secret (ZHANGGUI_SECRET), at least 16 characters. */
  secret: string;
  now?: () => number;
};

/** Seals personal data with the organisation's keys. Sealing and opening are synchronous: the order intake does them in bulk. */
export class FieldCrypto {
  readonly #db: Pick<Db, 'systemTx'>;
  readonly #master: MasterKey;
  readonly #orgs = new Map<string, OrgKeys>();
  readonly #loading = new Map<string, Promise<OrgKeys>>();
  readonly #nonces = new Nonces();
  readonly #now: () => number;

  constructor(options: FieldCryptoOptions) {
    this.#db = options.db;
    this.#master = new MasterKey(options.secret);
    this.#now = options.now ?? Date.now;
  }

  /**
   * Reads the organisation's keys, making them on first use. Call it at the start of each request, job or batch that
   * seals or opens: it costs nothing while the keys are fresh, and picks up a key another node has added.
   */
  async load(orgId: string): Promise<void> {
    const org = this.#orgs.get(orgId);
    if (!org || this.#now() - org.readAt > REFRESH_MS) await this.#reload(orgId);
  }

  /** Format, key number, nonce, ciphertext, tag. Bound to the organisation and the purpose. At most 1 MiB of text. */
  seal(orgId: string, text: string, purpose = 'field'): Buffer {
    const org = this.#keys(orgId);
    const now = this.#now();
    const dataKey = org.newestFirst.find((k) => k.activeFrom <= now) ?? org.newestFirst.at(-1);
    if (!dataKey) throw new KeysNotLoaded(`organisation ${orgId} has no data key`);
    const bytes = Buffer.byteLength(text);
    if (bytes > TEXT_BYTES_MAX) throw new RangeError(`seal: ${bytes} bytes of text`);
    const out = Buffer.allocUnsafe(HEAD_BYTES + NONCE_BYTES + bytes + TAG_BYTES);
    out[0] = FORMAT;
    out.writeUInt16BE(dataKey.no, 1);
    this.#nonces.writeTo(out, HEAD_BYTES);
    const nonce = out.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', dataKey.key, nonce).setAAD(aadOf(org, purpose));
    cipher.update(text, 'utf8').copy(out, HEAD_BYTES + NONCE_BYTES);
    cipher.final(); // a stream mode: it has nothing left to give, but sets the tag
    cipher.getAuthTag().copy(out, out.length - TAG_BYTES);
    return out;
  }

  /** The text sealed by this organisation for this purpose. Throws {@link SealBroken} for anything else. */
  open(orgId: string, sealed: Buffer, purpose = 'field'): string {
    const org = this.#keys(orgId);
    const end = sealed.length - TAG_BYTES;
    if (end < HEAD_BYTES + NONCE_BYTES || sealed[0] !== FORMAT) throw new SealBroken('not a sealed value');
    const dataKey = org.byNo.get(sealed.readUInt16BE(1));
    if (!dataKey) throw new SealBroken(`sealed with key ${sealed.readUInt16BE(1)}, which is not known here`);
    const nonce = sealed.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', dataKey.key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(aadOf(org, purpose))
      .setAuthTag(sealed.subarray(end));
    const text = decipher.update(sealed.subarray(HEAD_BYTES + NONCE_BYTES, end), undefined, 'utf8');
    try {
      return text + decipher.final('utf8');
    } catch {
      throw new SealBroken('damaged, or sealed for another organisation or purpose');
    }
  }

  /** 16 bytes by which equal values are found again. Survives the rotation of data keys. Normalise first. */
  blindIndex(orgId: string, purpose: string, normalised: string): Buffer {
    return shortMac(this.#keys(orgId).indexKey, purpose, normalised);
  }

  /** A secret setting (a channel's key, a password) as text that may stand in JSON. */
  sealSecret(orgId: string, name: string, text: string): string {
    return SECRET_PREFIX + this.seal(orgId, text, `secret:${name}`).toString('base64');
  }

  /** The secret sealed under the same name. Throws {@link SealBroken} for text that is not a sealed secret. */
  openSecret(orgId: string, name: string, sealed: string): string {
    if (!sealed.startsWith(SECRET_PREFIX)) throw new SealBroken('not a sealed secret');
    return this.open(orgId, Buffer.from(sealed.slice(SECRET_PREFIX.length), 'base64'), `secret:${name}`);
  }

  /** The number of the key that holds a sealed value: values of an old key can be found and sealed anew. */
  keyNoOf(sealed: Buffer): number {
    return sealed.readUInt16BE(1);
  }

  /**
   * Adds a data key, which seals once every node has had time to read it (5 minutes unless told). Older keys go on
   * opening what they sealed; the index key stays. Returns the new key's number.
   */
  async rotate(orgId: string, activateAfterMs = ACTIVATE_AFTER_MS): Promise<number> {
    await this.load(orgId);
    const no = await this.#db.systemTx(async (tx) => {
      // locking the index key's row makes rotations of one organisation queue up
      await tx.query('select from kernel.data_keys where org_id = $1 and key_no = 0 for update', [orgId]);
      const [last] = await tx.query<{ key_no: number }>(
        'select max(key_no) as key_no from kernel.data_keys where org_id = $1',
        [orgId],
      );
      const next = (last?.key_no ?? INDEX_KEY_NO) + 1;
      if (next > KEY_NO_MAX) throw new RangeError(`organisation ${orgId} has used all key numbers`);
      const activeFrom = new Date(this.#now() + activateAfterMs);
      await tx.query(
        `insert into kernel.data_keys (org_id, key_no, wrapped, created_at, active_from) values ($1, $2, $3, $4, $5)`,
        [orgId, next, this.#master.wrap(orgId, next, randomBytes(32)), new Date(this.#now()), activeFrom],
      );
      await tx.query(
        `update kernel.data_keys set retired_at = $3 where org_id = $1 and key_no between 1 and $2 - 1 and retired_at is null`,
        [orgId, next, activeFrom],
      );
      return next;
    });
    await this.#reload(orgId);
    return no;
  }

  /** Forgets loaded keys: after `rewrap`, and when an organisation is closed. */
  forget(orgId?: string): void {
    if (orgId === undefined) this.#orgs.clear();
    else this.#orgs.delete(orgId);
  }

  #keys(orgId: string): OrgKeys {
    const org = this.#orgs.get(orgId);
    if (!org) throw new KeysNotLoaded(`load the keys of organisation ${orgId} first`);
    return org;
  }

  async #reload(orgId: string): Promise<void> {
    let loading = this.#loading.get(orgId);
    if (!loading) {
      loading = this.#read(orgId).finally(() => this.#loading.delete(orgId));
      this.#loading.set(orgId, loading);
    }
    this.#orgs.set(orgId, await loading);
  }

  async #read(orgId: string): Promise<OrgKeys> {
    const rows = await this.#db.systemTx(async (tx) => {
      const read = (): Promise<KeyRow[]> =>
        tx.query<KeyRow>(
          'select key_no, wrapped, active_from from kernel.data_keys where org_id = $1 order by key_no',
          [orgId],
        );
      const known = await read();
      if (known.length >= 2) return known;
      await tx.query(
        `insert into kernel.data_keys (org_id, key_no, wrapped, created_at, active_from)
         values ($1, 0, $2, $4, $4), ($1, 1, $3, $4, $4) on conflict do nothing`,
        [
          orgId,
          this.#master.wrap(orgId, INDEX_KEY_NO, randomBytes(32)),
          this.#master.wrap(orgId, 1, randomBytes(32)),
          new Date(this.#now()),
        ],
      );
      return read(); // another node may have been first: its keys count
    });
    return this.#unwrapAll(orgId, rows);
  }

  #unwrapAll(orgId: string, rows: readonly KeyRow[]): OrgKeys {
    const dataKeys: DataKey[] = [];
    let indexKey: Buffer | undefined;
    for (const row of rows) {
      const raw = this.#master.unwrap(orgId, row.key_no, row.wrapped);
      if (row.key_no === INDEX_KEY_NO) indexKey = raw;
      else dataKeys.push({ no: row.key_no, key: createSecretKey(raw), activeFrom: row.active_from.getTime() });
    }
    if (!indexKey || dataKeys.length === 0) throw new KeysNotLoaded(`organisation ${orgId} lost its keys`);
    return {
      orgId,
      byNo: new Map(dataKeys.map((k) => [k.no, k])),
      newestFirst: dataKeys.toReversed(),
      indexKey,
      aad: new Map(),
      readAt: this.#now(),
    };
  }
}

function aadOf(org: OrgKeys, purpose: string): Buffer {
  let aad = org.aad.get(purpose);
  if (!aad) org.aad.set(purpose, (aad = Buffer.from(`${org.orgId}|${purpose}`)));
  return aad;
}
