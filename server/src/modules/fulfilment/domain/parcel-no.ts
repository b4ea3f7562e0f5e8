/**
 * 16 digits: the day (UTC), 9 of `random` (below 10⁹) and a check digit. Digits only and an even number of them, which is
 * the shortest Code 128 there is.
 */
export function parcelNo(now: Date, random: number): string {
  const digits = now.toISOString().slice(2, 10).replaceAll('-', '') + String(random).padStart(9, '0');
  return digits + String(checkDigit(digits));
}

/** EAN's: weights 3 and 1 from the right. */
function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

/** Whether a scanned text can be one of our parcel numbers. */
export const isParcelNo = (text: string): boolean =>
  /^\d{16}$/.test(text) && checkDigit(text.slice(0, 15)) === Number(text[15]);
