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
