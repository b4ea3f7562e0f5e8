export { compensationCash, payoutApproval, payoutNotDecided, proposePayout } from './commands/cash.ts';
export { compensationApproval, compensationNotDecided, grantCompensation } from './commands/grant.ts';
export { compensationInvariants } from './invariants.ts';
export { compensationPermissions } from './permissions.ts';
export { compensationRoutes } from './routes.ts';
