import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { notify, reachBy } from '#kernel/notifications/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { openPersonal } from '../../present.ts';
import type { OrderRow } from '../../store/orders.ts';

type Word = {
  template: string;
  dedupeKey: string;
  data: Readonly<Record<string, unknown>>;
  /** Goes into the e-mail or SMS and nowhere else; where neither reaches the customer nobody is told. */
  secret?: Readonly<Record<string, string>>;
};

/** Tells the customer of an order something, in the organisation's language. Returns whether an e-mail or SMS goes out. */
export async function tellCustomer(tx: Tx, ctx: Ctx, order: OrderRow, word: Word): Promise<boolean> {
  await fieldCrypto.load(tx.orgId);
  const customer = (await customersByIds(tx, [order.customer_id])).get(order.customer_id);
  const { email: given, phone } = openPersonal(tx.orgId, order);
  const email = given ?? customer?.email;
  const by = await reachBy(tx, word.template, { email, phone });
  if (word.secret !== undefined && by === undefined) return false;
  const { locale } = one(
    await tx.query<{ locale: 'zh-CN' | 'en' }>('select locale from kernel.orgs where id = $1', [tx.orgId]),
  );
  const told = await notify(tx, ctx, {
    template: word.template,
    to: { kind: 'customer', id: order.customer_id, email, phone, locale },
    dedupeKey: word.dedupeKey,
    data: word.data,
    ...(word.secret === undefined || by === undefined ? {} : { secret: word.secret, channels: [by] }),
  });
  return by !== undefined && told.includes(by);
}
