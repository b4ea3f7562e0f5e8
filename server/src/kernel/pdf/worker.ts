import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { PdfDefinition } from './index.ts';

// pdfmake is CommonJS without types: what is used of it is written down here.
type PdfMake = {
  setFonts(fonts: Record<string, Record<string, string>>): void;
  setTableLayouts(layouts: Record<string, unknown>): void;
  setUrlAccessPolicy(allows: (url: string) => boolean): void;
  setLocalAccessPolicy(allows: (path: string) => boolean): void;
  createPdf(definition: Record<string, unknown>): { getBuffer(): Promise<Uint8Array> };
};

const require = createRequire(import.meta.url);
const pdfmake = require('pdfmake') as PdfMake;
const FONT = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts', 'NotoSansHans-Regular.otf');
const INK = '#1f2329';
const MUTED = '#6b7280';
const RULE = '#d9dde3';

const edge = (i: number, n: number): boolean => i === 0 || i === n;
const padding = (x: number, y: number) => ({
  paddingLeft: () => x,
  paddingRight: () => x,
  paddingTop: () => y,
  paddingBottom: () => y,
});
type Table = { table: { body: unknown[]; widths: unknown[] } };

pdfmake.setFonts({ sans: { normal: FONT, bold: FONT, italics: FONT, bolditalics: FONT } });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === FONT);
pdfmake.setTableLayouts({
  lines: {
    hLineWidth: (i: number, node: Table) => (edge(i, node.table.body.length) ? 0.8 : 0.4),
    vLineWidth: () => 0,
    hLineColor: () => RULE,
    ...padding(5, 4),
  },
  boxed: {
    hLineWidth: () => 0.4,
    vLineWidth: () => 0.4,
    hLineColor: () => RULE,
    vLineColor: () => RULE,
    ...padding(5, 4),
  },
  none: { hLineWidth: () => 0, vLineWidth: () => 0, ...padding(0, 2) },
});

const fill = (text: string, page: number, pages: number): string =>
  text.replaceAll('{page}', String(page)).replaceAll('{pages}', String(pages));

async function render({ title, content, styles, page, foot }: PdfDefinition): Promise<Uint8Array> {
  const margins = page?.margins ?? 40;
  return pdfmake
    .createPdf({
      info: { title, producer: 'Zhanggui', creator: 'Zhanggui' },
      pageSize: page ? { width: page.width, height: page.height } : 'A4',
      pageMargins: [margins, margins, margins, foot ? margins + 16 : margins],
      defaultStyle: { font: 'sans', fontSize: 9, lineHeight: 1.25, color: INK },
      styles: {
        title: { fontSize: 17 },
        heading: { fontSize: 11.5, margin: [0, 12, 0, 4] },
        muted: { color: MUTED },
        strong: { fontSize: 10.5 },
        ...styles,
      },
      content,
      ...(foot
        ? {
            footer: (at: number, of: number) => ({
              margin: [margins, 8, margins, 0],
              columns: [
                { text: foot.left, style: 'muted', fontSize: 7.5 },
                { text: fill(foot.pages, at, of), alignment: 'right', style: 'muted', fontSize: 7.5, width: 'auto' },
              ],
            }),
          }
        : {}),
    })
    .getBuffer();
}

type Answer = { pdf: Uint8Array } | { error: string };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (definition: PdfDefinition) => {
  render(definition).then(
    (pdf) => tell({ pdf }),
    (error: unknown) => tell({ error: error instanceof Error ? error.message : String(error) }),
  );
});
