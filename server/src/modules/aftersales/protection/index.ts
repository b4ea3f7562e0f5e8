import { tieProtection } from './executor.ts';
import { nightlyProtection, protectSku } from './jobs/nightly.ts';
import { priceFell, protectionGivenUp } from './subscribers.ts';

tieProtection();

export { protectOrder, type Protected } from './commands/protect-order.ts';
export { protectionInvariants } from './invariants.ts';
export { nightlyProtection, protectionClock } from './jobs/nightly.ts';
export { protectionPermissions } from './permissions.ts';
export { protectionRoutes } from './routes.ts';
export { protectedPerUnit } from './store/protections.ts';

export const protectionSubscribers = [priceFell, protectionGivenUp];
export const protectionJobs = [nightlyProtection, protectSku];
