import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openFile, type OpenedFile, openSharedFile } from '#kernel/files/index.ts';
import { NotAPhoto, PhotoNotFound } from '../errors.ts';

/** What is shown to all who see a record must be the reporter's own to show. @throws FileNotFound, NotAPhoto. */
export async function checkPhoto(tx: Tx, ctx: Ctx, photoId: string | undefined): Promise<void> {
  if (photoId === undefined) return;
  const { file } = await openFile(tx, ctx, photoId);
  if (!file.mediaType.startsWith('image/')) throw new NotAPhoto({ fileId: photoId });
}

/** The photo of a record the actor may see. @throws PhotoNotFound when there is none. */
export async function photoOf(tx: Tx, ctx: Ctx, photoId: string | null): Promise<OpenedFile> {
  if (photoId === null) throw new PhotoNotFound();
  return openSharedFile(tx, ctx, photoId);
}
