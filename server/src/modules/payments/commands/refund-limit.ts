import { defineLimit } from '#kernel/limits.ts';
import { paymentSettings } from '../settings.ts';

/** Up to which amount one person sends money back alone: by the channel, or by hand. */
export const refundLimit = defineLimit({
  name: 'payments.refund',
  unit: 'money',
  permission: 'payments.refund.create',
  organisation: async (tx) => (await paymentSettings.get(tx)).refundLimit,
});
