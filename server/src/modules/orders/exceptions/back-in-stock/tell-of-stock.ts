import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { availableOf } from '#modules/inventory/index.ts';
import { BackInStock } from '../events.ts';
import { awaitedSkus, BACK_IN_STOCK_CONTACT, type Contact, endWaiting, expireWaiting, lockWaiting } from './store.ts';

const BATCH = 500;

/**
 * Tells everybody who waits for a SKU that can be ordered again, once each (ORD-17). Who left a telephone number alone is
 * listed for a call. What orders wait for is given to them first.
 */
export async function tellOfStock(tx: Tx, ctx: Ctx): Promise<void> {
  await expireWaiting(tx, ctx.now);
  const free = await availableOf(tx, await awaitedSkus(tx));
  if (free.size === 0) return;
  await fieldCrypto.load(tx.orgId);
  for (const sku of await skusByIds(tx, [...free.keys()])) {
    let told = 0;
    for (
      let batch = await lockWaiting(tx, sku.id, BATCH);
      batch.length > 0;
      batch = await lockWaiting(tx, sku.id, BATCH)
    ) {
      for (const row of batch) {
        const { email } = JSON.parse(fieldCrypto.open(tx.orgId, row.contact, BACK_IN_STOCK_CONTACT)) as Contact;
        await notify(tx, ctx, {
          template: 'orders.back_in_stock',
          to: { kind: 'customer', id: row.id, email, locale: row.locale },
          dedupeKey: `back_in_stock:${row.id}`,
          data: { goods: sku.title, sku: sku.sku },
        });
        await endWaiting(tx, row.id, 'told', ctx.now);
      }
      told += batch.length;
    }
    if (told > 0) await BackInStock.emit(tx, ctx, sku.id, { sku: sku.sku, told });
  }
}
