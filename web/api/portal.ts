import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './instance.ts';
import type { Body, QueryOf } from './paths.ts';

const PASS = 'zhanggui.portal';
/** What lets a visitor in: to one order, or to all of their own. */
export type Pass = { token: string; orderId?: string | undefined };

/** A pass to one order ends with the tab; a customer's own lasts as long as their session. */
const stores = (): Storage[] => [sessionStorage, localStorage];

function readPass(): Pass | undefined {
  try {
    for (const store of stores()) {
      const found = JSON.parse(store.getItem(PASS) ?? 'null') as Pass | null;
      if (found) return found;
    }
  } catch {
    // storage is closed, or holds what an older page wrote
  }
  return undefined;
}

let pass: Pass | undefined = readPass();

function keep(next: Pass | undefined): void {
  pass = next;
  try {
    for (const store of stores()) store.removeItem(PASS);
    if (!next) return;
    (next.orderId === undefined ? localStorage : sessionStorage).setItem(PASS, JSON.stringify(next));
  } catch {
    // it then lasts as long as the page
  }
}

export const portalPass = {
  get: (): Pass | undefined => pass,
  set: ({ token, orderId }: Pass) => keep({ token, orderId }),
  clear: () => keep(undefined),
};

const POLL_MS = 10_000;

/** What the page of one order reads and may do. */
export function portalOf(orderId: string) {
  const mine = { path: { orderId } };
  return {
    orderId,
    order: queryOptions({
      queryKey: ['order', orderId],
      queryFn: ({ signal }) => client.get('/portal/orders/{orderId}', { ...mine, signal }),
      refetchInterval: POLL_MS,
    }),
    parcels: queryOptions({
      queryKey: ['parcels', orderId],
      queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/parcels', { ...mine, signal }),
      refetchInterval: POLL_MS,
    }),
    timeline: queryOptions({
      queryKey: ['timeline', orderId],
      queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/timeline', { ...mine, signal }),
      refetchInterval: POLL_MS,
    }),
    /** How the order may be paid. */
    payOptions: queryOptions({
      queryKey: ['payment-options', orderId],
      queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/payment-options', { ...mine, signal }),
    }),
    claims: queryOptions({
      queryKey: ['claims', orderId],
      queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/claims', { ...mine, signal }),
      refetchInterval: POLL_MS,
    }),
    invoices: queryOptions({
      queryKey: ['invoices', orderId],
      queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/invoices', { ...mine, signal }),
      refetchInterval: POLL_MS,
    }),
    protection: queryOptions({
      queryKey: ['price-protection', orderId],
      queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/price-protection', { ...mine, signal }),
    }),
    protect: (idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/price-protection', { ...mine, idempotencyKey }),
    pay: (choice: { channel: string; method?: string }, idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/payments', {
        ...mine,
        body: choice as Body<'/portal/orders/{orderId}/payments', 'post'>,
        idempotencyKey,
      }),
    claim: (body: Body<'/portal/orders/{orderId}/claims', 'post'>, idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/claims', { ...mine, body, idempotencyKey }),
    invoice: (body: Body<'/portal/orders/{orderId}/invoices', 'post'>, idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/invoices', { ...mine, body, idempotencyKey }),
    cancelInvoice: (invoiceId: string, idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/invoices/{invoiceId}/cancel', {
        path: { orderId, invoiceId },
        idempotencyKey,
      }),
    invoicePdf: (invoiceId: string) => client.bytes(`/portal/orders/${orderId}/invoices/${invoiceId}/pdf`),
    cancel: (reason: string, idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/cancel', { ...mine, body: { reason }, idempotencyKey }),
    intercept: (reason: string, idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/intercept', { ...mine, body: { reason }, idempotencyKey }),
    confirmReceipt: (idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/confirm-receipt', { ...mine, idempotencyKey }),
    extendReceipt: (days: 3 | 7, idempotencyKey: string) =>
      client.post('/portal/orders/{orderId}/extend-receipt', { ...mine, body: { days }, idempotencyKey }),
  };
}
export type PortalOf = ReturnType<typeof portalOf>;

/** Whose portal it is; `org` is in the address the customer was given, or known where there is one organisation. */
export const welcomeQuery = (org: string) =>
  queryOptions({
    queryKey: ['welcome', org],
    queryFn: ({ signal }) => client.get('/portal/welcome', { query: { org }, signal }),
    staleTime: Infinity,
  });

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => client.get('/portal/session', { signal }),
  staleTime: Infinity,
});

export type MyOrdersShown = NonNullable<QueryOf<'/portal/orders'>['show']>;
/** My orders, page after page. */
export const myOrdersQuery = (show: MyOrdersShown) =>
  infiniteQueryOptions({
    queryKey: ['my-orders', show],
    queryFn: ({ signal, pageParam }) =>
      client.get('/portal/orders', { query: { show, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });

/** What a link asks the customer. It is read once: the answer, not the clock, changes it. */
export const offerQuery = (token: string) =>
  queryOptions({
    queryKey: ['offer', token],
    queryFn: ({ signal }) => client.get('/portal/exceptions/{token}', { path: { token }, signal }),
    retry: false,
  });
/** An agreement to be signed. It is read once: what is signed is what was read. */
export const agreementQuery = (token: string) =>
  queryOptions({
    queryKey: ['agreement', token],
    queryFn: ({ signal }) => client.get('/portal/agreements/{token}', { path: { token }, signal }),
    retry: false,
    refetchOnWindowFocus: false,
  });
export const agreementCheckQuery = (token: string) =>
  queryOptions({
    queryKey: ['agreement-check', token],
    queryFn: ({ signal }) => client.get('/portal/agreement-checks/{token}', { path: { token }, signal }),
    retry: false,
  });
/** What a customer is asked; looking answers nothing. */
export const feedbackQuery = (token: string) =>
  queryOptions({
    queryKey: ['feedback', token],
    queryFn: ({ signal }) => client.get('/portal/feedback/{token}', { path: { token }, signal }),
    retry: false,
    refetchOnWindowFocus: false,
  });
export const withdrawalQuery = (token: string) =>
  queryOptions({
    queryKey: ['withdrawal', token],
    queryFn: ({ signal }) => client.get('/portal/back-in-stock/{token}', { path: { token }, signal }),
    retry: false,
  });

/** What the customer is asked about something of theirs; looking answers nothing. */
export type Rated = { caseId: string } | { ticketId: string };
export const myFeedbackQuery = (of: Rated) =>
  queryOptions({
    queryKey: ['my-feedback', of],
    queryFn: ({ signal }) =>
      'caseId' in of
        ? client.get('/portal/after-sales/{caseId}/feedback', { path: of, signal })
        : client.get('/portal/tickets/{ticketId}/feedback', { path: of, signal }),
    refetchOnWindowFocus: false,
  });

export const portal = {
  answer: (token: string, body: { choice: 'substitute' | 'wait' | 'refund'; sku?: string }) =>
    client.repeatable('/portal/exceptions/{token}', { path: { token }, body }),
  sign: (token: string, body: Body<'/portal/agreements/{token}/sign', 'post'>) =>
    client.repeatable('/portal/agreements/{token}/sign', { path: { token }, body }),
  rate: (body: Body<'/portal/feedback', 'post'>) => client.repeatable('/portal/feedback', { body }),
  rateMine: (of: Rated, body: Body<'/portal/after-sales/{caseId}/feedback', 'post'>) =>
    'caseId' in of
      ? client.repeatable('/portal/after-sales/{caseId}/feedback', { path: of, body })
      : client.repeatable('/portal/tickets/{ticketId}/feedback', { path: of, body }),
  withdraw: (token: string) => client.repeatable('/portal/back-in-stock/{token}/withdraw', { path: { token } }),
  find: (orderNo: string, phone: string) => client.repeatable('/portal/sessions', { body: { orderNo, phone } }),
  askForCode: (org: string, phone: string) =>
    client.repeatable('/portal/codes', { body: { phone, ...(org === '' ? {} : { org }) } }),
  enterCode: (org: string, phone: string, code: string) =>
    client.repeatable('/portal/sessions/phone', { body: { phone, code, ...(org === '' ? {} : { org }) } }),
  enterFromShop: (token: string) => client.repeatable('/portal/sessions/shop', { body: { token } }),
  leave: () => client.delete('/portal/session', {}),
};
