import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { orderPorts } from '../../ports.ts';
import type { OrderChange } from '../../present.ts';
import { type LineRow, type OrderRow, ordersByIds } from '../../store/orders.ts';
import { lateChange } from '../commands/late-change.ts';
import { isUndoable } from '../commands/undo.ts';
import { numbersOf, type OriginRow, originsAround } from '../store/family.ts';
import { fundRows } from '../store/funds.ts';
import { pendingChange } from '../store/versions.ts';

const idsOf = (origins: readonly OriginRow[], of: (o: OriginRow) => string): string[] => [...new Set(origins.map(of))];

/** What the order is made of and goes on in, whose payments it lives on, and what of a change waits. */
export async function changeOf(tx: Tx, ctx: Ctx, row: OrderRow, lines: readonly LineRow[]): Promise<OrderChange> {
  const origins = await originsAround(tx, row.id);
  const made = origins.filter((o) => o.source_order_id === row.id && o.undone_at === null);
  const from = origins.filter((o) => o.order_id === row.id);
  const madeOf = idsOf(from, (o) => o.source_order_id);
  // One that was undone goes on in what it was made of.
  const by = row.superseded === 'undone' ? madeOf : idsOf(made, (o) => o.order_id);
  const funds = row.derived === null ? [] : await fundRows(tx, [row.id]);
  const numbers = await numbersOf(tx, [...new Set([...by, ...madeOf, ...funds.map((f) => f.payer_order_id)])]);
  const link = (id: string) => ({ id, orderNo: numbers.get(id) ?? '' });
  const open = row.superseded === null && (row.status === 'paid' || row.status === 'pending_payment');
  const pending = open ? await pendingChange(tx, lateChange.kind, row.id, ctx.now) : undefined;
  return {
    supersededBy: row.superseded ? by.map(link) : [],
    madeOf: madeOf.map(link),
    funds: funds.map((f) => ({ ...link(f.payer_order_id), amount: f.amount, refunded: f.refunded })),
    pending: pending
      ? {
          approvalId: pending.id,
          requestedAt: pending.requested_at.toISOString(),
          expiresAt: pending.expires_at.toISOString(),
        }
      : null,
    begun: lines.some((l) => l.shipped > 0) || (open && (await orderPorts().isPicking(tx, row.id))),
    undo: { split: await undoable(tx, row, origins, 'split'), merged: await undoable(tx, row, origins, 'merged') },
  };
}

async function undoable(
  tx: Tx,
  row: OrderRow,
  origins: readonly OriginRow[],
  how: 'split' | 'merged',
): Promise<boolean> {
  const alive = origins.filter((o) => o.how === how && o.undone_at === null);
  if (alive.length === 0 || row.superseded === 'undone') return false;
  return isUndoable(tx, row.id, how, (ids) => ordersByIds(tx, ids));
}
