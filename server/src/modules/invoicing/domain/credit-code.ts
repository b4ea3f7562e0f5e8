/** GB 32100-2015 leaves I, O, S, V and Z out: they are read as digits. The place in the list is a sign's value. */
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;
const OLD_TAX_ID = /^\d{15}$/;
/** Personal identity numbers of sole traders, registered for tax with them before they had a credit code. */
const SOLE_TRADER = /^\d{17}[\dX]$|^\d{20}$/;
const BODY_LENGTH = 8; // GB 11714, inside the code: its organisation code and check sign

const valueOf = (sign: string | undefined): number => SIGNS.indexOf(sign ?? '');

/** GB 32100-2015 annex B: weights are powers of 3 modulo 31. `body` is the first 17 signs. */
function creditCheckSign(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const sign of body) {
    sum += valueOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31] as string;
}

/** GB 11714-1997: the organisation's own code carries a check sign too, here letters count from A = 10 on. */
function organisationCheckSign(body: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, sign, i) => total + Number.parseInt(sign, 36) * (weights[i] as number), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** A tax id as it is typed or pasted: spaces and dashes out, letters upper case. */
export const normaliseTaxId = (text: string): string => text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();

/** Whether the 18 signs are a unified social credit code whose last sign agrees with the others (GB 32100-2015). */
export const isCreditCode = (code: string): boolean =>
  CODE.test(code) && creditCheckSign(code.slice(0, 17)) === code[17];

/** Whether the organisation code inside (signs 9–17) agrees with itself as well; some codes of sole traders do not. */
export function hasOrganisationCode(code: string): boolean {
  const inside = code.slice(8, 17);
  return organisationCheckSign(inside.slice(0, BODY_LENGTH)) === inside[BODY_LENGTH];
}

export type TaxIdVerdict = 'valid' | 'old' | 'bad_check' | 'malformed';

/**
 * What a normalised tax id is. `old` are the numbers of before 2015: 15 digits, or those of sole traders (an identity
 * number, or one with two digits more). They carry no check sign that could be tested; whether they are taken is the
 * organisation's setting, since the tax bureau has moved nearly everybody to credit codes.
 */
export function judgeTaxId(id: string): TaxIdVerdict {
  if (isCreditCode(id)) return 'valid';
  if (OLD_TAX_ID.test(id) || (SOLE_TRADER.test(id) && !id.startsWith('9'))) return 'old';
  return CODE.test(id) ? 'bad_check' : 'malformed';
}
