import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const document = z.object({
  no: z.string(),
  warehouse: z.string(),
  lines: z.int(),
  units: z.int(),
  reference: z.string().nullable(),
});
export const WarehouseCreated = defineEvent('inventory.warehouse_created.v1', z.object({ code: z.string() }));
export const ServiceChanged = defineEvent(
  'inventory.service_changed.v1',
  z.object({ code: z.string(), regions: z.int() }),
);
export const StockReceived = defineEvent('inventory.stock_received.v1', document);
export const StockAdjusted = defineEvent('inventory.stock_adjusted.v1', document);
export const AdjustmentAsked = defineEvent('inventory.adjustment_asked.v1', document);
export const TransferSent = defineEvent('inventory.transfer_sent.v1', document.extend({ to: z.string() }));
export const TransferReceived = defineEvent('inventory.transfer_received.v1', document.extend({ to: z.string() }));
export const ZoneCreated = defineEvent(
  'inventory.zone_created.v1',
  z.object({ warehouse: z.string(), zone: z.string() }),
);
export const BinsCreated = defineEvent('inventory.bins_created.v1', z.object({ warehouse: z.string(), bins: z.int() }));
export const LayoutChanged = defineEvent('inventory.layout_changed.v1', z.object({ warehouse: z.string() }));
/** A document other than those above was booked: goods moved, changed their state, were made into others, or it was undone. */
export const StockChanged = defineEvent(
  'inventory.stock_changed.v1',
  document.extend({ kind: z.enum(['move', 'freeze', 'unfreeze', 'damage', 'scrap', 'kit', 'unkit', 'reversal']) }),
);
export const KitChanged = defineEvent('inventory.kit_changed.v1', z.object({ sku: z.string(), components: z.int() }));
export const DeliveryExpected = defineEvent(
  'inventory.delivery_expected.v1',
  document.extend({ supplier: z.string() }),
);
export const DeliveryClosed = defineEvent(
  'inventory.delivery_closed.v1',
  z.object({ no: z.string(), warehouse: z.string(), supplier: z.string(), over: z.int(), short: z.int() }),
);
export const BatchStateChanged = defineEvent(
  'inventory.batch_state_changed.v1',
  z.object({ sku: z.string(), batch: z.string(), state: z.string(), reason: z.string(), units: z.int() }),
);
