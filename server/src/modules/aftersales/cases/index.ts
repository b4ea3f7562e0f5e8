import './exporting.ts';
import { tieClocks } from './commands/on-time.ts';

tieClocks();

export { caseClocks } from './clocks.ts';
export { escalateCase } from './commands/arbitrate.ts';
export { approveCase, rejectCase } from './commands/decide-case.ts';
export { followUp } from './commands/desk.ts';
export { cancelCase } from './commands/end-case.ts';
export { executeCase } from './commands/execute-case.ts';
export { answerOffer, makeOffer } from './commands/offers.ts';
export { openCase } from './commands/open-case.ts';
export { quoteRepair } from './commands/repair.ts';
export { inspectReturn, receiveReturn, shipReturn } from './commands/return-goods.ts';
export { type CaseKind } from './domain/flow.ts';
export { type Executed, type Executor, type Previewer, useExecutor } from './executors.ts';
export { isRepairFee, repairFeeSubject } from './fee-subject.ts';
export { caseInvariants } from './invariants.ts';
export { casePermissions } from './permissions.ts';
export { ownCase, portalCaseRoutes } from './portal.ts';
export { caseBriefs, caseByRef } from './queries/brief.ts';
export { openCases, ordersInCases } from './queries/of-customer.ts';
export { visibleCase } from './queries/view.ts';
export { caseCommandRoutes } from './routes-commands.ts';
export { caseRoutes } from './routes.ts';
export { type CaseRow } from './store/cases.ts';
export { caseSubscribers } from './subscribers.ts';
