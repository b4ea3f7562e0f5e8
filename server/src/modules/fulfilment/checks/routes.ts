import { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { CheckNotFound } from '../errors.ts';
import { checkSeen, scopeOf, seenWarehouse, seenWarehouses } from '../policy.ts';
import { periodOf } from '../queries/period.ts';
import { photoOf } from '../incidents/photo.ts';
import { recordCheck } from './record-check.ts';
import * as schema from './schema.ts';
import { allPlans, checkStats, getCheck, listChecks, type PlanRow, savePlan } from './store.ts';
import { CHECK_WRITE, viewChecks } from './view.ts';

const tags = ['fulfilment'];
const NEWEST = 'newest';
const STATS_MAX = 2_000;

const presentPlan = (row: PlanRow, warehouse: string): z.input<typeof schema.CheckPlanView> => ({
  warehouse,
  permille: row.permille,
  everyNth: row.every_nth,
  firstParcels: row.first_parcels,
  fragile: row.fragile,
  valueAbove: row.value_above,
  version: row.version,
});

async function listPlans(tx: Tx, ctx: Ctx): Promise<z.input<typeof schema.CheckPlanList>> {
  const codes = new Map((await seenWarehouses(tx, ctx)).map((w) => [w.id, w.code]));
  const rows = await allPlans(tx);
  return {
    items: rows.flatMap((r) => {
      const code = codes.get(r.warehouse_id);
      return code === undefined ? [] : [presentPlan(r, code)];
    }),
  };
}

async function putPlan(tx: Tx, ctx: Ctx, input: z.output<typeof schema.PutCheckPlan>) {
  const warehouse = await seenWarehouse(tx, ctx, input.warehouse);
  const row = await savePlan(tx, {
    warehouse_id: warehouse.id,
    permille: input.permille,
    every_nth: input.everyNth,
    first_parcels: input.firstParcels,
    fragile: input.fragile,
    value_above: input.valueAbove,
  });
  return presentPlan(row, warehouse.code);
}

async function list(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListSpotChecks>,
): Promise<Page<schema.SpotCheckView>> {
  const rows = await listChecks(tx, {
    state: input.state,
    warehouseIds: await scopeOf(tx, ctx, input.warehouse),
    before: input.cursor === undefined ? undefined : String(decodeCursor(NEWEST, input.cursor, 1)[0]),
    limit: input.limit + 1,
  });
  const views = new Map((await viewChecks(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    input.limit,
    NEWEST,
    (r) => [r.id],
    (r) => views.get(r.id) as schema.SpotCheckView,
  );
}

async function show(tx: Tx, ctx: Ctx, input: z.output<typeof schema.CheckId>): Promise<schema.SpotCheckView> {
  const row = await getCheck(tx, input.checkId);
  checkSeen(ctx, row, CheckNotFound, input);
  return (await viewChecks(tx, ctx, [row]))[0] as schema.SpotCheckView;
}

async function stats(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.CheckStatsInput>,
): Promise<z.input<typeof schema.CheckStats>> {
  const rows = await checkStats(tx, {
    ...periodOf(ctx, input),
    warehouseIds: await scopeOf(tx, ctx, input.warehouse),
    zone: await zoneOfOrg(tx),
    offset: 0,
    limit: STATS_MAX,
  });
  const names = await actorNames(
    tx,
    rows.map((r) => r.packer_id),
  );
  return {
    items: rows.map((r) => ({
      day: r.day,
      packer: names.get(r.packer_id) ?? r.packer_id,
      packerId: r.packer_id,
      checked: r.checked,
      failed: r.failed,
    })),
  };
}

export const checkRoutes = [
  defineRoute({
    method: 'GET',
    path: '/check-plans',
    permission: 'fulfilment.spot_check.read',
    tags,
    summary: 'Which packed parcels are opened again, by warehouse',
    input: z.object({}),
    output: schema.CheckPlanList,
    run: listPlans,
  }),
  defineRoute({
    method: 'PUT',
    path: '/check-plans',
    permission: 'fulfilment.check_plan.write',
    tags,
    summary: 'Say which packed parcels of a warehouse are opened again',
    input: schema.PutCheckPlan,
    output: schema.CheckPlanView,
    run: putPlan,
  }),
  defineRoute({
    method: 'GET',
    path: '/spot-checks',
    permission: 'fulfilment.spot_check.read',
    tags,
    summary: 'Spot checks, newest first',
    input: schema.ListSpotChecks,
    output: schema.SpotCheckList,
    run: list,
  }),
  defineRoute({
    method: 'GET',
    path: '/spot-checks/stats',
    permission: 'fulfilment.spot_check.read',
    tags,
    summary: 'Parcels checked and found wrong by packer and day; the last 30 days unless told',
    input: schema.CheckStatsInput,
    output: schema.CheckStats,
    run: stats,
  }),
  defineRoute({
    method: 'GET',
    path: '/spot-checks/{checkId}',
    permission: 'fulfilment.spot_check.read',
    tags,
    summary: 'One spot check',
    input: schema.CheckId,
    output: schema.SpotCheckView,
    run: show,
  }),
  defineRoute({
    method: 'GET',
    path: '/spot-checks/{checkId}/photo',
    permission: 'fulfilment.spot_check.read',
    tags,
    summary: 'The photo of a spot check',
    input: schema.CheckId,
    output: z.unknown(),
    mode: 'raw',
    run: async (env, ctx, { checkId }, _request, reply) => {
      const photo = await env.db.read(ctx, async (tx) => {
        const row = await getCheck(tx, checkId);
        checkSeen(ctx, row, CheckNotFound, { checkId });
        return photoOf(tx, ctx, row.photo_id);
      });
      return reply.headers(photo.headers).send(await photo.stream());
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/spot-checks/{checkId}/result',
    permission: CHECK_WRITE,
    tags,
    summary: 'What was found; anything but `ok` opens an incident and has the parcel packed again',
    input: schema.RecordCheck,
    output: schema.SpotCheckView,
    run: recordCheck,
  }),
];
