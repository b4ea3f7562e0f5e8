import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

export type SeenPage = {
  widthMm: number;
  heightMm: number;
  codes: { format: string; text: string }[];
  png: Buffer;
};

// Without this it would ask the network for its own program.
const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

const POINTS_PER_INCH = 72;
const MM_PER_INCH = 25.4;
/** What label printers print. */
const DOTS_PER_INCH = 203;

/** Pages of a document as a label printer draws them, and the codes a scanner reads off them. */
export async function seePages(pdf: Buffer): Promise<SeenPage[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  try {
    const seen: SeenPage[] = [];
    for (const page of document.pages()) {
      const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
      const drawn = await page.render({ scale: DOTS_PER_INCH / POINTS_PER_INCH, render: 'bitmap' });
      const png = await sharp(drawn.data, { raw: { width: drawn.width, height: drawn.height, channels: 4 } })
        .flatten({ background: '#ffffff' })
        .png()
        .toBuffer();
      const codes = await readBarcodes(new Blob([new Uint8Array(png)]), {
        formats: ['Code128', 'QRCode'],
        tryHarder: true,
      });
      seen.push({
        widthMm: (width * MM_PER_INCH) / POINTS_PER_INCH,
        heightMm: (height * MM_PER_INCH) / POINTS_PER_INCH,
        codes: codes.filter((c) => c.isValid).map((c) => ({ format: c.format, text: c.text })),
        png,
      });
    }
    return seen;
  } finally {
    document.destroy();
    library.destroy();
  }
}
