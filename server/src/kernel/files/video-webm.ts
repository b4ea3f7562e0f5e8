import type { FileHandle } from 'node:fs/promises';
import { Malformed, readAt, zero } from './video-bytes.ts';

// EBML: an id, a size, content; both numbers tell their length by their leading zeros (RFC 8794).

const SEGMENT = 0x1853_8067;
/** Tags, of which a place may be one, and attachments. */
const BLANKED = new Set([0x1254_c367, 0x1941_a469]);
const VOID = 0xec;
const ELEMENTS_MAX = 200_000;

type Element = { id: number; at: number; body: number; end: number; unknown: boolean };

async function elementAt(file: FileHandle, at: number, to: number): Promise<Element> {
  const head = await readAt(file, at, Math.min(12, to - at));
  const idLength = head[0] === 0 ? 9 : Math.clz32(head[0] as number) - 23;
  if (idLength > 4 || idLength + 1 > head.length) throw new Malformed('not an element');
  const first = head[idLength] as number;
  const sizeLength = first === 0 ? 9 : Math.clz32(first) - 23;
  if (sizeLength > 8 || idLength + sizeLength > head.length) throw new Malformed('an element without a size');
  let size = BigInt(first & (0xff >> sizeLength));
  let ones = size === BigInt(0xff >> sizeLength);
  for (let i = 1; i < sizeLength; i += 1) {
    const byte = head[idLength + i] as number;
    size = (size << 8n) | BigInt(byte);
    ones &&= byte === 0xff;
  }
  const body = at + idLength + sizeLength;
  if (!ones && size > BigInt(to - body)) throw new Malformed('an element does not fit');
  return { id: head.readUIntBE(0, idLength), at, body, end: ones ? to : body + Number(size), unknown: ones };
}

/** Makes an element one that says nothing, of the same length in all. */
async function blank(file: FileHandle, { at, end }: Element): Promise<void> {
  const sizeLength = end - at < 9 ? 1 : 8;
  const head = Buffer.alloc(1 + sizeLength);
  const size = end - at - head.length;
  if (sizeLength === 8) head.writeBigUInt64BE(BigInt(size), 1);
  head[0] = VOID;
  head[1] = sizeLength === 8 ? 0x01 : 0x80 | size;
  await zero(file, at + head.length, end);
  await file.write(head, 0, head.length, at);
}

/** Blanks tags and attachments of a WebM film. */
export async function blankWebm(file: FileHandle, size: number): Promise<boolean> {
  let changed = false;
  let at = 0;
  let to = size;
  let segments = 0;
  for (let seen = 0; at < to; seen += 1) {
    if (seen > ELEMENTS_MAX) throw new Malformed('it has too many elements');
    const element = await elementAt(file, at, to);
    if (element.id === SEGMENT) {
      segments += 1;
      at = element.body; // its children
      to = element.end;
      continue;
    }
    if (BLANKED.has(element.id)) {
      if (element.unknown) throw new Malformed('tags without a size');
      await blank(file, element);
      changed = true;
    }
    // a cluster of unknown size, as a browser records: its blocks are passed over one by one
    at = element.unknown ? element.body : element.end;
  }
  if (segments === 0) throw new Malformed('it has no film in it');
  return changed;
}
