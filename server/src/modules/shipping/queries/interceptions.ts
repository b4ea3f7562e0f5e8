import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { owner } from '../port.ts';
import { presentInterception } from '../present.ts';
import type { InterceptionView, ListInterceptions } from '../schema.ts';
import { listInterceptions as readInterceptions, shipmentsUnderWay } from '../store/interceptions.ts';

const NEWEST = 'newest';
const OF_ORDER_MAX = 200;

/**
 * An order's requests to carriers, newest first, and how many of its parcels still under way a carrier can be asked
 * about. For a page whose reader may see the order.
 */
export async function interceptionsOf(
  tx: Tx,
  orderId: string,
): Promise<{ items: InterceptionView[]; askable: number }> {
  const rows = await readInterceptions(tx, { orderId, limit: OF_ORDER_MAX });
  const underWay = await shipmentsUnderWay(tx, orderId);
  return { items: rows.map(presentInterception), askable: underWay.filter((s) => !s.open).length };
}

export async function listInterceptions(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListInterceptions>,
): Promise<Page<InterceptionView>> {
  const visible = owner().visible;
  // whoever sees only some shops has to name the order
  if (ctx.actor.shops !== null && visible && (input.order === undefined || !(await visible(tx, ctx, input.order)))) {
    throw new Forbidden({ scope: 'shops' });
  }
  const before = input.cursor === undefined ? undefined : String(decodeCursor(NEWEST, input.cursor, 1)[0]);
  const rows = await readInterceptions(tx, {
    orderId: input.order,
    state: input.state,
    before,
    limit: input.limit + 1,
  });
  return pageOf(rows, input.limit, NEWEST, (r) => [r.id], presentInterception);
}
