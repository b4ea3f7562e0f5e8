import type { Module } from '#kernel/module.ts';
import { policyPermissions, policyRoutes } from './policies/index.ts';
import * as protection from './protection/index.ts';

export { agreedPolicies } from './policies/index.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const aftersalesModule = {
  name: 'aftersales',
  routes: [...policyRoutes, ...protection.protectionRoutes],
  subscribers: [protection.priceFell, protection.protectionGivenUp],
  jobs: [protection.nightlyProtection, protection.protectSku],
  deadlines: [protection.protectionClock],
  permissions: { ...policyPermissions, ...protection.protectionPermissions },
  invariants: [...protection.protectionInvariants],
} satisfies Module;
