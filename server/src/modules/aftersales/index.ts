import type { Module } from '#kernel/module.ts';
import * as abuse from './abuse/index.ts';
import {
  caseClocks,
  caseCommandRoutes,
  caseInvariants,
  casePermissions,
  caseRoutes,
  caseSubscribers,
  portalCaseRoutes,
} from './cases/index.ts';
import * as compensation from './compensation/index.ts';
import { policyPermissions, policyRoutes } from './policies/index.ts';
import * as protection from './protection/index.ts';

export { agreedPolicies } from './policies/index.ts';

export { openCases, ordersInCases, ownCase } from './cases/index.ts';
export { getCase } from './cases/store/cases.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const aftersalesModule = {
  name: 'aftersales',
  routes: [
    ...policyRoutes,
    ...protection.protectionRoutes,
    ...compensation.compensationRoutes,
    ...abuse.abuseRoutes,
    ...caseRoutes,
    ...caseCommandRoutes,
    ...portalCaseRoutes,
  ],
  subscribers: [
    ...protection.protectionSubscribers,
    ...compensation.compensationSubscribers,
    abuse.claimsWatched,
    ...caseSubscribers,
  ],
  jobs: [...protection.protectionJobs],
  deadlines: [protection.protectionClock, ...caseClocks],
  permissions: {
    ...policyPermissions,
    ...protection.protectionPermissions,
    ...compensation.compensationPermissions,
    ...abuse.abusePermissions,
    ...casePermissions,
  },
  invariants: [...protection.protectionInvariants, ...compensation.compensationInvariants, ...caseInvariants],
} satisfies Module;
