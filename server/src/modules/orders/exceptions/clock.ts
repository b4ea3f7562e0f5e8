import { defineDeadline } from '#kernel/deadlines/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { getOrder } from '../store/orders.ts';
import { compensateOverdue } from './commands/compensate-overdue.ts';
import { getException } from './store/exceptions.ts';

/** An exception is settled within a day; its owner is reminded, and the customer of an overdue shortage compensated (ORD-11). */
export const exceptionClock = defineDeadline({
  kind: 'orders.exception',
  onWarn: async (tx, ctx, exceptionId) => {
    const row = await getException(tx, exceptionId);
    if (row.owner_id === null || row.resolved_at !== null) return; // nobody has it: the desk shows it on top
    await notify(tx, ctx, {
      template: 'orders.exception_due',
      to: { kind: 'user', id: row.owner_id },
      dedupeKey: `exception_due:${row.id}:${row.due_at.toISOString()}`,
      data: { no: row.no, orderNo: (await getOrder(tx, row.order_id)).order_no, dueAt: row.due_at.toISOString() },
    });
  },
  onBreach: compensateOverdue,
});
