import { endTimer, sendTimer } from './commands/ask.ts';
import { askCampaign } from './commands/campaign.ts';
import { followUpClock } from './commands/follow-up.ts';
import { askAfterCases, askAfterTickets } from './handlers.ts';
import './transfers.ts';

export { feedbackInvariants } from './invariants.ts';
export { feedbackPermissions } from './policy.ts';
export { feedbackRoutes } from './routes.ts';
export const feedbackSubscribers = [askAfterTickets, askAfterCases];
export const feedbackJobs = [askCampaign];
export const feedbackDeadlines = [sendTimer, endTimer, followUpClock];
