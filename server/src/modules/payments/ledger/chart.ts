export type Side = 'debit' | 'credit';
export type AccountClass = 'asset' | 'liability' | 'income' | 'expense';
type Account = { readonly number: string; readonly class: AccountClass };

/**
 * The accounts there are, by the code postings name, with their number in the Chinese accounting standard. `clearing` has
 * one for each channel: `clearing.wechat`. An account comes to be in an organisation's books when it is first posted to.
 */
export const CHART = {
  bank: { number: '1002', class: 'asset' },
  /** Money a channel has taken for us and not yet settled. */
  clearing: { number: '1012', class: 'asset' },
  /** What we and a channel have not alike, until it is known why. */
  differences: { number: '1901', class: 'asset' },
  /** Accepted for a shop, owed to it until it is settled. */
  merchants_payable: { number: '2202', class: 'liability' },
  /** Paid by customers, for what they have not got for good yet. */
  prepayments: { number: '2203', class: 'liability' },
  /** Asked back, and not with the customer yet. */
  refunds_in_transit: { number: '2241.01', class: 'liability' },
  /** Money nobody was waiting for. */
  suspense: { number: '2241.02', class: 'liability' },
  /** Points and coupons customers were given for their trouble, until they are taken back or run out unused. What they were used for is not followed. */
  points_promised: { number: '2241.03', class: 'liability' },
  coupons_promised: { number: '2241.04', class: 'liability' },
  sales: { number: '6001', class: 'income' },
  /** What shops are charged for what they sell through us. */
  commissions: { number: '6051', class: 'income' },
  /** What customers pay for having things mended, once they are. */
  repair_fees: { number: '6051.02', class: 'income' },
  forfeited_deposits: { number: '6301', class: 'income' },
  difference_gains: { number: '6301.02', class: 'income' },
  /** What suppliers have delivered. */
  purchase_costs: { number: '6401', class: 'expense' },
  /** What stations are owed for their work. */
  station_services: { number: '6601', class: 'expense' },
  channel_fees: { number: '6603', class: 'expense' },
  compensation: { number: '6711', class: 'expense' },
  /** What two people have agreed to settle otherwise, either way. */
  settlement_adjustments: { number: '6711.01', class: 'expense' },
  /** Money for customers' trouble. */
  compensation_cash: { number: '6711.03', class: 'expense' },
  /** Points and coupons for it, at what they are worth. */
  compensation_points: { number: '6711.04', class: 'expense' },
  compensation_coupons: { number: '6711.05', class: 'expense' },
  difference_losses: { number: '6711.02', class: 'expense' },
} as const satisfies Readonly<Record<string, Account>>;

export type AccountKind = keyof typeof CHART;
export type AccountCode = Exclude<AccountKind, 'clearing'> | `clearing.${string}`;

/** The account of what a channel owes us. */
export const clearingOf = (channel: string): AccountCode => `clearing.${channel}`;

/** What stands in the chart for an account of the books, and which channel's it is. */
export function readCode(code: string): (Account & { kind: AccountKind; part: string | null }) | undefined {
  const [kind = '', part = null] = code.split('.', 2);
  if (!Object.hasOwn(CHART, kind)) return undefined;
  return { ...CHART[kind as AccountKind], kind: kind as AccountKind, part };
}

/** On which side an account grows. */
export const sideOf = (of: AccountClass): Side => (of === 'asset' || of === 'expense' ? 'debit' : 'credit');
