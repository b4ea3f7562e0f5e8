import type { z } from 'zod';
import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { allWarehouses, damageStock } from '#modules/inventory/index.ts';
import { incidentFlow, type IncidentEvent } from '../domain/flows.ts';
import { IncidentGoodsUnknown } from '../errors.ts';
import { IncidentMoved, RecountAsked } from '../events.ts';
import { fulfilmentSettings } from '../settings.ts';
import { incidentClock } from './clock.ts';
import type { AssignIncident, DismissIncident, IncidentView, NoteIncident, ResolveIncident } from './schema.ts';
import { type IncidentRow, lockIncident, noteMove, saveIncident } from './store.ts';
import { seenIncident, viewIncident } from './view.ts';

async function moved(
  tx: Tx,
  ctx: Ctx,
  row: IncidentRow,
  event: IncidentEvent,
  change: Parameters<typeof saveIncident>[2],
  note: string,
): Promise<IncidentRow> {
  const state = step(incidentFlow, row.state, event);
  const saved = await saveIncident(tx, row, { ...change, state });
  await noteMove(tx, ctx, { incidentId: row.id, event, state, note });
  await IncidentMoved.emit(tx, ctx, row.id, {
    incidentId: row.id,
    no: row.no,
    kind: row.kind,
    state,
    consequence: saved.consequence,
  });
  return saved;
}

const lockSeen = async (tx: Tx, ctx: Ctx, incidentId: string): Promise<IncidentRow> => {
  await seenIncident(tx, ctx, incidentId);
  return lockIncident(tx, incidentId);
};

/** Somebody looks into it: whoever says so, unless it is another's already. */
export async function investigate(tx: Tx, ctx: Ctx, input: z.output<typeof NoteIncident>): Promise<IncidentView> {
  const row = await lockSeen(tx, ctx, input.incidentId);
  const owner = { owner_id: row.owner_id ?? ctx.actor.id };
  return viewIncident(tx, ctx, await moved(tx, ctx, row, 'investigate', owner, input.note));
}

/** Gives an incident to somebody; `me` is whoever asks. */
export async function assign(tx: Tx, ctx: Ctx, input: z.output<typeof AssignIncident>): Promise<IncidentView> {
  const row = await lockSeen(tx, ctx, input.incidentId);
  if (row.resolved_at !== null) throw new TransitionRefused({ from: row.state, event: 'assign', allowed: ['reopen'] });
  const ownerId = input.ownerId === 'me' ? ctx.actor.id : input.ownerId;
  const saved = await saveIncident(tx, row, { owner_id: ownerId });
  await noteMove(tx, ctx, { incidentId: row.id, event: 'assign', state: row.state, note: '' });
  return viewIncident(tx, ctx, saved);
}

/** Ends an incident with what was done about it. @throws IncidentGoodsUnknown, InsufficientStock. */
export async function resolve(tx: Tx, ctx: Ctx, input: ResolveIncident): Promise<IncidentView> {
  const row = await lockSeen(tx, ctx, input.incidentId);
  const { resolution, consequence } = input;
  const ended = { resolution, consequence, resolved_at: ctx.now, resolved_by: ctx.actor.id };
  const saved = await moved(tx, ctx, row, 'resolve', ended, resolution);
  await incidentClock.close(tx, ctx, [row.id], 'met');
  if (consequence === 'moved_to_damaged') await moveToDamaged(tx, ctx, row, input);
  if (consequence === 'recount')
    await RecountAsked.emit(tx, ctx, row.id, {
      incidentId: row.id,
      no: row.no,
      kind: row.kind,
      warehouse: await codeOf(tx, row),
      sku: row.sku,
      binId: row.bin_id,
    });
  return viewIncident(tx, ctx, saved);
}

const codeOf = async (tx: Tx, row: IncidentRow): Promise<string> =>
  (await allWarehouses(tx)).find((w) => w.id === row.warehouse_id)?.code ?? '';

async function moveToDamaged(tx: Tx, ctx: Ctx, row: IncidentRow, input: ResolveIncident): Promise<void> {
  permit(ctx, 'inventory.state.write');
  if (row.sku === null || row.quantity === null) throw new IncidentGoodsUnknown({ no: row.no });
  await damageStock(tx, ctx, {
    warehouse: await codeOf(tx, row),
    reference: row.no,
    reason: input.resolution.slice(0, 500),
    lines: [{ sku: row.sku, quantity: row.quantity, bin: input.bin }],
  });
}

/** Ends an incident that was none. */
export async function dismiss(tx: Tx, ctx: Ctx, input: z.output<typeof DismissIncident>): Promise<IncidentView> {
  const row = await lockSeen(tx, ctx, input.incidentId);
  const { resolution } = input;
  const ended = { resolution, resolved_at: ctx.now, resolved_by: ctx.actor.id };
  const saved = await moved(tx, ctx, row, 'dismiss', ended, resolution);
  await incidentClock.close(tx, ctx, [row.id], 'cancelled');
  return viewIncident(tx, ctx, saved);
}

/** It is not over: what was done stays on record, and the clock runs anew. */
export async function reopen(tx: Tx, ctx: Ctx, input: z.output<typeof NoteIncident>): Promise<IncidentView> {
  const row = await lockSeen(tx, ctx, input.incidentId);
  const dueAt = after(ctx.now, (await fulfilmentSettings.get(tx)).incidentHours * HOUR_MS);
  const open = {
    resolution: null,
    consequence: null,
    resolved_at: null,
    resolved_by: null,
    due_at: dueAt,
    owner_id: row.owner_id ?? ctx.actor.id,
  };
  const saved = await moved(tx, ctx, row, 'reopen', open, input.note);
  await incidentClock.reopen(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt }]);
  return viewIncident(tx, ctx, saved);
}
