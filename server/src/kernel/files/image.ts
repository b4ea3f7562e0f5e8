import type { Sharp } from 'sharp';
import { FileDamaged, ImageTooManyPixels } from './errors.ts';

export const IMAGE_PIXELS_MAX = 50_000_000;

type Encoder = (image: Sharp) => Sharp;
const ENCODERS: Readonly<Record<string, Encoder>> = {
  'image/jpeg': (image) => image.jpeg({ quality: 88, mozjpeg: false }),
  'image/png': (image) => image.png({ compressionLevel: 7 }),
  'image/webp': (image) => image.webp({ quality: 88 }),
  'image/gif': (image) => image.gif(),
};

let loading: Promise<typeof import('sharp').default> | undefined;

/** The image library is native and large: it is loaded with the first picture, not with the server. */
function loadSharp(): Promise<typeof import('sharp').default> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false); // one pass per upload: a cache would only hold memory
    sharp.concurrency(1);
    return sharp;
  });
  return loading;
}

/**
 * Draws an image anew into `target`: upright, in sRGB, without metadata (where it was taken, by which phone) and without
 * anything hidden behind the picture. Of a moving image the first frame is kept. Throws ImageTooManyPixels above
 * 50 megapixels and FileDamaged when it cannot be drawn.
 */
export async function redraw(source: string, target: string, mediaType: string, name: string) {
  const sharp = await loadSharp();
  const encode = ENCODERS[mediaType];
  if (!encode) throw new FileDamaged({ name });
  try {
    const seen = await sharp(source, { limitInputPixels: false }).metadata(); // reads the head only
    if (seen.width * seen.height > IMAGE_PIXELS_MAX) {
      throw new ImageTooManyPixels({ name, maxMegapixels: IMAGE_PIXELS_MAX / 1_000_000 });
    }
    const image = sharp(source, { limitInputPixels: IMAGE_PIXELS_MAX, failOn: 'error' }).autoOrient();
    const { width, height } = await encode(image).toFile(target);
    return { width, height };
  } catch (error) {
    if (error instanceof ImageTooManyPixels) throw error;
    throw new FileDamaged({ name }); // whatever the decoder says, it is about the bytes it was given
  }
}

const THUMB_PIXELS = 320; // at most, on the longer side: twice what a list shows, for fine screens

/** Draws a small picture of one that `redraw` made, as WebP. */
export async function drawThumb(source: string, target: string): Promise<void> {
  const sharp = await loadSharp();
  await sharp(source, { limitInputPixels: IMAGE_PIXELS_MAX })
    .resize({ width: THUMB_PIXELS, height: THUMB_PIXELS, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 76 })
    .toFile(target);
}
