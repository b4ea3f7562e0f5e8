import type { Readable } from 'node:stream';
import { can, type Ctx } from '../context.ts';
import { type Db, maybeOne, type Tx } from '../db/index.ts';
import { newId } from '../ids.ts';
import { FileNotFound } from './errors.ts';
import type { Span } from './range.ts';
import type { FileStore } from './store.ts';
import { isShown, takeFile as take, type TakenFile, type Upload } from './take.ts';

export * from './errors.ts';
export { IMAGE_PIXELS_MAX } from './image.ts';
export { decodeText } from './judge.ts';
export { MEDIA_KINDS, type MediaKind } from './kinds.ts';
export { DiskFileStore, type FileStore } from './store.ts';
export type { TakenFile, Upload } from './take.ts';
export { uploadSettings } from './uploads/settings.ts';

export const READ_ANY_FILE = 'kernel.file.read';

let current: FileStore | undefined;

/** Called once by the composition root, before the first upload. */
export function useFileStore(store: FileStore): void {
  current = store;
}

/** Where bytes lie, for the import and export centre, whose tables stream. */
export const fileStore = (): FileStore => inUse();

function inUse(): FileStore {
  if (!current) throw new Error('useFileStore has not been called');
  return current;
}

/**
 * First half of an upload, outside any transaction: limits, judges and keeps the bytes. A transaction may be run again
 * and must not wait for a slow sender. Throws the refusals of `errors.ts`.
 */
export function takeFile(ctx: Pick<Ctx, 'orgId'>, upload: Upload): Promise<TakenFile> {
  return take(inUse(), ctx.orgId, upload);
}

/** Second half: the row that makes taken bytes a file of the organisation. `purpose` such as `evidence`. */
export async function storeFile(tx: Tx, ctx: Ctx, taken: TakenFile, purpose: string): Promise<StoredFile> {
  const file: StoredFile = { ...taken, id: newId(), purpose, createdAt: ctx.now, createdBy: ctx.actor.id };
  await tx.query(
    `insert into kernel.files (org_id, id, sha256, media_type, size, name, width, height, purpose, created_at, created_by, thumb_sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ctx.orgId,
      file.id,
      Buffer.from(file.sha256, 'hex'),
      file.mediaType,
      file.size,
      file.name,
      file.width,
      file.height,
      purpose,
      file.createdAt,
      file.createdBy,
      file.thumb ? Buffer.from(file.thumb, 'hex') : null,
    ],
  );
  return file;
}

export type StoredFile = Omit<TakenFile, 'kind'> & { id: string; purpose: string; createdAt: Date; createdBy: string };

type Row = {
  id: string;
  sha256: Buffer;
  media_type: string;
  size: number;
  name: string;
  width: number | null;
  height: number | null;
  purpose: string;
  created_at: Date;
  created_by: string;
  thumb_sha256: Buffer | null;
};

/** Throws FileNotFound when the organisation has no such file. For a module that has its own rule of who may see it. */
export async function getFile(tx: Tx, ctx: Ctx, id: string): Promise<StoredFile> {
  const row = maybeOne(
    await tx.query<Row>(
      `select id, sha256, media_type, size, name, width, height, purpose, created_at, created_by, thumb_sha256
         from kernel.files where org_id = $1 and id = $2`,
      [ctx.orgId, id],
    ),
  );
  if (!row) throw new FileNotFound({ fileId: id });
  return {
    id: row.id,
    sha256: row.sha256.toString('hex'),
    mediaType: row.media_type,
    size: row.size,
    name: row.name,
    width: row.width,
    height: row.height,
    purpose: row.purpose,
    createdAt: row.created_at,
    createdBy: row.created_by,
    thumb: row.thumb_sha256?.toString('hex') ?? null,
  };
}

export type OpenedFile = {
  file: StoredFile;
  headers: Readonly<Record<string, string>>;
  stream(part?: Span): Promise<Readable>;
};

/** As `getFile`, for its uploader and holders of `kernel.file.read`; to others the file does not exist. Read after the transaction. */
export async function openFile(tx: Tx, ctx: Ctx, id: string): Promise<OpenedFile> {
  const file = await getFile(tx, ctx, id);
  if (file.createdBy !== ctx.actor.id && !can(ctx, READ_ANY_FILE)) throw new FileNotFound({ fileId: id });
  return opened(ctx, file);
}

/** As `openFile`, for whoever the calling module lets see it, such as a picture of a product for all who see products. */
export async function openSharedFile(tx: Tx, ctx: Ctx, id: string): Promise<OpenedFile> {
  return opened(ctx, await getFile(tx, ctx, id));
}

/** The small picture of a file, as `openFile`; undefined for what has none: a film, a table. */
export async function openThumb(tx: Tx, ctx: Ctx, id: string): Promise<OpenedFile | undefined> {
  return thumbOf(ctx, (await openFile(tx, ctx, id)).file);
}

/** As `openThumb`, for whoever the calling module lets see it. */
export async function openSharedThumb(tx: Tx, ctx: Ctx, id: string): Promise<OpenedFile | undefined> {
  return thumbOf(ctx, await getFile(tx, ctx, id));
}

function thumbOf(ctx: Ctx, file: StoredFile): OpenedFile | undefined {
  if (!file.thumb) return undefined;
  const small = { ...file, sha256: file.thumb, mediaType: 'image/webp', name: `${file.name}.webp` };
  const found = opened(ctx, small);
  const { 'content-length': _size, ...headers } = found.headers as Record<string, string>; // of the large one
  return { ...found, headers };
}

function opened(ctx: Ctx, file: StoredFile): OpenedFile {
  return {
    file,
    headers: safeHeaders(file),
    stream: async (part) => {
      const bytes = await inUse().read(ctx.orgId, file.sha256, part);
      if (!bytes) throw new FileNotFound({ fileId: file.id });
      return bytes;
    },
  };
}

/** Forgets a file. Its bytes go with a later {@link sweepFiles}, unless another row refers to them. */
export async function eraseFile(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const rows = await tx.query('delete from kernel.files where org_id = $1 and id = $2 returning 1', [ctx.orgId, id]);
  if (rows.length === 0) throw new FileNotFound({ fileId: id });
}

/** Removes bytes a day old that no row refers to: erased files and uploads whose transaction failed. Run it daily. */
export function sweepFiles(db: Pick<Db, 'read'>, now: Date): Promise<number> {
  return inUse().sweep(now, async (orgId, sha256s) => {
    const rows = await db.read({ orgId }, (tx) =>
      tx.query<{ sha256: Buffer }>(
        `select sha256 from kernel.files where org_id = $1 and sha256 = any($2::bytea[])
         union select thumb_sha256 from kernel.files where org_id = $1 and thumb_sha256 = any($2::bytea[])`,
        [orgId, sha256s.map((hex) => Buffer.from(hex, 'hex'))],
      ),
    );
    return new Set(rows.map((row) => row.sha256.toString('hex')));
  });
}

/** Uploaded bytes run nowhere: no sniffing, no scripts, an opaque origin; only images and PDFs are shown. */
function safeHeaders(file: StoredFile): Record<string, string> {
  const disposition = isShown(file.mediaType) ? 'inline' : 'attachment';
  const ascii = file.name.replace(/[^\w.-]/g, '_');
  return {
    'content-type': file.mediaType,
    'content-length': String(file.size),
    'content-disposition': `${disposition}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600, immutable',
    etag: `"${file.sha256}"`,
  };
}
