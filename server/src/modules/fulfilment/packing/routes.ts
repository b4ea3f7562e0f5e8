import { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { pdfHeaders } from '#kernel/pdf/index.ts';
import { CartonRefused, ParcelNotFound } from '../errors.ts';
import { checkSeen } from '../policy.ts';
import { ParcelId, ParcelView } from '../schema.ts';
import { getParcel } from '../store/parcels.ts';
import { chooseCartonFor } from './choose-carton.ts';
import { printLabels, printSlip } from './labels.ts';
import {
  CartonList,
  CartonView,
  ChangeCarton,
  ChooseCarton,
  CreateCarton,
  PrintLabels,
  WeighingList,
  WeighParcel,
} from './schema.ts';
import { allCartons, type CartonRow, insertCarton, lockCarton, saveCarton, weighingsOf } from './store.ts';
import { weighOnRecord } from './weigh-parcel.ts';

const tags = ['fulfilment'];

const presentCarton = (row: CartonRow): z.input<typeof CartonView> => ({
  id: row.id,
  code: row.code,
  name: row.name,
  lengthMm: row.length_mm,
  widthMm: row.width_mm,
  heightMm: row.height_mm,
  tareG: row.tare_g,
  maxG: row.max_g,
  cost: { amount: row.cost_amount, currency: row.currency },
  material: row.material,
  active: row.active,
  version: row.version,
});

/** @throws CartonRefused. */
export async function createCarton(tx: Tx, ctx: Ctx, input: z.output<typeof CreateCarton>) {
  const { code, name, material } = input;
  const row = await insertCarton(tx, ctx, { code, name, material, ...measured(input) });
  return presentCarton(row);
}

/** @throws CartonRefused when it may weigh no more than it weighs empty. */
function measured(input: Omit<z.output<typeof CreateCarton>, 'code' | 'name' | 'material'>) {
  if (input.maxG <= input.tareG)
    throw new CartonRefused({}, [{ path: 'maxG', code: 'max_below_tare', facts: { tareG: input.tareG } }]);
  return {
    length_mm: input.lengthMm,
    width_mm: input.widthMm,
    height_mm: input.heightMm,
    tare_g: input.tareG,
    max_g: input.maxG,
    cost_amount: input.costAmount,
  };
}

async function changeCarton(tx: Tx, ctx: Ctx, input: z.output<typeof ChangeCarton>) {
  const row = await lockCarton(tx, input.cartonId);
  const next = {
    lengthMm: input.lengthMm ?? row.length_mm,
    widthMm: input.widthMm ?? row.width_mm,
    heightMm: input.heightMm ?? row.height_mm,
    tareG: input.tareG ?? row.tare_g,
    maxG: input.maxG ?? row.max_g,
    costAmount: input.costAmount ?? row.cost_amount,
  };
  const saved = await saveCarton(tx, ctx, {
    ...row,
    ...measured(next),
    name: input.name ?? row.name,
    material: input.material ?? row.material,
    active: input.active ?? row.active,
  });
  return presentCarton(saved);
}

async function listWeighings(tx: Tx, ctx: Ctx, input: { parcelId: string }): Promise<z.input<typeof WeighingList>> {
  checkSeen(ctx, await getParcel(tx, input.parcelId), ParcelNotFound, input);
  const rows = await weighingsOf(tx, input.parcelId);
  const names = await actorNames(
    tx,
    rows.map((r) => r.actor_id),
  );
  return {
    items: rows.map((r) => ({
      weightG: r.weight_g,
      expectedG: r.expected_g,
      outcome: r.outcome,
      reason: r.reason,
      by: names.get(r.actor_id) ?? r.actor_id,
      at: r.at.toISOString(),
    })),
  };
}

const cartonRoutes = [
  defineRoute({
    method: 'GET',
    path: '/cartons',
    permission: 'fulfilment.carton.read',
    tags,
    summary: 'Cartons, at most 200',
    input: z.object({}),
    output: CartonList,
    run: async (tx) => ({ items: (await allCartons(tx)).map(presentCarton), nextCursor: null }),
  }),
  defineRoute({
    method: 'POST',
    path: '/cartons',
    permission: 'fulfilment.carton.write',
    tags,
    summary: 'Add a carton; sizes are those inside',
    status: 201,
    input: CreateCarton,
    output: CartonView,
    run: createCarton,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/cartons/{cartonId}',
    permission: 'fulfilment.carton.write',
    tags,
    summary: 'Change a carton, or use it no longer',
    input: ChangeCarton,
    output: CartonView,
    run: changeCarton,
  }),
];

const weightRoutes = [
  defineRoute({
    method: 'POST',
    path: '/parcels/{parcelId}/carton',
    permission: 'fulfilment.parcel.write',
    tags,
    summary: 'Put a parcel into a carton',
    input: ChooseCarton,
    output: ParcelView,
    run: chooseCartonFor,
  }),
  defineRoute({
    method: 'POST',
    path: '/parcels/{parcelId}/weigh',
    permission: 'fulfilment.parcel.write',
    tags,
    summary:
      'Take what the scale says; a weight that differs needs a reason, and a second weighing or the right to override',
    input: WeighParcel,
    output: ParcelView,
    mode: 'raw', // a weight that is refused stays on record although nothing else does
    run: async (env, ctx, input) => weighOnRecord(env.db, ctx, input),
  }),
  defineRoute({
    method: 'GET',
    path: '/parcels/{parcelId}/weighings',
    permission: 'fulfilment.parcel.read',
    tags,
    summary: 'What the scale said of a parcel, newest first',
    input: ParcelId,
    output: WeighingList,
    run: listWeighings,
  }),
];

const labelRoutes = [
  defineRoute({
    method: 'GET',
    path: '/parcels/{parcelId}/label.pdf',
    permission: 'fulfilment.label.print',
    tags,
    summary: 'The label of a parcel, 100 × 150 mm; who prints it is recorded',
    input: ParcelId,
    output: z.unknown(),
    mode: 'raw',
    run: async (env, ctx, { parcelId }, _request, reply) =>
      reply.headers(pdfHeaders(`label-${parcelId}.pdf`)).send(await printLabels(env.db, ctx, [parcelId])),
  }),
  defineRoute({
    method: 'GET',
    path: '/parcels/{parcelId}/slip.pdf',
    permission: 'fulfilment.label.print',
    tags,
    summary: 'The packing slip of a parcel',
    input: ParcelId,
    output: z.unknown(),
    mode: 'raw',
    run: async (env, ctx, { parcelId }, _request, reply) =>
      reply.headers(pdfHeaders(`slip-${parcelId}.pdf`)).send(await printSlip(env.db, ctx, parcelId)),
  }),
  defineRoute({
    method: 'POST',
    path: '/parcels/labels',
    permission: 'fulfilment.label.print',
    tags,
    summary: 'Labels of up to 500 parcels as one document, in the order named; nothing is kept of it',
    input: PrintLabels,
    output: z.unknown(),
    mode: 'raw',
    ratePerMinute: 60,
    run: async (env, ctx, { parcelIds }, _request, reply) =>
      reply.headers(pdfHeaders('labels.pdf')).send(await printLabels(env.db, ctx, parcelIds)),
  }),
];

export const packingRoutes = [...cartonRoutes, ...weightRoutes, ...labelRoutes];
