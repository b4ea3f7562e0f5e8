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

/** What the list of a customer's orders asks of after-sales. */
export type CasePorts = {
  /** How many cases are open, for each of these orders that has any. */
  openCases(tx: Tx, orderIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Orders of these customers with an open case, the latest first, at most so many. */
  ordersInCases(tx: Tx, customerIds: readonly string[], limit: number): Promise<string[]>;
};

let cases: CasePorts = { openCases: async () => new Map(), ordersInCases: async () => [] };
/** Until it is set there are no cases. */
export function setCasePorts(given: CasePorts): void {
  cases = given;
}
export const casePorts = (): CasePorts => cases;
