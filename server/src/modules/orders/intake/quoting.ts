import { fieldCrypto, normalisePhone } from '#kernel/crypto/index.ts';
import type { PromotionPorts } from '#modules/promotions/index.ts';
import { freightFor } from '../domain/freight.ts';
import { orderSettings } from '../settings.ts';
import { matchKey } from './prepare.ts';

/** How quotes know what an order would: who buys, by the key orders are matched by, and what sending costs. */
export const promotionPorts: PromotionPorts = {
  async buyerKey(_tx, ctx, shop, customer) {
    const { externalId, phone } = customer;
    if (externalId === undefined && phone === undefined) return null;
    await fieldCrypto.load(ctx.orgId);
    return matchKey(ctx.orgId, shop.id, { customer: { externalId } }, normalisePhone(phone ?? ''));
  },
  freight: async (tx, _ctx, _shop, goods) => freightFor(goods, await orderSettings.get(tx)),
};
