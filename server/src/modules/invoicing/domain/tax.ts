import { assert } from '#kernel/assert.ts';

/** VAT rates goods can have, in basis points: 13, 9, 6, 5, 3, 1.5, 1 and 0 %. */
export const TAX_RATES_BP = [1300, 900, 600, 500, 300, 150, 100, 0] as const;
export type TaxRateBp = (typeof TAX_RATES_BP)[number];

/** Codes of 增值税特殊管理 (the bureau's two digits, 01 简易征收 … 18 超税负6%即征即退). */
export const POLICIES = Array.from({ length: 18 }, (_, i) => String(i + 1).padStart(2, '0'));
/** 03 免税 and 04 不征税: nothing is charged, and the rate is not shown as a rate. */
export const EXEMPT = '03';
export const NOT_TAXABLE = '04';

/** 19 digits of 商品和服务税收分类编码. The first digit is the chapter, 1 goods to 6 not taxable. */
export const TAX_CODE = /^[1-7]\d{18}$/;

const B = BigInt;
/** a × b / c, rounded half up, without passing through a double. All ≥ 0. */
const share = (a: number, b: number, c: number): number => Number((2n * B(a) * B(b) + B(c)) / (2n * B(c)));

/** The tax within an amount that includes it: amount × rate / (1 + rate), to the nearest minor unit. */
export const taxWithin = (amount: number, rateBp: number): number => share(amount, rateBp, 10_000 + rateBp);

/** Most the sum of line taxes may differ from the tax of the sum, in minor units: what providers tolerate. */
export const TAX_TOLERANCE = 6;

/**
 * The tax of each line, in minor units. Within a rate it is the difference of two running taxes, so that no line is more
 * than one unit off its own tax and all of them together are the tax of their sum: however many lines there are, the
 * document stays within {@link TAX_TOLERANCE}.
 */
export function taxOfLines(lines: readonly { amount: number; rateBp: number }[]): number[] {
  const running = new Map<number, number>();
  const taxes = lines.map(({ amount, rateBp }) => {
    const before = running.get(rateBp) ?? 0;
    running.set(rateBp, before + amount);
    return taxWithin(before + amount, rateBp) - taxWithin(before, rateBp);
  });
  for (const [rateBp, amount] of running) {
    const sum = lines.reduce((n, l, i) => n + (l.rateBp === rateBp ? (taxes[i] as number) : 0), 0);
    assert(Math.abs(sum - taxWithin(amount, rateBp)) <= TAX_TOLERANCE, 'line taxes are the tax of their sum');
  }
  return taxes;
}

/** The part of a line's tax that goes with `more` of its amount, after `before` of it has gone: parts add up to the tax. */
export function taxShare(line: { amount: number; tax: number }, before: number, more: number): number {
  if (line.amount === 0) return 0;
  return share(line.tax, before + more, line.amount) - share(line.tax, before, line.amount);
}
