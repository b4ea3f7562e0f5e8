import { answersGoOut } from './handlers.ts';
import { fetchMail } from './jobs/fetch.ts';
import { sendAnswer } from './jobs/send.ts';
import { addressesOfOrders } from './people.ts';
import { rawTimer } from './raw.ts';
import './reveal.ts';

export { mailInvariants } from './invariants.ts';
export { mailPermissions } from './policy.ts';
export { mailRoutes } from './routes.ts';
export const mailSubscribers = [answersGoOut, addressesOfOrders];
export const mailJobs = [fetchMail, sendAnswer];
export const mailDeadlines = [rawTimer];
