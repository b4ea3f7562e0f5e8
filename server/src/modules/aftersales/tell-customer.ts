import type { Ctx, Locale } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { openPersonal, type OrderRow } from '#modules/orders/index.ts';

/** Tells the customer of an order something, in the organisation's language. Texts: `notify.<template>`; no personal data in `data`. */
export async function tellCustomer(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  word: { template: string; dedupeKey: string; data: Readonly<Record<string, unknown>> },
): Promise<void> {
  await fieldCrypto.load(tx.orgId);
  const customer = (await customersByIds(tx, [order.customer_id])).get(order.customer_id);
  const personal = openPersonal(tx.orgId, order);
  const { locale } = one(
    await tx.query<{ locale: Locale }>('select locale from kernel.orgs where id = $1', [tx.orgId]),
  );
  await notify(tx, ctx, {
    template: word.template,
    to: {
      kind: 'customer',
      id: order.customer_id,
      email: personal.email ?? customer?.email,
      phone: personal.phone,
      locale,
    },
    dedupeKey: word.dedupeKey,
    data: { ...word.data, orderId: order.id },
  });
}
