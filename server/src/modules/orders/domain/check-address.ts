import type { FieldProblem } from '#kernel/errors.ts';
import { checkDivisions, type DivisionCheck } from './check-divisions.ts';
import type { Divisions } from './divisions.ts';

export type ShipTo = {
  name: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  address: string;
  country?: string | undefined;
};

const CN_MOBILE = /^1[3-9]\d{9}$/;
const CN_LANDLINE = /^0\d{2,3}\d{7,8}$/;
const E164 = /^\+[1-9]\d{6,14}$/;

/** Whether a normalised number (eleven digits, `+…`, or bare digits) can be called. */
export const isPhone = (normalised: string): boolean =>
  CN_MOBILE.test(normalised) || CN_LANDLINE.test(normalised) || E164.test(normalised);

/** Whether an address is at home; Hong Kong, Macau and Taiwan are when they are given as provinces. */
export const isDomestic = (shipTo: ShipTo): boolean =>
  shipTo.country === undefined || /^(CN|CHN|中国|China)?$/i.test(shipTo.country.trim());

type Checked = { get(key: string): DivisionCheck | undefined; set(key: string, value: DivisionCheck): void };

/**
 * Everything about where an order goes (ORD-2): at home province, city and district have to agree, abroad there is no list to
 * hold them against. `phone` is the normalised number, `checked` remembers what was found of a place.
 */
export function checkAddress(shipTo: ShipTo, phone: string, divisions: Divisions, checked: Checked): DivisionCheck {
  const place = isDomestic(shipTo)
    ? placeAtHome(shipTo, divisions, checked)
    : { problems: missing(shipTo, 'city'), doubts: [] };
  const problems: FieldProblem[] = isPhone(phone) ? [] : [{ path: 'shipTo.phone', code: 'bad_phone' }];
  return {
    ...place,
    problems: [...problems, ...missing(shipTo, 'name'), ...place.problems, ...missing(shipTo, 'address')],
  };
}

const missing = (shipTo: ShipTo, field: 'name' | 'city' | 'address'): FieldProblem[] =>
  shipTo[field].trim() === '' ? [{ path: `shipTo.${field}`, code: 'required' }] : [];

function placeAtHome(shipTo: ShipTo, divisions: Divisions, checked: Checked): DivisionCheck {
  const key = `${shipTo.province}\u001f${shipTo.city}\u001f${shipTo.district}`;
  let found = checked.get(key);
  if (!found) {
    found = checkDivisions(shipTo, divisions);
    checked.set(key, found);
  }
  return found;
}

/** What of an address is not personal: for warehouse choice, statistics and the list. */
export const regionOf = (shipTo: ShipTo): string =>
  [
    shipTo.country === undefined || shipTo.country === 'CN' ? '' : shipTo.country,
    shipTo.province,
    shipTo.city,
    shipTo.district,
  ]
    .filter((part) => part.trim() !== '')
    .join('/')
    .slice(0, 200);
