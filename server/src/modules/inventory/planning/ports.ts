import type { Tx } from '#kernel/db/index.ts';

/** What planning asks of modules above. */
export type PlanningPorts = {
  /** Units that open orders wait for and have not reserved, by SKU; SKUs nobody waits for are left out. */
  waitingUnits(tx: Tx): Promise<ReadonlyMap<string, number>>;
};

let ports: PlanningPorts = { waitingUnits: async () => new Map() };

/** Set once by the composition root; without it nobody waits for anything. */
export function setPlanningPorts(given: PlanningPorts): void {
  ports = given;
}
export const waitingUnits: PlanningPorts['waitingUnits'] = (tx) => ports.waitingUnits(tx);
