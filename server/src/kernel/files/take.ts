import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileDamaged, FileTooLarge } from './errors.ts';
import { drawThumb, redraw } from './image.ts';
import { judge } from './judge.ts';
import { DETECTED, extensionOf, type MediaKind, type MediaType, TEXT_TYPES } from './kinds.ts';
import type { FileStore } from './store.ts';
import { blankMetadata } from './video.ts';

export type Upload = {
  source: Readable | Buffer;
  /** As the sender calls it; judged by content, cleaned before it is kept. */
  name: string;
  maxBytes: number;
  accept: readonly MediaKind[];
};

/** A file that is judged, on disk and safe to refer to from a row. */
export type TakenFile = {
  sha256: string;
  mediaType: string;
  kind: MediaKind;
  size: number;
  name: string;
  width: number | null;
  height: number | null;
  /** SHA-256 of the small picture of an image. */
  thumb?: string | null;
};

/**
 * Takes an upload in: limits it while it arrives, judges it by its content, draws images anew (with a small one), blanks what videos
 * say of place and maker, and keeps the bytes. Runs
 * outside any transaction; bytes no row refers to afterwards are harmless. Throws the refusals of `errors.ts`.
 */
export async function takeFile(store: FileStore, orgId: string, upload: Upload): Promise<TakenFile> {
  const name = cleanName(upload.name);
  const arrived = await store.incoming();
  const redrawn = `${arrived}.redrawn`;
  const small = `${arrived}.small`;
  try {
    const source = Buffer.isBuffer(upload.source) ? Readable.from([upload.source]) : upload.source;
    const received = await receive(source, arrived, upload.maxBytes, name);
    const type = await judge(arrived, name, upload.accept);
    const taken = { kind: type.kind, mediaType: type.mediaType, name: withExtension(name, type) };
    if (type.kind !== 'image') {
      const changed = type.kind === 'video' && (await blankMetadata(arrived, type.mediaType, name));
      const kept = changed ? await digestOf(arrived) : received;
      await store.keep(orgId, kept.sha256, arrived);
      return { ...kept, ...taken, width: null, height: null, thumb: null };
    }
    const frame = await redraw(arrived, redrawn, type.mediaType, name);
    await drawThumb(redrawn, small);
    const digest = await digestOf(redrawn);
    const thumb = await digestOf(small);
    await store.keep(orgId, digest.sha256, redrawn);
    await store.keep(orgId, thumb.sha256, small);
    return { ...digest, ...taken, ...frame, thumb: thumb.sha256 };
  } finally {
    await Promise.all([arrived, redrawn, small].map((path) => rm(path, { force: true })));
  }
}

async function receive(source: Readable, path: string, maxBytes: number, name: string) {
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(new FileTooLarge({ name, maxMb: Math.floor(maxBytes / 104_857.6) / 10 }));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(source, counted, createWriteStream(path, { mode: 0o600 }));
  if (size === 0) throw new FileDamaged({ name });
  return { size, sha256: hash.digest('hex') };
}

async function digestOf(path: string) {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { size, sha256: hash.digest('hex') };
}

const NAME_LENGTH_MAX = 120;

/** The last part of a path, without control or text-direction characters, short enough for any file system. */
export function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}"<>|:*?]/gu, '')
    .trim()
    .replace(/^\.+/, '');
  const extension = extensionOf(plain);
  const stem = extension === '' ? plain : plain.slice(0, -extension.length - 1);
  const short = [...stem].slice(0, NAME_LENGTH_MAX).join('').trim() || 'file';
  return extension === '' ? short : `${short}.${extension}`;
}

function withExtension(name: string, type: MediaType): string {
  return extensionOf(name) === '' ? `${name}.${type.extensions[0]}` : name;
}

/** Whether a stored media type may be shown in the browser rather than saved. */
export function isShown(mediaType: string): boolean {
  return mediaType === 'application/pdf' || mediaType.startsWith('image/');
}

/** The kind of a stored media type; undefined for one we do not keep. */
export function kindOf(mediaType: string): MediaKind | undefined {
  return [...DETECTED.values(), ...TEXT_TYPES].find((t) => t.mediaType === mediaType)?.kind;
}
