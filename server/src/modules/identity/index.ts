import type { Module } from '#kernel/module.ts';
import { identityInvariants } from './invariants.ts';
import { identityPermissions } from './permissions.ts';
import * as routes from './routes.ts';
import * as settingsRoutes from './settings-routes.ts';

export { type Auth, type AuthOptions, createAuth, SESSION_COOKIE } from './auth.ts';
export { type Authenticate, type AuthenticatorOptions, createAuthenticator } from './authenticate.ts';
export { BUILT_IN_ROLES, type BuiltInRole } from './built-in-roles.ts';
export { forgetCredentials } from './credential-cache.ts';
export { mountAuth, type MountOptions } from './mount.ts';
export { createApiKey, createOrg, createUser, findOrg, type OrgUser, setPassword } from './organisations.ts';
export { actorNames } from './queries/actor-names.ts';
export { permissionHolders } from './queries/permission-holders.ts';
export { covers, expand, setCatalogue } from './permissions.ts';
export { pruneLogIn } from './prune.ts';
export { securitySettings } from './settings.ts';

export const identityModule = {
  name: 'identity',
  routes: [...Object.values(routes), ...Object.values(settingsRoutes)],
  permissions: identityPermissions,
  invariants: identityInvariants,
} satisfies Module;
