import { defineReveal } from '#kernel/audit/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { getCustomer, openCustomer } from './store/customers.ts';

/** A customer's name and how to reach them, in the clear: for those who may, with a reason that is recorded. */
export const revealCustomer = defineReveal({
  kind: 'customer',
  permission: 'customers.customer.read',
  load: async (tx, id, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    const { name, phone, email = '' } = openCustomer(ctx.orgId, (await getCustomer(tx, id)).personal);
    return { name, phone, email };
  },
});
