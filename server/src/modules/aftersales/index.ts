import type { Module } from '#kernel/module.ts';
import { policyPermissions, policyRoutes } from './policies/index.ts';

export { agreedPolicies } from './policies/index.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const aftersalesModule = {
  name: 'aftersales',
  routes: [...policyRoutes],
  permissions: { ...policyPermissions },
} satisfies Module;
