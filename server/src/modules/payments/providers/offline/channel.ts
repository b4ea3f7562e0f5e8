import type { Channel } from '../channel.ts';

/**
 * A way to pay that has no system to ask: what came is known from our bank account or from the courier. It never says that
 * something was paid, and pays nothing back by itself, so a refund becomes a payout by hand.
 */
const offline = (code: string, why: string, payUrl?: (paymentId: string) => string): Channel => ({
  code,
  needsAccount: false,
  ...(payUrl ? { payUrl } : {}),
  open: async () => ({}),
  query: async () => ({ state: 'open' }),
  close: async () => 'closed',
  refund: async () => ({ state: 'refused', why }),
  queryRefund: async () => ({ state: 'not_found' }),
  verify: async (_env, { body }) => ({ ok: false, verdict: 'bad_signature', payload: { bytes: body.length } }),
  repeats: 'refused',
  acknowledgement: { type: 'application/json', body: '{}' },
});

export const BANK_TRANSFER = 'bank_transfer';
export const CASH_ON_DELIVERY = 'cod';

/** The customer transfers money to an account of ours, and names the payment. */
export const bankTransfer = offline(
  BANK_TRANSFER,
  'a transfer is paid back by hand',
  (paymentId) => `/pay/transfer/${paymentId}`,
);

/** The courier collects at the door and hands over later. Opened only when a parcel was delivered. */
export const cashOnDelivery = offline(CASH_ON_DELIVERY, 'cash is paid back by hand');
