import type { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { findShop } from '#modules/catalog/index.ts';
import { customersByIds, levelsOf } from '#modules/customers/index.ts';
import { interceptionsOf } from '#modules/shipping/index.ts';
import { seesOrder } from '../policy.ts';
import { type OrderChange, presentOrder } from '../present.ts';
import type { OrderView } from '../schema.ts';
import { ArchiveUnreadable } from './errors.ts';
import { type Archived, readArchived } from './read.ts';
import { archivedByIds, type ArchivedRow, familiesOf, findArchived } from './store.ts';

/** An archived order of the caller's data scope, by id or number; undefined when there is none. */
export async function visibleArchived(tx: Tx, ctx: Ctx, ref: string): Promise<ArchivedRow | undefined> {
  const found = await findArchived(tx, ref);
  return found && seesOrder(ctx, { ...found, id: found.order_id }) ? found : undefined;
}

/** An archived order from its file, with what its relatives say of it. @throws ArchiveUnreadable. */
export async function openArchived(tx: Tx, found: ArchivedRow): Promise<Archived> {
  const archived = (await readArchived(tx, await familiesOf(tx, [found]))).get(found.order_id);
  if (!archived) throw new ArchiveUnreadable({ month: found.created_at.toISOString().slice(0, 7) });
  return archived;
}

async function changeOf(tx: Tx, { row, lines, origins, funds }: Archived): Promise<OrderChange> {
  const made = origins.filter((o) => o.source_order_id === row.id && o.undone_at === null).map((o) => o.order_id);
  const madeOf = origins.filter((o) => o.order_id === row.id).map((o) => o.source_order_id);
  const by = row.superseded === 'undone' ? madeOf : made;
  const relatives = await archivedByIds(tx, [...by, ...madeOf, ...funds.map((f) => f.payer_order_id)]);
  const numbers = new Map(relatives.map((r) => [r.order_id, r.order_no]));
  const link = (id: string) => ({ id, orderNo: numbers.get(id) ?? '' });
  return {
    supersededBy: row.superseded ? [...new Set(by)].map(link) : [],
    madeOf: [...new Set(madeOf)].map(link),
    funds:
      row.derived === null
        ? []
        : funds.map((f) => ({ ...link(f.payer_order_id), amount: f.amount, refunded: f.refunded })),
    pending: null,
    begun: lines.some((l) => l.shipped > 0),
    undo: { split: false, merged: false },
  };
}

/** An archived order as its page shows it: as any other, but nothing can be done with it except to restore it. */
export async function viewArchived(tx: Tx, ctx: Ctx, found: ArchivedRow): Promise<z.input<typeof OrderView>> {
  await fieldCrypto.load(ctx.orgId);
  const archived = await openArchived(tx, found);
  const { row, lines } = archived;
  return {
    ...presentOrder(ctx, {
      row,
      lines,
      reserved: new Map(),
      shop: (await findShop(tx, { id: row.shop_id }))?.code ?? '',
      customer: (await customersByIds(tx, [row.customer_id])).get(row.customer_id),
      level: (await levelsOf(tx, [row.customer_id])).get(row.customer_id),
      interceptions: await interceptionsOf(tx, row.id),
      change: await changeOf(tx, archived),
      atStake: 0,
    }),
    archived: true,
    may: can(ctx, 'orders.archive.manage') ? ['restore'] : [],
  };
}
