/** A fall of a price: from a moment on it was lower than before. Minor units. */
export type Fall = { fromAt: Date; was: number; price: number };

/** What is known of a line. Money in minor units. */
export type LineFacts = {
  kind: 'goods' | 'gift';
  /** Bought in a flash sale 秒杀. */
  flash: boolean;
  quantity: number;
  /** Neither cancelled nor returned, nor given up or asked back in a case. */
  kept: number;
  payable: number;
  /** What can still be given back of it. */
  left: number;
  /** The price it was protected down to last; null = never. */
  protectedTo: number | null;
};

export const WHY_NOT = [
  'gift',
  'flash_sale',
  'nothing_kept',
  'no_fall',
  'already_given',
  'window_over',
  'not_by_policy',
  'being_checked',
  'nothing_left',
] as const;
export type WhyNot = (typeof WHY_NOT)[number];

/** What the line was last worth, for a unit: what was really paid, after all discounts, or what it was protected down to. */
export const priceFrom = (line: LineFacts): number =>
  line.protectedTo ?? Math.ceil(line.payable / Math.max(line.quantity, 1));

/** What keeps a line from being protected whatever the price does. */
export function excluded(line: LineFacts): WhyNot | undefined {
  if (line.kind === 'gift') return 'gift';
  if (line.flash) return 'flash_sale';
  return line.kept <= 0 ? 'nothing_kept' : undefined;
}

/**
 * What goes back for a fall to `price`: the difference for every unit still kept. The first time from the line's own payable,
 * so that fractions of a minor unit stay with the shop; afterwards from the price it was protected down to. Never more than
 * is left of the line.
 */
export function amountFor(line: LineFacts, price: number): number {
  const worth =
    line.protectedTo === null
      ? Number((BigInt(line.payable) * BigInt(line.kept)) / BigInt(line.quantity))
      : line.protectedTo * line.kept;
  return Math.max(Math.min(worth - price * line.kept, line.left), 0);
}

/** Whether somebody has to look first: a mistyped price would otherwise be paid out by night. */
export const isSteep = (fall: Fall, steepPercent: number): boolean =>
  (fall.was - fall.price) * 100 > fall.was * steepPercent;
