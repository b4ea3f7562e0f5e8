import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { getIncident } from './store.ts';

async function remind(tx: Tx, _ctx: Ctx, incidentId: string, template: string): Promise<void> {
  const row = await getIncident(tx, incidentId);
  if (row.owner_id === null || row.resolved_at !== null) return; // nobody has it: the list shows it on top
  await notify(tx, _ctx, {
    template,
    to: { kind: 'user', id: row.owner_id },
    dedupeKey: `${template}:${row.id}:${row.due_at.toISOString()}`,
    data: { no: row.no, dueAt: row.due_at.toISOString() },
  });
}

/** An incident is settled within the hours of the settings; whoever has it is reminded. */
export const incidentClock = defineDeadline({
  kind: 'fulfilment.incident',
  onWarn: (tx, ctx, id) => remind(tx, ctx, id, 'fulfilment.incident_due'),
  onBreach: (tx, ctx, id) => remind(tx, ctx, id, 'fulfilment.incident_overdue'),
});
