/** Channels whose bills are taken. */
export const CHANNELS = ['wechat', 'alipay', 'unionpay', 'sandbox'] as const;
export const KINDS = ['amount', 'status', 'channel_only', 'local_only', 'fee', 'duplicate'] as const;
export const STATES = ['unsettled', 'carried', 'open', 'proposed', 'parked', 'closed'] as const;
export const OUTCOMES = [
  'matched',
  'amount',
  'status',
  'channel_only',
  'fee',
  'duplicate',
  'expected',
  'recorded',
] as const;
