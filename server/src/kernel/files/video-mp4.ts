import type { FileHandle } from 'node:fs/promises';
import { Malformed, readAt, zero } from './video-bytes.ts';

// ISO/IEC 14496-12 boxes: four bytes of size, four letters of type, content; size 1 is followed by eight bytes of size, 0 is
// the rest of the file. QuickTime is built alike.

type Box = { type: string; at: number; body: number; end: number };

const BOXES_MAX = 100_000;
const TABLE_BYTES_MAX = 16 * 1024 * 1024;
/** Boxes whose content are boxes, on the way to what is blanked. */
const INSIDE = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf', 'mvex', 'edts', 'dinf']);
/** User data (©xyz is a place), iTunes' and QuickTime's keys, XMP, and room that may hold anything. */
const BLANKED = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'wide', 'xml ', 'bxml', 'SEFT', 'sefd']);
const WITH_PICTURE_OR_SOUND = new Set(['vide', 'soun']);

type Walk = { file: FileHandle; left: number; changed: boolean };

async function* boxesOf(walk: Walk, from: number, to: number): AsyncGenerator<Box> {
  let at = from;
  while (at + 8 <= to) {
    walk.left -= 1;
    if (walk.left < 0) throw new Malformed('it has too many boxes');
    const head = await readAt(walk.file, at, 8);
    let size = head.readUInt32BE(0);
    let body = at + 8;
    if (size === 1) {
      const long = (await readAt(walk.file, body, 8)).readBigUInt64BE(0);
      if (long > BigInt(to)) throw new Malformed('a box is larger than the file');
      size = Number(long);
      body += 8;
    } else if (size === 0) size = to - at;
    if (size < body - at || at + size > to) throw new Malformed('a box does not fit');
    yield { type: head.toString('latin1', 4, 8), at, body, end: at + size };
    at += size;
  }
}

/** Makes a box free room of the same size, filled with zeros. */
async function blank(walk: Walk, box: Box): Promise<void> {
  if (box.type !== 'free') await walk.file.write(Buffer.from('free', 'latin1'), 0, 4, box.at + 4);
  await zero(walk.file, box.body, box.end);
  walk.changed = true;
}

/** Blanks metadata of an MP4 or QuickTime film, and tracks that are neither picture nor sound with what they point at. */
export async function blankMp4(file: FileHandle, size: number): Promise<boolean> {
  const walk: Walk = { file, left: BOXES_MAX, changed: false };
  let movies = 0;
  for await (const box of boxesOf(walk, 0, size)) {
    if (box.type === 'moov') movies += 1;
    if (BLANKED.has(box.type)) await blank(walk, box);
    else if (INSIDE.has(box.type)) await inside(walk, box, size);
  }
  if (movies === 0) throw new Malformed('it has no film in it');
  return walk.changed;
}

async function inside(walk: Walk, parent: Box, size: number): Promise<void> {
  for await (const box of boxesOf(walk, parent.body, parent.end)) {
    if (BLANKED.has(box.type)) await blank(walk, box);
    else if (box.type === 'trak' && !(await isPlayed(walk, box))) {
      await blankSamples(walk, box, size);
      await blank(walk, box);
    } else if (INSIDE.has(box.type)) await inside(walk, box, size);
  }
}

async function find(walk: Walk, parent: Box, ...path: string[]): Promise<Box | undefined> {
  const [type, ...rest] = path;
  if (type === undefined) return parent;
  for await (const box of boxesOf(walk, parent.body, parent.end))
    if (box.type === type) return find(walk, box, ...rest);
  return undefined;
}

/** Whether a track is picture or sound: others are timed metadata, such as a camera's GPS. */
async function isPlayed(walk: Walk, track: Box): Promise<boolean> {
  const handler = await find(walk, track, 'mdia', 'hdlr');
  if (!handler || handler.end - handler.body < 12) throw new Malformed('a track does not say what it is');
  return WITH_PICTURE_OR_SOUND.has((await readAt(walk.file, handler.body + 8, 4)).toString('latin1'));
}

async function table(walk: Walk, box: Box | undefined): Promise<Buffer | undefined> {
  if (!box) return undefined;
  if (box.end - box.body > TABLE_BYTES_MAX) throw new Malformed('a table is too large');
  return readAt(walk.file, box.body, box.end - box.body);
}

/** Zeros what a track's chunks hold. A chunk's length is the sum of its samples, by the tables of the track. */
async function blankSamples(walk: Walk, track: Box, size: number): Promise<void> {
  const samples = await find(walk, track, 'mdia', 'minf', 'stbl');
  if (!samples) return;
  const sizes = await table(walk, await find(walk, samples, 'stsz'));
  const toChunk = await table(walk, await find(walk, samples, 'stsc'));
  const short = await table(walk, await find(walk, samples, 'stco'));
  const long = await table(walk, await find(walk, samples, 'co64'));
  const offsets = short ?? long;
  if (!sizes || !toChunk || !offsets || sizes.length < 12 || toChunk.length < 8 || offsets.length < 8) return;
  const width = short ? 4 : 8;
  const chunks = Math.min(offsets.readUInt32BE(4), Math.floor((offsets.length - 8) / width));
  const runs = Math.min(toChunk.readUInt32BE(4), Math.floor((toChunk.length - 8) / 12));
  let sample = 0;
  let run = 0;
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    while (run + 1 < runs && toChunk.readUInt32BE(8 + (run + 1) * 12) <= chunk + 1) run += 1;
    const count = runs === 0 ? 0 : toChunk.readUInt32BE(8 + run * 12 + 4);
    const length = lengthOf(sizes, sample, count);
    sample += count;
    const from = short ? offsets.readUInt32BE(8 + chunk * 4) : Number(offsets.readBigUInt64BE(8 + chunk * 8));
    if (from + length > size) throw new Malformed('a track points beyond the file');
    await zero(walk.file, from, from + length);
  }
}

function lengthOf(sizes: Buffer, first: number, count: number): number {
  const fixed = sizes.readUInt32BE(4);
  if (fixed > 0) return fixed * count;
  const known = Math.floor((sizes.length - 12) / 4);
  if (first + count > known) throw new Malformed('a track has more samples than it lists');
  let sum = 0;
  for (let i = first; i < first + count; i += 1) sum += sizes.readUInt32BE(12 + i * 4);
  return sum;
}
