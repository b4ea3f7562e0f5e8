import { reportClock } from './reports.ts';

export const complaintDeadlines = [reportClock];
