const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS = ['', '拾', '佰', '仟'];
const WAN = 10_000n;
const YI = WAN * WAN;

/** Up to four digits in words; a run of zeros inside is one 零, those at the end are silent. */
function section(value: number): string {
  let words = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      gap = words !== '';
      continue;
    }
    words += `${gap ? '零' : ''}${DIGITS[digit]}${UNITS[place]}`;
    gap = false;
  }
  return words;
}

/** A 零 stands for what is missing at the head of the lower part. */
function joined(high: bigint, unit: string, low: bigint, full: bigint, words: (n: bigint) => string): string {
  if (high === 0n) return words(low);
  return `${words(high)}${unit}${low > 0n && low < full ? '零' : ''}${words(low)}`;
}

const belowYi = (n: bigint): string => joined(n / WAN, '万', n % WAN, 1000n, (part) => section(Number(part)));
const yuanInWords = (n: bigint): string => joined(n / YI, '亿', n % YI, 1000n * WAN, belowYi);

/**
 * An amount in fen as it is written out on invoices and cheques (《支付结算办法》 annex 1): 1234.56 yuan is
 * 壹仟贰佰叁拾肆圆伍角陆分. 整 follows when there are no fen; a 零 stands between yuan and fen without jiao. Negative
 * amounts (red letters) begin with （负数）. @throws RangeError for parts of a fen.
 */
export function capitalAmount(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`capitalAmount: ${fen} is no number of fen`);
  const whole = BigInt(Math.abs(fen));
  const yuan = whole / 100n;
  const jiao = Number((whole / 10n) % 10n);
  const rest = Number(whole % 10n);
  const big = yuan === 0n ? '' : `${yuanInWords(yuan)}圆`;
  let small = '';
  if (jiao > 0) small = `${DIGITS[jiao]}角`;
  else if (rest > 0 && yuan > 0n) small = '零';
  if (rest > 0) small += `${DIGITS[rest]}分`;
  const words = big === '' && small === '' ? '零圆整' : `${big}${small}${rest > 0 ? '' : '整'}`;
  return fen < 0 ? `（负数）${words}` : words;
}
