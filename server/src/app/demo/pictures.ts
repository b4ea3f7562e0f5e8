import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Ctx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import { fileStore, storeFile, type TakenFile } from '#kernel/files/index.ts';
import type { DemoProduct, Glyph } from './goods.ts';

const SIZE = 320;
const AT_ONCE = 4;

type Paint = { main: string; dark: string; light: string };

const SHAPES: Readonly<Record<Glyph, (p: Paint) => string>> = {
  leaf: (p) =>
    `<path d="M70 210C60 110 140 60 260 62C262 180 210 262 110 250Z" fill="${p.main}"/><path d="M84 258C120 190 170 140 240 84" stroke="${p.light}" stroke-width="8" fill="none" stroke-linecap="round"/>`,
  fruit: (p) =>
    `<circle cx="160" cy="184" r="86" fill="${p.main}"/><circle cx="130" cy="156" r="24" fill="${p.light}" opacity=".6"/><path d="M160 100C158 80 166 66 182 56" stroke="${p.dark}" stroke-width="10" fill="none" stroke-linecap="round"/><path d="M172 84C196 56 226 62 236 72C216 98 192 100 172 84Z" fill="#5b8c3a"/>`,
  cup: (p) =>
    `<path d="M72 112H232L216 226C212 250 92 250 88 226Z" fill="${p.main}"/><path d="M228 136C276 132 270 206 218 202" stroke="${p.main}" stroke-width="16" fill="none"/><ellipse cx="152" cy="112" rx="80" ry="18" fill="${p.dark}"/><path d="M124 82C116 66 136 60 128 44M168 82C160 66 180 60 172 44" stroke="${p.light}" stroke-width="8" fill="none" stroke-linecap="round"/>`,
  jar: (p) =>
    `<rect x="84" y="104" width="152" height="152" rx="28" fill="${p.main}"/><rect x="96" y="64" width="128" height="44" rx="10" fill="${p.dark}"/><rect x="104" y="150" width="112" height="64" rx="8" fill="${p.light}"/>`,
  bag: (p) =>
    `<path d="M88 80H232L246 250C220 262 100 262 74 250Z" fill="${p.main}"/><path d="M88 80H232L228 108H92Z" fill="${p.dark}"/><circle cx="160" cy="182" r="44" fill="${p.light}"/>`,
  shirt: (p) =>
    `<path d="M112 70L60 106L82 156L108 142V252H212V142L238 156L260 106L208 70C196 96 124 96 112 70Z" fill="${p.main}"/><path d="M112 70C124 96 196 96 208 70" stroke="${p.dark}" stroke-width="8" fill="none"/>`,
  lamp: (p) =>
    `<path d="M112 62H208L244 160H76Z" fill="${p.main}"/><rect x="152" y="160" width="16" height="78" fill="${p.dark}"/><rect x="104" y="236" width="112" height="20" rx="10" fill="${p.dark}"/><ellipse cx="160" cy="164" rx="84" ry="12" fill="${p.light}"/>`,
  bottle: (p) =>
    `<rect x="104" y="118" width="112" height="142" rx="22" fill="${p.main}"/><rect x="138" y="76" width="44" height="44" fill="${p.dark}"/><path d="M138 76V58H206V72H182V76Z" fill="${p.dark}"/><rect x="120" y="164" width="80" height="54" rx="8" fill="${p.light}"/>`,
  book: (p) =>
    `<path d="M160 92C128 70 88 70 64 78V246C92 238 130 240 160 258C190 240 228 238 256 246V78C232 70 192 70 160 92Z" fill="${p.main}"/><path d="M160 92V258" stroke="${p.dark}" stroke-width="6"/><path d="M88 120C108 116 124 118 138 126M88 156C108 152 124 154 138 162M182 126C198 118 214 116 232 120M182 162C198 154 214 152 232 156" stroke="${p.light}" stroke-width="8" fill="none" stroke-linecap="round"/>`,
  toy: (p) =>
    `<rect x="66" y="158" width="92" height="92" rx="12" fill="${p.main}"/><rect x="164" y="158" width="92" height="92" rx="12" fill="${p.dark}"/><path d="M160 60L214 148H106Z" fill="${p.light}"/><circle cx="112" cy="204" r="22" fill="${p.light}"/>`,
};

function svgOf({ glyph, hue }: Pick<DemoProduct, 'glyph' | 'hue'>): string {
  const paint: Paint = { main: `hsl(${hue} 55% 52%)`, dark: `hsl(${hue} 50% 34%)`, light: `hsl(${hue} 70% 82%)` };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" width="${SIZE}" height="${SIZE}"><rect width="320" height="320" fill="hsl(${hue} 45% 94%)"/><ellipse cx="160" cy="262" rx="112" ry="16" fill="hsl(${hue} 25% 80%)"/>${SHAPES[glyph](paint)}</svg>`;
}

/** Draws a picture per product and keeps it as a file. Returns the files' ids, in order. */
export async function drawPictures(db: Db, ctx: Ctx, products: readonly DemoProduct[]): Promise<string[]> {
  const taken: TakenFile[] = [];
  const work = async (from: number): Promise<void> => {
    for (let i = from; i < products.length; i += AT_ONCE) taken[i] = await draw(ctx.orgId, products[i] as DemoProduct);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => work(n)));
  return db.inTx(ctx, async (tx) => {
    const ids: string[] = [];
    for (const file of taken) ids.push((await storeFile(tx, ctx, file, 'product')).id);
    return ids;
  });
}

async function draw(orgId: string, product: DemoProduct): Promise<TakenFile> {
  const bytes = await sharp(Buffer.from(svgOf(product)))
    .webp({ quality: 80, effort: 1 })
    .toBuffer();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = await fileStore().incoming();
  await writeFile(path, bytes, { mode: 0o600 });
  await fileStore().keep(orgId, sha256, path);
  return {
    sha256,
    mediaType: 'image/webp',
    kind: 'image',
    size: bytes.length,
    name: `${product.code}.webp`,
    width: SIZE,
    height: SIZE,
  };
}
