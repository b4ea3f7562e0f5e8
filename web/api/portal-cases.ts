import { queryOptions } from '@tanstack/react-query';
import { client } from './instance.ts';
import type { Answer, Body, Schemas } from './paths.ts';

export type PortalCase = Schemas['AfterSalesCase'];
export type OrderCases = Schemas['OrderCases'];
export type CaseGuide = Answer<'/portal/orders/{orderId}/after-sales/guide', 'get'>;
export type NewCase = Body<'/portal/orders/{orderId}/after-sales', 'post'>;
export type CaseCheck = Answer<'/portal/orders/{orderId}/after-sales/check', 'post'>;
export type CheckCase = Body<'/portal/orders/{orderId}/after-sales/check', 'post'>;

const POLL_MS = 15_000;

/** What was asked for about an order, and what may still be asked for. */
export const casesOfOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['cases', orderId],
    queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/after-sales', { path: { orderId }, signal }),
    refetchInterval: POLL_MS,
  });

/** Which requests there are, and for which reasons. */
export const guideQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['case-guide', orderId],
    queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/after-sales/guide', { path: { orderId }, signal }),
    staleTime: Infinity,
  });

/** What the policy says of a request before it is made. */
export const checkQuery = (orderId: string, asked: CheckCase) =>
  queryOptions({
    queryKey: ['case-check', orderId, asked],
    queryFn: ({ signal }) =>
      client.repeatable('/portal/orders/{orderId}/after-sales/check', { path: { orderId }, body: asked, signal }),
    retry: false,
  });

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId],
    queryFn: ({ signal }) => client.get('/portal/after-sales/{caseId}', { path: { caseId }, signal }),
    refetchInterval: POLL_MS,
  });

/** How the fee of a repair may be paid. */
export const feeOptionsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['fee-options', caseId],
    queryFn: ({ signal }) => client.get('/portal/after-sales/{caseId}/payment-options', { path: { caseId }, signal }),
  });

/** A picture of a case, small or whole, for a visitor whose pass goes in a header. */
export const evidenceBytes = (caseId: string, fileId: string, isSmall: boolean): Promise<Blob> =>
  client.bytes(`/portal/after-sales/${caseId}/evidence/${fileId}${isSmall ? '/thumbnail' : ''}`);

const of = (caseId: string) => ({ path: { caseId } });

export const cases = {
  open: (orderId: string, body: NewCase, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/after-sales', { path: { orderId }, body, idempotencyKey }),
  cancel: (caseId: string, idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/cancel', { ...of(caseId), body: {}, idempotencyKey }),
  ship: (caseId: string, body: Body<'/portal/after-sales/{caseId}/ship', 'post'>, idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/ship', { ...of(caseId), body, idempotencyKey }),
  pickup: (caseId: string, body: Body<'/portal/after-sales/{caseId}/pickup', 'post'>, idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/pickup', { ...of(caseId), body, idempotencyKey }),
  answerOffer: (caseId: string, body: { offerId?: string; answer: 'accept' | 'decline' }, idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/answer-offer', { ...of(caseId), body, idempotencyKey }),
  answerQuote: (caseId: string, answer: 'accept' | 'decline', idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/answer-quote', { ...of(caseId), body: { answer }, idempotencyKey }),
  payFee: (caseId: string, choice: { channel: string; method?: string }, idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/payments', {
      ...of(caseId),
      body: choice as Body<'/portal/after-sales/{caseId}/payments', 'post'>,
      idempotencyKey,
    }),
  giveUpRepair: (caseId: string, idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/give-up-repair', { ...of(caseId), body: {}, idempotencyKey }),
  escalate: (caseId: string, note: string, idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/escalate', { ...of(caseId), body: { note }, idempotencyKey }),
  evidence: (caseId: string, fileIds: string[], idempotencyKey: string) =>
    client.post('/portal/after-sales/{caseId}/evidence', { ...of(caseId), body: { fileIds }, idempotencyKey }),
};
