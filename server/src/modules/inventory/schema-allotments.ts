import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';

export const SetAllotment = z
  .object({
    sku: z.string().trim().min(1).max(80),
    warehouse: z.string().trim().min(1).max(60),
    /** As orders name it. */
    channel: z.string().trim().min(1).max(40),
    /** Units kept for it from now on; 0 = none. */
    quantity: z.int().min(0).max(100_000_000),
  })
  .meta({ id: 'SetAllotment' });
export const AllotmentView = z
  .object({
    sku: z.string(),
    title: z.string(),
    warehouse: z.string(),
    channel: z.string(),
    /** Units kept and not yet taken by orders of the channel. */
    quantity: z.int(),
  })
  .meta({ id: 'Allotment' });
export const ListAllotments = z.object({
  ...listInput,
  channel: z.string().max(40).optional(),
  sku: z.string().trim().max(80).optional(),
  warehouse: z.string().max(60).optional(),
});
