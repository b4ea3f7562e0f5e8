import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';

/** What orders ask of modules above them. The composition root sets them before the first request. */
export type OrderPorts = {
  /** Cancels open picks and unshipped parcels of an order that is cancelled or changed. */
  stopFulfilment(tx: Tx, ctx: Ctx, orderId: string): Promise<void>;
  /** Whether picks are open, or parcels packed and not shipped. Under the order's lock the answer holds until the end. */
  isPicking(tx: Tx, orderId: string): Promise<boolean>;
  /** What else an order placed at that moment was taken under, by the name of the policy: told with its snapshot. */
  agreedPolicies(tx: Tx, placedAt: Date): Promise<Record<string, unknown>>;
};

let ports: OrderPorts | undefined;
export function setOrderPorts(given: OrderPorts): void {
  ports = given;
}
export function orderPorts(): OrderPorts {
  assert(ports !== undefined, 'the composition root has set the ports of orders');
  return ports;
}
