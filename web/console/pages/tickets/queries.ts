import { queryOptions } from '@tanstack/react-query';
import { oneQuery } from '../../../api/console.ts';

const MINUTE_MS = 60_000;

export const ticketQuery = (ticketId: string) =>
  queryOptions({ ...oneQuery('/tickets/{ticketId}', { path: { ticketId } }), refetchInterval: 15_000 });
export const categoriesOfTickets = queryOptions({ ...oneQuery('/ticket-categories'), staleTime: MINUTE_MS });
export const teamsQuery = queryOptions({ ...oneQuery('/support-teams'), staleTime: MINUTE_MS });
export const agentsQuery = queryOptions({ ...oneQuery('/support-agents'), staleTime: MINUTE_MS });
export const deskQuery = oneQuery('/support-settings');
