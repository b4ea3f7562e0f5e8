/** What a channel takes of a payment. `rateMillionths`: 0.6 % = 6000; the others in fen. */
export type Fee = { rateMillionths: number; fixedFen: number; floorFen: number; capFen: number | null };

/** The fee of an amount in fen, as the server counts it: half up, then the fixed part, then floor and cap. */
export function feeOf(amount: number, fee: Fee): number {
  const part = Number((BigInt(amount) * BigInt(fee.rateMillionths) + 500_000n) / 1_000_000n);
  return Math.min(Math.max(part + fee.fixedFen, fee.floorFen), fee.capFen ?? Infinity);
}

/** `0.6` (percent) in millionths; undefined when it is none, or finer than that. */
export function rateOf(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (!match) return undefined;
  const millionths = Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
  return millionths <= 1_000_000 ? millionths : undefined;
}

/** Millionths as percent, without zeros that say nothing: 6000 is `0.6`. */
export const rateText = (millionths: number): string =>
  `${Math.floor(millionths / 10_000)}.${String(millionths % 10_000).padStart(4, '0')}`.replace(/\.?0+$/, '');
