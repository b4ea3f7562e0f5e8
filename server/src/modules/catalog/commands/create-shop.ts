import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { ShopCodeTaken } from '../errors.ts';
import { ShopCreated } from '../events.ts';
import { presentShop } from '../present.ts';
import type { CreateShop, ShopView } from '../schema.ts';
import { insertShop } from '../store/shops.ts';

/** Opens a shop. Its currency never changes: every price and order of the shop is in it. */
export async function createShop(tx: Tx, ctx: Ctx, input: CreateShop): Promise<z.input<typeof ShopView>> {
  const row = await insertShop(tx, { id: newId(), ...input, created_at: ctx.now, version: 1 });
  if (!row) throw new ShopCodeTaken({ shop: input.code });
  await ShopCreated.emit(tx, ctx, row.id, { code: row.code });
  return presentShop(row);
}
