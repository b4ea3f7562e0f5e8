import { open } from 'node:fs/promises';
import { FileDamaged } from './errors.ts';
import { Malformed } from './video-bytes.ts';
import { blankMp4 } from './video-mp4.ts';
import { blankWebm } from './video-webm.ts';

/**
 * Blanks, in place, what a video says beside picture and sound: where it was taken, with what, by whom. Sizes and places of
 * everything else stay, so it plays as before. True when something was changed. @throws FileDamaged when it cannot be walked
 */
export async function blankMetadata(path: string, mediaType: string, name: string): Promise<boolean> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    return await (mediaType === 'video/webm' ? blankWebm(file, size) : blankMp4(file, size));
  } catch (error) {
    if (error instanceof Malformed) throw new FileDamaged({ name, reason: error.message });
    throw error;
  } finally {
    await file.close();
  }
}
