export { abusePermissions } from './permissions.ts';
export { abuseRoutes } from './routes.ts';
export { claimsWatched } from './subscriber.ts';
