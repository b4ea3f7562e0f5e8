import { complaintPortalRoutes } from './portal-routes.ts';
import { reportClock } from './reports.ts';
import { complaintDeskRoutes } from './routes.ts';

export { draftAgreement, sendAgreement } from './agreements.ts';
export { useSupportLinks } from './links.ts';

export const complaintDeadlines = [reportClock];
export const complaintRoutes = [...complaintDeskRoutes, ...complaintPortalRoutes];
