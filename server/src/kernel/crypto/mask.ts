import { normalisePhone } from './normalise.ts';

/** `138****1234`; other numbers keep two digits at each end, short ones nothing. */
export function maskPhone(phone: string): string {
  const plain = normalisePhone(phone);
  if (plain === '') return '';
  if (/^1\d{10}$/.test(plain)) return `${plain.slice(0, 3)}****${plain.slice(-4)}`;
  const plus = plain.startsWith('+') ? '+' : '';
  const digits = plain.slice(plus.length);
  return digits.length < 7 ? '****' : `${plus}${digits.slice(0, 2)}****${digits.slice(-2)}`;
}

/** 张三 → 张*, 张小明 → 张*明, 欧阳小明 → 欧**明, John Smith → J*** S***. */
export function maskName(name: string): string {
  const plain = name.normalize('NFKC').trim();
  if (!/\p{Script=Han}/u.test(plain)) {
    return plain
      .split(/\s+/u)
      .filter((word) => word !== '')
      .map((word) => `${[...word][0]}***`)
      .join(' ');
  }
  const letters = [...plain.replace(/\s+/gu, '')];
  const [first = ''] = letters;
  if (letters.length <= 2) return `${first}*`;
  return `${first}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`;
}

// Each level is short and contains no word of a lower one, so that nothing finer than a district is taken for a region.
const IN_NAME = '[^省市区县镇乡路街道村号弄栋幢\\s\\d]';
const REGION = new RegExp(
  `^(?:${IN_NAME}{1,8}?(?:省|自治区|特别行政区|市)\\s*)?` +
    `(?:${IN_NAME}{1,9}?(?:自治州|地区|盟|市)\\s*)?` +
    `(?:${IN_NAME}{1,10}?(?:自治县|自治旗|新区|区|县|市|旗))?`,
  'u',
);

/**
 * Keeps province, city and district and hides the rest. Give the parts when they are known; of one running text the
 * part up to the district is kept, and nothing when there is none to be seen.
 */
export function maskAddress(address: string | { province?: string; city?: string; district?: string }): string {
  if (typeof address !== 'string') {
    const { province = '', city = '', district = '' } = address;
    return `${province}${city === province ? '' : city}${district}****`;
  }
  const kept = REGION.exec(address.normalize('NFKC').trim())?.[0] ?? '';
  return `${kept}****`;
}

/** `z***@example.com`; the domain stays, it tells whether the address is a company's or private. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  return `${[...email][0]}***${email.slice(at)}`;
}
