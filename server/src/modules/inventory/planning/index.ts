import type { Invariant } from '#kernel/module.ts';
import { demandMismatches } from './store/demand.ts';
import './events.ts';
import './export-suggestions.ts';

export { planningClock, planningJob, planningStarts, planStock } from './nightly.ts';
export { type PlanningPorts, setPlanningPorts } from './ports.ts';
export { planningRoutes } from './routes.ts';
export { type PastDemand, recordPastDemand } from './store/demand.ts';

export const planningPermissions = {
  'inventory.replenishment.read': 'See what to order, and how goods are bought',
  'inventory.replenishment.write': 'Set safety stock and how goods are bought; be told of stock alerts',
} as const;

export const planningInvariants: Invariant[] = [
  { name: 'inventory: demand by day is what the ledger says', check: (tx) => demandMismatches(tx) },
];
