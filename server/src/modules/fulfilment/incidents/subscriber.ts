import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { ShortPicked } from '../events.ts';
import { getPick } from '../store/picks.ts';
import { openIncident } from './open-incident.ts';

/** Pieces that were not in their bin are looked into: somebody has to count it. */
export const shortPicksAreIncidents = defineSubscriber({
  name: 'fulfilment.short_picks',
  types: [ShortPicked.type],
  run: async (tx, ctx, events) => {
    for (const event of events) {
      const { pickId, sku, binId, missing } = ShortPicked.data.parse(event.data);
      const pick = await getPick(tx, pickId);
      await openIncident(tx, ctx, {
        kind: 'short',
        source: 'pick',
        warehouseId: pick.warehouse_id,
        orderId: pick.order_id,
        orderNo: pick.order_no,
        pickId,
        sku,
        binId,
        quantity: missing,
        openedBy: event.actorId,
      });
    }
  },
});
