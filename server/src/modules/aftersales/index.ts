import type { Module } from '#kernel/module.ts';
import * as compensation from './compensation/index.ts';
import { policyPermissions, policyRoutes } from './policies/index.ts';
import * as protection from './protection/index.ts';

export { agreedPolicies } from './policies/index.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const aftersalesModule = {
  name: 'aftersales',
  routes: [...policyRoutes, ...protection.protectionRoutes, ...compensation.compensationRoutes],
  subscribers: [
    protection.priceFell,
    protection.protectionGivenUp,
    compensation.compensationCash,
    compensation.compensationNotDecided,
    compensation.payoutNotDecided,
  ],
  jobs: [protection.nightlyProtection, protection.protectSku],
  deadlines: [protection.protectionClock],
  permissions: { ...policyPermissions, ...protection.protectionPermissions, ...compensation.compensationPermissions },
  invariants: [...protection.protectionInvariants, ...compensation.compensationInvariants],
} satisfies Module;
