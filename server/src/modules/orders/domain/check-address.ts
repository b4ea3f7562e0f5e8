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

/** Problems of where an order goes; `phone` is the normalised number. */
export function checkShipTo(shipTo: ShipTo, phone: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isPhone(phone)) problems.push({ path: 'shipTo.phone', code: 'bad_phone' });
  const domestic = isDomestic(shipTo);
  // Abroad not every address has three levels of division; at home all are printed on the waybill.
  const needed = domestic
    ? (['name', 'province', 'city', 'district', 'address'] as const)
    : (['name', 'city', 'address'] as const);
  for (const field of needed)
    if (shipTo[field].trim() === '') problems.push({ path: `shipTo.${field}`, code: 'required' });
  return problems;
}

/** Whether an address is at home; Hong Kong, Macau and Taiwan are when they are given as provinces. */
export const isDomestic = (shipTo: ShipTo): boolean =>
  shipTo.country === undefined || /^(CN|CHN|中国|China)?$/i.test(shipTo.country.trim());

type Checked = { get(key: string): DivisionCheck | undefined; set(key: string, value: DivisionCheck): void };

/**
 * As checkShipTo, and whether province, city and district agree (ORD-2); `checked` remembers what was found of a place.
 * `phone` is the normalised number.
 */
export function checkAddress(shipTo: ShipTo, phone: string, divisions: Divisions, checked: Checked): DivisionCheck {
  if (!isDomestic(shipTo)) return { problems: checkShipTo(shipTo, phone), doubts: [] };
  const key = `${shipTo.province}\u001f${shipTo.city}\u001f${shipTo.district}`;
  let found = checked.get(key);
  if (!found) {
    found = checkDivisions(shipTo, divisions);
    checked.set(key, found);
  }
  const problems: FieldProblem[] = [];
  if (!isPhone(phone)) problems.push({ path: 'shipTo.phone', code: 'bad_phone' });
  if (shipTo.name.trim() === '') problems.push({ path: 'shipTo.name', code: 'required' });
  problems.push(...found.problems);
  if (shipTo.address.trim() === '') problems.push({ path: 'shipTo.address', code: 'required' });
  return { ...found, problems };
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
