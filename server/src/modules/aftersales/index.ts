import type { Module } from '#kernel/module.ts';
import {
  caseClocks,
  caseCommandRoutes,
  caseInvariants,
  casePermissions,
  caseRoutes,
  caseSubscribers,
  portalCaseRoutes,
} from './cases/index.ts';
import { policyPermissions, policyRoutes } from './policies/index.ts';

export { openCases, ordersInCases } from './cases/index.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const aftersalesModule = {
  name: 'aftersales',
  routes: [...policyRoutes, ...caseRoutes, ...caseCommandRoutes, ...portalCaseRoutes],
  subscribers: [...caseSubscribers],
  deadlines: [...caseClocks],
  permissions: { ...policyPermissions, ...casePermissions },
  invariants: [...caseInvariants],
} satisfies Module;
