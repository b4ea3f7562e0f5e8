import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { openPersonal } from '../../present.ts';
import type { OrderRow } from '../../store/orders.ts';

type Word = {
  template: string;
  dedupeKey: string;
  data: Readonly<Record<string, unknown>>;
  /** Goes into the e-mail and nowhere else; without an address nobody is told. */
  secret?: Readonly<Record<string, string>>;
};

/** Tells the customer of an order something, in the organisation's language. Returns whether an e-mail goes out. */
export async function tellCustomer(tx: Tx, ctx: Ctx, order: OrderRow, word: Word): Promise<boolean> {
  await fieldCrypto.load(tx.orgId);
  const customer = (await customersByIds(tx, [order.customer_id])).get(order.customer_id);
  const email = openPersonal(tx.orgId, order).email ?? customer?.email;
  if (word.secret !== undefined && email === undefined) return false;
  const { locale } = one(
    await tx.query<{ locale: 'zh-CN' | 'en' }>('select locale from kernel.orgs where id = $1', [tx.orgId]),
  );
  const told = await notify(tx, ctx, {
    template: word.template,
    to: { kind: 'customer', id: order.customer_id, email, locale },
    dedupeKey: word.dedupeKey,
    data: word.data,
    ...(word.secret === undefined ? {} : { secret: word.secret, channels: ['email'] as const }),
  });
  return told.includes('email');
}
