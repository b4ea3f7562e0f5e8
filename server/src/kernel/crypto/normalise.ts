const CHINESE_MOBILE = /^1[3-9]\d{9}$/;

/**
 * One spelling for one number, so that a blind index finds it: a Chinese mobile number as its eleven digits, any other
 * with an international prefix as `+…`, the rest as bare digits (a local landline). Empty when there is no digit.
 */
export function normalisePhone(text: string): string {
  if (CHINESE_MOBILE.test(text)) return text; // as nearly all are written
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/\D/g, '');
  const chinese = /^(?:0086|86)?(1[3-9]\d{9})$/.exec(digits)?.[1];
  if (chinese !== undefined && !isForeign(plain)) return chinese;
  if (plain.startsWith('+') || plain.startsWith('(+')) return `+${digits}`;
  return digits.startsWith('00') && digits.length > 8 ? `+${digits.slice(2)}` : digits;
}

/** `+1 380 013 8000` reads like a Chinese mobile number once the plus is gone: only +86 is Chinese. */
function isForeign(plain: string): boolean {
  return /^\(?\+(?!\s*86)/.test(plain);
}

/** One spelling for one name: full-width forms unified, lower case, no white space inside. */
export function normaliseName(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
}

/** Lower case and trimmed. The part before the @ is case-sensitive on paper only. */
export function normaliseEmail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
