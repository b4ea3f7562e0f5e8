import type { Ctx, Locale } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { ordersByIds } from '#modules/orders/index.ts';
import { OrderPlaced } from '#modules/orders/events.ts';
import { addressIndex, learnPeople } from './store/threads.ts';

/** Who orders gives an address: whoever writes under it later is known. Only a blind index of it is kept. */
export const addressesOfOrders = defineSubscriber({
  name: 'support.mail_people',
  types: [OrderPlaced.type],
  run: async (tx, ctx, events) =>
    learnFromOrders(
      tx,
      ctx,
      events.map((e) => e.key),
    ),
});

async function learnFromOrders(tx: Tx, ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const orders = await ordersByIds(tx, [...new Set(orderIds)]);
  const ids = [...new Set(orders.flatMap((o) => o.customer_id ?? []))];
  if (ids.length === 0) return;
  await fieldCrypto.load(ctx.orgId);
  const customers = await customersByIds(tx, ids);
  const people = [...customers.values()].flatMap(({ id, email }) =>
    email ? [{ index: addressIndex(ctx.orgId, email), customerId: id }] : [],
  );
  await learnPeople(tx, people, ctx.now);
}

const HAN = /\p{Script=Han}/u;
const LATIN = /[A-Za-z]{3}/;

/** The language somebody writes in, as far as their words show it. */
export function localeOfText(text: string, otherwise: Locale): Locale {
  if (HAN.test(text)) return 'zh-CN';
  return LATIN.test(text) ? 'en' : otherwise;
}
