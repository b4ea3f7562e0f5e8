import { fieldCrypto, normalisePhone } from '#kernel/crypto/index.ts';
import { isDomestic, type ShipTo } from '../domain/check-address.ts';
import type { BlacklistKind } from '../domain/review-rules.ts';
import { checkAddress } from './divisions.ts';

/**
 * One spelling for one address: divisions by their official names, white space and punctuation gone, so that
 * 浙江 杭州 文三路 90号 and 浙江省杭州市文三路90 号 are the same place. The name and the telephone number are no part of it.
 */
export function normaliseAddress(shipTo: ShipTo): string {
  const official = isDomestic(shipTo) ? checkAddress(shipTo).normalised : undefined;
  if (official === undefined) {
    const country = isDomestic(shipTo) ? '' : (shipTo.country ?? '');
    return [country, shipTo.province, shipTo.city, shipTo.district, shipTo.address].map(bare).join('|');
  }
  const { province, city, district } = official;
  const key = `${province.length},${city.length},${province}${city}${district}`; // whatever stands in them, not ambiguous
  let division = divisionsSeen.get(key);
  if (division === undefined) {
    division = ['', province, city, district].map(bare).join('|');
    if (divisionsSeen.size >= SEEN_MAX) divisionsSeen.clear();
    divisionsSeen.set(key, division);
  }
  return `${division}|${bare(shipTo.address)}`;
}

const SEEN_MAX = 5_000;
const divisionsSeen = new Map<string, string>(); // places repeat

const bare = (part: string): string =>
  part
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** The keyed hash of an address, as on `orders.address_idx`. The organisation's keys must be loaded. */
export const addressIdx = (orgId: string, shipTo: ShipTo): Buffer =>
  fieldCrypto.blindIndex(orgId, 'address', normaliseAddress(shipTo));

/** The keyed hash of the device an order came from (whatever text the shop knows it by), as on `orders.device_idx`. */
export const deviceIdx = (orgId: string, device: string): Buffer =>
  fieldCrypto.blindIndex(orgId, 'device', device.trim().toLowerCase());

/** The keyed hash of a telephone number, as on `orders.phone_idx`. */
export const phoneIdx = (orgId: string, phone: string): Buffer =>
  fieldCrypto.blindIndex(orgId, 'phone', normalisePhone(phone));

/** Keyed hashes of an order, in hexadecimal, by what they stand for. */
export type OrderKeys = Partial<Record<BlacklistKind, string | undefined>>;
