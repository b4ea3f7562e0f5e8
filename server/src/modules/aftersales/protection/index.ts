export { protectOrder, type Protected } from './commands/protect-order.ts';
export { protectionInvariants } from './invariants.ts';
export { nightlyProtection, protectionClock, protectSku } from './jobs/nightly.ts';
export { protectionPermissions } from './permissions.ts';
export { protectionRoutes } from './routes.ts';
export { protectedPerUnit } from './store/protections.ts';
export { priceFell, protectionGivenUp } from './subscribers.ts';
