import type { FileHandle } from 'node:fs/promises';

/** The file is not built as its kind says. */
export class Malformed extends Error {}

const ZEROS = Buffer.alloc(64 * 1024);

/** Writes zeros over a stretch of a file. */
export async function zero(file: FileHandle, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += ZEROS.length) await file.write(ZEROS, 0, Math.min(ZEROS.length, to - at), at);
}

/** Exactly so many bytes. @throws Malformed when the file ends before */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  if (bytesRead < length) throw new Malformed('it ends too early');
  return bytes;
}
