import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { evenLayout, type Layout, type Stop } from '../../server/src/modules/fulfilment/domain/routing/layout.ts';

/** A public picker-routing instance with the proven length of its shortest round. */
export type Instance = { name: string; layout: Layout; stops: Stop[]; optimum: number };

/** The files of a tar.gz by their base name; tar is 512-byte blocks, a header before each file. */
function untar(file: string): Map<string, string> {
  const bytes = gunzipSync(readFileSync(file));
  const files = new Map<string, string>();
  for (let at = 0; at + 512 <= bytes.length;) {
    const field = (from: number, length: number): string =>
      bytes.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const name = field(0, 100);
    if (name === '') break;
    const size = Number.parseInt(field(124, 12), 8);
    if (field(156, 1) !== '5') files.set(path.basename(name), bytes.toString('latin1', at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

function rowsOf(file: string): string[][] {
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(','));
}

/** Cells are counted from the top; with two blocks the middle cross-aisle takes the place between cells C/2 − 1 and C/2. */
function read(name: string, text: string, blocks: 1 | 2, optimum: number): Instance {
  const number = (key: string): number => {
    const value = Number(new RegExp(`^${key} : (\\d+)`, 'm').exec(text)?.[1]);
    if (!Number.isInteger(value)) throw new Error(`${name} does not say ${key}`);
    return value;
  };
  const cells = number('NUM_CELLS');
  const top = number('DISTANCE_TOP_TO_CELL');
  const step = number('DISTANCE_CELL_TO_CELL');
  const shift = blocks === 2 ? step : 0;
  const y = (cell: number): number => top + cell * step + (cell >= cells / 2 ? shift : 0);
  const layout = evenLayout({
    aisles: number('NUM_AISLES'),
    pitchMm: number('DISTANCE_AISLE_TO_AISLE'),
    lengthMm: y(cells - 1) + number('DISTANCE_BOTTOM_TO_CELL'),
    middleMm: blocks === 2 ? [y(cells / 2 - 1) + step] : [],
    depot: { aisle: number('DEPOT_AISLE'), end: /^DEPOT_LOCATION : top/m.test(text) ? 'front' : 'back' },
  });
  const lines = text.matchAll(/^ID (\d+) AISLE (\d+) CELL (\d+) QUANTITY/gm);
  const stops = [...lines].map(([, id, aisle, cell]) => ({ id: id!, aisle: Number(aisle), yMm: y(Number(cell)) }));
  if (new Set(stops.map((s) => s.id)).size !== stops.length) throw new Error(`${name} leaves a choice of places`);
  return { name, layout, stops, optimum };
}

/** The instances of a folder that holds `instances.tar.gz`, `optima-one-block.csv` and `optima-two-block.csv`. */
export function readInstances(folder: string): { one: Instance[]; two: Instance[] } {
  const files = untar(path.join(folder, 'instances.tar.gz'));
  const textOf = (name: string): string => {
    const text = files.get(name);
    if (text === undefined) throw new Error(`instances.tar.gz does not hold ${name}`);
    return text;
  };
  const one = rowsOf(path.join(folder, 'optima-one-block.csv')).map(([, m, c, a, alpha, seed, , length]) => {
    const name = `unit_F${alpha}_m${m}_C${c}_a${a}_${seed}.txt`;
    return read(name, textOf(name), 1, Number(length));
  });
  const two = rowsOf(path.join(folder, 'optima-two-block.csv')).map(([name, , , , , , length]) =>
    read(name!, textOf(name!), 2, Number(length)),
  );
  return { one, two };
}
