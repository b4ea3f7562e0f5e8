import { defineReveal } from '#kernel/audit/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { openPersonal } from './present.ts';
import { visibleOrder } from './queries/order.ts';

/** Who an order goes to, and where, in the clear: for those who may, with a reason that is recorded. */
export const revealOrder = defineReveal({
  kind: 'order',
  permission: 'orders.order.read',
  load: async (tx, id, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    const row = await visibleOrder(tx, ctx, id);
    const { name, phone, province, city, district, address, country, remark, email } = openPersonal(ctx.orgId, row);
    const buyer = (await customersByIds(tx, [row.customer_id])).get(row.customer_id);
    return {
      name,
      phone,
      province,
      city,
      district,
      address,
      country: country ?? '',
      remark: remark ?? '',
      customerName: buyer?.name ?? '',
      customerPhone: buyer?.phone ?? '',
      customerEmail: email ?? buyer?.email ?? '',
    };
  },
});
