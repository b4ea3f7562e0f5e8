import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { ShopRow } from '#modules/catalog/index.ts';
import type { CustomerRef } from './schema.ts';

/** What promotions ask of modules above them. The composition root sets them before the first request. */
export type PromotionPorts = {
  /** The key orders match the customer by; null when nothing given says who it is. */
  buyerKey(tx: Tx, ctx: Ctx, shop: ShopRow, customer: CustomerRef): Promise<Buffer | null>;
  /** What an order of goods that come to `goods` (after discounts) pays for carriage, in minor units. */
  freight(tx: Tx, ctx: Ctx, shop: ShopRow, goods: number): Promise<number>;
};

// Until somebody says otherwise nobody is known by anything, and carriage costs nothing.
let ports: PromotionPorts = { buyerKey: async () => null, freight: async () => 0 };

export function setPromotionPorts(given: PromotionPorts): void {
  ports = given;
}
export const buyerOf: PromotionPorts['buyerKey'] = (...asked) => ports.buyerKey(...asked);
export const freightOf: PromotionPorts['freight'] = (...asked) => ports.freight(...asked);
