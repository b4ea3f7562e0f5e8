import { randomBytes } from 'node:crypto';

/** Letters and digits nobody takes for another: no 0 O 1 I L. As many as a prime, which makes the check character sure. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BASE = ALPHABET.length;
const BODY = 15; // 31^15 = 74 bits: not to be guessed
const CODE = /^(.{4})(.{4})(.{4})(.{4})$/;

/** Any one wrong character and any two neighbours changed over give another check character. */
function check(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) sum += ALPHABET.indexOf(body[i] as string) * (i + 1);
  return ALPHABET[sum % BASE] as string;
}

const grouped = (plain: string): string => plain.replace(CODE, '$1-$2-$3-$4');

/** Fresh codes like K7M2-9QXF-3T8W-ABCD, in no order. Two equal ones are less likely than a broken disk. */
export function newCouponCodes(count: number): string[] {
  const codes: string[] = [];
  const limit = 256 - (256 % BASE); // bytes above would make some characters likelier
  let pool = randomBytes(0);
  let at = 0;
  while (codes.length < count) {
    let body = '';
    while (body.length < BODY) {
      if (at >= pool.length) {
        pool = randomBytes(65_536);
        at = 0;
      }
      const byte = pool[at] as number;
      at += 1;
      if (byte < limit) body += ALPHABET[byte % BASE];
    }
    codes.push(grouped(body + check(body)));
  }
  return codes;
}

/** What somebody typed as a code is written, or undefined when it cannot be one. Case, blanks and hyphens do not matter. */
export function readCouponCode(typed: string): string | undefined {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  if (plain.length !== BODY + 1 || [...plain].some((c) => !ALPHABET.includes(c))) return undefined;
  return check(plain.slice(0, BODY)) === plain[BODY] ? grouped(plain) : undefined;
}
