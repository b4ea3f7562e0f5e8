import './exporting.ts';
import { tieClocks } from './commands/on-time.ts';

tieClocks();

export { caseClocks } from './clocks.ts';
export { type Executed, type Executor, type Previewer, useExecutor } from './executors.ts';
export { caseInvariants } from './invariants.ts';
export { casePermissions } from './permissions.ts';
export { ownCase, portalCaseRoutes } from './portal.ts';
export { openCases, ordersInCases } from './queries/of-customer.ts';
export { visibleCase } from './queries/view.ts';
export { caseCommandRoutes } from './routes-commands.ts';
export { caseRoutes } from './routes.ts';
export { type CaseRow } from './store/cases.ts';
export { caseSubscribers } from './subscribers.ts';
