import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { deriveKey } from '#kernel/crypto/index.ts';

/** Raised when an older program could not read what a newer one writes. */
export const FORMAT = 1;

export const HEAD_NAME = 'head.json';
export const MANIFEST_NAME = 'manifest.json';
export const MAC_NAME = 'manifest.hmac';

/** Tables and files are cut into entries of at most this, so that neither side holds more of them. */
export const PART_BYTES = 4 * 1_048_576;
/** The manifest names every uploaded file: about 200 bytes each. */
export const ENTRY_BYTES_MAX = 512 * 1_048_576;

const Sum = { bytes: z.int().min(0), sha256: z.string().length(64) };

/** The first entry: whether this backup fits here can be told without reading the rest. */
export const Head = z.object({
  format: z.int(),
  createdAt: z.string(),
  /** Names the master secret without telling it. */
  secret: z.string(),
  migrations: z.array(z.object({ schema: z.string(), name: z.string(), sha256: z.string() })),
  /** Number of the newest migration of the job queue's own schema. */
  queueMigration: z.int(),
});
export type Head = z.infer<typeof Head>;

/** The last entry but one: what must have been in between. */
export const Manifest = z.object({
  /** In an order in which no row comes before one it refers to. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int().min(0), ...Sum })),
  files: z.array(z.object({ name: z.string(), ...Sum })),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
  /** No event, cursor or seal of the backup stands at or above it. */
  eventsBelow: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;
export type TableEntry = Manifest['tables'][number];

/** Equal for equal secrets; tells nothing about them. */
export const fingerprint = (secret: string): string =>
  deriveKey(secret, 'name of the secret in backups').toString('hex').slice(0, 16);

/** Only who has the master secret can write a manifest that restores. */
export const macOf = (secret: string, head: Buffer, manifest: Buffer): Buffer =>
  createHmac('sha256', deriveKey(secret, 'seal of backups'))
    .update(`${head.length}:`)
    .update(head)
    .update(manifest)
    .digest();

/** `kernel.outbox/00000`, `files/<org>/<sha256>/00000`. */
export const partName = (of: string, no: number): string => `${of}/${String(no).padStart(5, '0')}`;
/** The table or file a part belongs to. */
export const wholeName = (part: string): string => part.slice(0, part.lastIndexOf('/'));
