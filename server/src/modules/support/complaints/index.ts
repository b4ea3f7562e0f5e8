import { reportClock } from './reports.ts';

export { useSupportLinks } from './links.ts';
export { complaintRoutes } from './routes.ts';

export const complaintDeadlines = [reportClock];
