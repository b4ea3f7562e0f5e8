import type { CarrierRow } from '../store/carriers.ts';
import type { CarrierAdapter } from './carrier.ts';
import { sandboxCarrier } from './sandbox/carrier.ts';

/** How a carrier is spoken to; undefined for those a person has to telephone. */
export const adapterOf = (carrier: Pick<CarrierRow, 'adapter'>): CarrierAdapter | undefined =>
  carrier.adapter === 'sandbox' ? sandboxCarrier : undefined;
