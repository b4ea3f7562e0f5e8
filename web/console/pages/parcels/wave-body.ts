import type { Body } from '../../../api/paths.ts';

export type WaveValues = {
  warehouse: string;
  mode: 'single' | 'batch';
  limit?: number | null;
  batchOrders?: number | null;
  promisedBefore?: string;
  carrier?: string;
  zones?: string[];
  note?: string;
};

/** The request of the dialog; how many orders share a walk is said only where they do. */
export const toWave = (values: WaveValues): Body<'/waves', 'post'> => ({
  warehouse: values.warehouse,
  mode: values.mode,
  ...(values.limit == null ? {} : { limit: values.limit }),
  ...(values.mode === 'batch' && values.batchOrders != null ? { batchOrders: values.batchOrders } : {}),
  ...(values.promisedBefore ? { promisedBefore: values.promisedBefore } : {}),
  ...(values.carrier ? { carrier: values.carrier } : {}),
  ...(values.zones && values.zones.length > 0 ? { zones: values.zones } : {}),
  ...(values.note?.trim() ? { note: values.note.trim() } : {}),
});
