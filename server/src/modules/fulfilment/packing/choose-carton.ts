import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { ParcelNotFound } from '../errors.ts';
import { checkSeen } from '../policy.ts';
import { viewParcel } from '../queries/views.ts';
import type { ParcelView } from '../schema.ts';
import { lockParcel } from '../store/parcels.ts';
import type { ChooseCarton } from './schema.ts';
import { getActiveCarton, savePacking } from './store.ts';

/** Puts a parcel into a carton. Another one than it was weighed in: it is to be weighed again. @throws CartonNotFound. */
export async function chooseCartonFor(tx: Tx, ctx: Ctx, input: z.output<typeof ChooseCarton>): Promise<ParcelView> {
  const row = await lockParcel(tx, input.parcelId);
  checkSeen(ctx, row, ParcelNotFound, { parcelId: row.id });
  if (row.status !== 'created' && row.status !== 'verified')
    throw new TransitionRefused({ from: row.status, event: 'choose_carton', allowed: [] });
  const carton = await getActiveCarton(tx, input.carton);
  if (carton.id === row.carton_id) return viewParcel(tx, ctx, row);
  return viewParcel(tx, ctx, await savePacking(tx, row.id, { cartonId: carton.id, weightG: null, at: ctx.now }));
}
