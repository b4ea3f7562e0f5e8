import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './instance.ts';
import type { Body, Schemas } from './paths.ts';

export type MyTicketSummary = Schemas['MyTicketSummary'];
export type MyTicket = Schemas['MyTicket'];
export type MyTicketMessage = Schemas['MyTicketMessage'];
export type NewMyTicket = Body<'/portal/tickets', 'post'>;
export type SignBody = Body<'/portal/tickets/{ticketId}/agreements/{agreementId}/sign', 'post'>;

const POLL_MS = 15_000;
const of = (ticketId: string) => ({ path: { ticketId } });

/** My tickets, page after page. */
export const myTicketsQuery = infiniteQueryOptions({
  queryKey: ['my-tickets'],
  queryFn: ({ signal, pageParam }) =>
    client.get('/portal/tickets', { query: pageParam ? { cursor: pageParam } : {}, signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.nextCursor,
});

/** The newest about an order. */
export const ticketsOfOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['my-tickets', orderId],
    queryFn: ({ signal }) => client.get('/portal/tickets', { query: { orderId, limit: 20 }, signal }),
    refetchInterval: POLL_MS,
  });

export const myTicketQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['my-ticket', ticketId],
    queryFn: ({ signal }) => client.get('/portal/tickets/{ticketId}', { ...of(ticketId), signal }),
    refetchInterval: POLL_MS,
    retry: false,
  });

/** What was said, the newest page first. */
export const myMessagesQuery = (ticketId: string) =>
  infiniteQueryOptions({
    queryKey: ['my-ticket-messages', ticketId],
    queryFn: ({ signal, pageParam }) =>
      client.get('/portal/tickets/{ticketId}/messages', {
        ...of(ticketId),
        query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: POLL_MS,
  });

export const offeredCategoriesQuery = queryOptions({
  queryKey: ['ticket-categories'],
  queryFn: ({ signal }) => client.get('/portal/ticket-categories', { signal }),
  staleTime: Infinity,
});

/** Agreements of a ticket, to be signed or signed. */
export const agreementsOfTicketQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['my-agreements', ticketId],
    queryFn: ({ signal }) => client.get('/portal/tickets/{ticketId}/agreements', { ...of(ticketId), signal }),
    refetchOnWindowFocus: false,
  });

/** A picture of a message, small or whole, for a visitor whose pass goes in a header. */
export const ticketFileBytes = (ticketId: string, fileId: string, isSmall: boolean): Promise<Blob> =>
  client.bytes(`/portal/tickets/${ticketId}/files/${fileId}${isSmall ? '/thumbnail' : ''}`);

export const myTickets = {
  open: (body: NewMyTicket, idempotencyKey: string) => client.post('/portal/tickets', { body, idempotencyKey }),
  write: (ticketId: string, body: { body: string; fileIds: string[] }, idempotencyKey: string) =>
    client.post('/portal/tickets/{ticketId}/messages', { ...of(ticketId), body, idempotencyKey }),
  sign: (ticketId: string, agreementId: string, body: SignBody) =>
    client.repeatable('/portal/tickets/{ticketId}/agreements/{agreementId}/sign', {
      path: { ticketId, agreementId },
      body,
    }),
  agreementPdf: (ticketId: string, agreementId: string) =>
    client.bytes(`/portal/tickets/${ticketId}/agreements/${agreementId}/pdf`),
};
