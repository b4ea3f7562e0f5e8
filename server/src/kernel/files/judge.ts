import { readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import iconv from 'iconv-lite';
import { FileContentMismatch, FileDamaged, FileTypeRefused } from './errors.ts';
import { DETECTED, extensionOf, type MediaKind, type MediaType, TEXT_TYPES } from './kinds.ts';
import { checkZip, ZipRefused } from './zip.ts';

const XLSX_LIMITS = { entriesMax: 2_000, unpackedMax: 256 * 1024 * 1024 };
const TEXT_BYTES_MAX = 64 * 1024 * 1024; // larger tables go through an import, which streams

/**
 * Says what a file is by its content; the name only has to agree. Throws FileTypeRefused for a kind not accepted,
 * FileContentMismatch when the name claims something else, FileDamaged when the content is not sound.
 */
export async function judge(path: string, name: string, accept: readonly MediaKind[]): Promise<MediaType> {
  const detected = await fileTypeFromFile(path);
  const found = detected ? DETECTED.get(detected.mime) : await textType(path, name);
  const extension = extensionOf(name);
  if (!found || !accept.includes(found.kind)) {
    const claims = [...DETECTED.values(), ...TEXT_TYPES].some(
      (t) => t.extensions.includes(extension) && accept.includes(t.kind),
    );
    throw claims ? new FileContentMismatch({ name }) : new FileTypeRefused({ name, accepted: accept });
  }
  if (extension !== '' && !found.extensions.includes(extension)) throw new FileContentMismatch({ name });
  if (found.kind === 'spreadsheet') await checkSpreadsheet(path, name);
  if (found.kind === 'pdf') await checkPdf(path, name);
  return found;
}

async function checkSpreadsheet(path: string, name: string): Promise<void> {
  try {
    const names = await checkZip(await readFile(path), XLSX_LIMITS);
    if (!names.includes('[Content_Types].xml') || !names.some((n) => n.startsWith('xl/')))
      throw new ZipRefused('no workbook');
    if (names.some((n) => /vbaProject\.bin$/i.test(n))) throw new ZipRefused('contains macros');
  } catch (error) {
    if (error instanceof ZipRefused || error instanceof RangeError)
      throw new FileDamaged({ name, reason: error.message });
    throw error;
  }
}

async function checkPdf(path: string, name: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.indexOf('%PDF-') !== 0 || bytes.lastIndexOf('%%EOF') < bytes.length - 2_048)
    throw new FileDamaged({ name });
}

/** Text in UTF-8 or GB 18030 (what Chinese Excel writes), without control characters and not a web page. */
async function textType(path: string, name: string): Promise<MediaType | undefined> {
  const bytes = await readFile(path);
  if (bytes.length > TEXT_BYTES_MAX) return undefined;
  const text = decodeText(bytes);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (text === undefined || /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text)) return undefined;
  if (/^\s*(?:<|#!)/.test(text)) return undefined;
  const extension = extensionOf(name);
  const type = extension === '' ? TEXT_TYPES.at(-1) : TEXT_TYPES.find((t) => t.extensions.includes(extension));
  if (type?.mediaType === 'application/json' && !isJson(text)) throw new FileDamaged({ name });
  return type;
}

/** The text of bytes in UTF-8 or else GB 18030; undefined when they are neither. */
export function decodeText(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = iconv.decode(bytes, 'gb18030');
    return text.includes('\uFFFD') ? undefined : text;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
