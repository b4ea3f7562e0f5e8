import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

export const AskBackInStock = z
  .object({
    sku: text(80),
    shop: text(60).optional(),
    /** An e-mail address or a telephone number, at least one. */
    customer: z.object({
      email: z.email().max(320).optional(),
      phone: text(40)
        .regex(/^[+\d][\d\s()-]{4,38}$/)
        .optional(),
      name: text(100).optional(),
    }),
  })
  .meta({ id: 'AskBackInStock' });
export const AskBackInStockPublic = AskBackInStock.extend({
  /** The organisation's code: who asks has no credential that tells. */
  org: text(40),
});
export const WAITING_STATES = ['waiting', 'told', 'expired', 'withdrawn'] as const;
export const BackInStockView = z
  .object({
    id: z.uuid(),
    sku: z.string(),
    /** Masked; POST /personal-data/reveal shows them, with a reason and a record. */
    name: z.string(),
    phone: z.string(),
    email: z.string(),
    state: z.enum(WAITING_STATES),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BackInStock' });
export const BackInStockCount = z
  .object({
    sku: z.string(),
    title: z.string(),
    waiting: z.int(),
    available: z.int(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'BackInStockCount' });
export const ListBackInStock = z.object({ ...listInput, sku: text(80) });
export const WithdrawalView = z.object({ state: z.enum(WAITING_STATES), title: z.string() }).meta({ id: 'Withdrawal' });
