import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';

/** Whose parcels are shipped, seen from here. The module above implements it; shipping knows no orders. */
export type ShipmentOwner = {
  /** Locks the order: always before a shipment's row. */
  lock(tx: Tx, ctx: Ctx, orderId: string): Promise<unknown>;
  /** The carrier has handed the parcel over. Once per parcel, under `lock`. */
  delivered(tx: Tx, ctx: Ctx, parcel: { orderId: string; parcelId: string; at: Date }): Promise<void>;
  /** A parcel that was to be stopped is back with us. Once per parcel, under `lock`; never for one that was delivered. */
  cameBack(tx: Tx, ctx: Ctx, parcel: { orderId: string; parcelId: string; reason: string }): Promise<void>;
  /** Whether the actor's data scope includes the order. Absent = everything in the organisation is seen. */
  visible?(tx: Tx, ctx: Ctx, orderId: string): Promise<boolean>;
};

export type ShippingSetup = {
  owner: ShipmentOwner;
  /** Where this server can be reached by the sandbox carrier, without a slash at the end. */
  baseUrl: () => string;
};

let setup: ShippingSetup | undefined;

/** Tells shipping whose parcels it moves and where this server is reached. Once, by the composition root, before it serves. */
export function useShipping(next: ShippingSetup): void {
  setup = next;
}

function inUse(): ShippingSetup {
  assert(setup !== undefined, 'useShipping has been called');
  return setup;
}

export const owner = (): ShipmentOwner => inUse().owner;
export const baseUrl = (): string => inUse().baseUrl();
