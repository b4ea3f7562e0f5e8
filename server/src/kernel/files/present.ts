import { z } from 'zod';
import type { StoredFile } from './index.ts';

export const FileView = z
  .object({
    id: z.uuid(),
    mediaType: z.string(),
    size: z.int(),
    sha256: z.string(),
    name: z.string(),
    width: z.int().nullable(),
    height: z.int().nullable(),
  })
  .meta({ id: 'File' });

export const presentFile = (file: StoredFile): z.input<typeof FileView> => ({
  id: file.id,
  mediaType: file.mediaType,
  size: file.size,
  sha256: file.sha256,
  name: file.name,
  width: file.width,
  height: file.height,
});
