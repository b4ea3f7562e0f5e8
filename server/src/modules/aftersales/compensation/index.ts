import { compensationCash, payoutNotDecided } from './commands/cash.ts';
import { compensationNotDecided } from './commands/grant.ts';
import { couponClock } from './commands/coupon-end.ts';
import { tieCoupons } from './commands/revoke.ts';
import { tieCompensation } from './executor.ts';
import './payee.ts';

tieCompensation();
tieCoupons();

export { grantCompensation } from './commands/grant.ts';
export { setBudget } from './commands/set-budget.ts';
export { compensationInvariants } from './invariants.ts';
export { compensationPermissions } from './permissions.ts';
export { compensationRoutes } from './routes.ts';

export const compensationDeadlines = [couponClock];
export const compensationSubscribers = [compensationCash, compensationNotDecided, payoutNotDecided];
