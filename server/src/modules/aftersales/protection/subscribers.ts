import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { PriceChanged } from '#modules/catalog/events.ts';
import { ExternalRefundGivenUp } from '#modules/orders/events.ts';
import { partsOfRefund } from '#modules/orders/index.ts';
import { RefundFailed } from '#modules/payments/events.ts';
import { schedule } from './jobs/nightly.ts';
import { addGivenUp } from './store/protections.ts';

/** The first price that falls winds the nightly clock up. */
export const priceFell = defineSubscriber({
  name: 'aftersales.price_fell',
  types: [PriceChanged.type],
  run: async (tx, ctx, events) => {
    const fell = events.some((e) => {
      const { from, to } = PriceChanged.data.parse(e.data);
      return to < from;
    });
    if (fell) await schedule(tx, ctx);
  },
});

/** A refund that was given up did not bring what it was for. Told by whoever held the money. */
export const protectionGivenUp = defineSubscriber({
  name: 'aftersales.price_protection_given_up',
  types: [RefundFailed.type, ExternalRefundGivenUp.type],
  run: async (tx, _ctx, events) => {
    for (const event of events) {
      const { refundId } = event.data as { refundId: string };
      for (const part of await partsOfRefund(tx, refundId))
        if (part.lineId !== null) await addGivenUp(tx, refundId, part.lineId, part.amount);
    }
  },
});
