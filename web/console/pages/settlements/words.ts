/** What the server settles, in the order statements show it. */
export const ITEM_KINDS = [
  'sale',
  'refund',
  'commission',
  'fee',
  'compensation',
  'adjustment',
  'hold',
  'release',
  'carry_in',
  'carry_out',
] as const;
export const STATEMENT_STATES = [
  'draft',
  'submitted',
  'rejected',
  'approved',
  'paying',
  'failed',
  'paid',
  'closed',
] as const;
export const PARTY_KINDS = ['shop', 'supplier', 'station'] as const;

/** A rate in millionths as people say it: 50000 is 5. */
export const percentOf = (millionths: number): number => millionths / 10_000;
/** And back: what people typed, as whole millionths. */
export const millionthsOf = (percent: number | null | undefined): number => Math.round((percent ?? 0) * 10_000);
