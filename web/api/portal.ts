import { queryOptions } from '@tanstack/react-query';
import { client } from './instance.ts';
import type { Body } from './paths.ts';

const PASS = 'zhanggui.portal';
type Pass = { token: string; orderId: string };

function readPass(): Pass | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(PASS) ?? 'null') ?? undefined;
  } catch {
    return undefined; // storage is closed, or holds what an older page wrote
  }
}

let pass: Pass | undefined = readPass();

/** The visitor's pass to one order; it lasts as long as the tab. */
export const portalPass = {
  get: (): Pass | undefined => pass,
  set: (next: Pass) => {
    pass = next;
    sessionStorage.setItem(PASS, JSON.stringify({ token: next.token, orderId: next.orderId }));
  },
  clear: () => {
    pass = undefined;
    sessionStorage.removeItem(PASS);
  },
};

const POLL_MS = 10_000;
const mine = () => ({ path: { orderId: pass?.orderId ?? '' } });

export const portalOrderQuery = queryOptions({
  queryKey: ['order'],
  queryFn: ({ signal }) => client.get('/portal/orders/{orderId}', { ...mine(), signal }),
  refetchInterval: POLL_MS,
});
export const portalParcelsQuery = queryOptions({
  queryKey: ['parcels'],
  queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/parcels', { ...mine(), signal }),
  refetchInterval: POLL_MS,
});
export const portalTimelineQuery = queryOptions({
  queryKey: ['timeline'],
  queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/timeline', { ...mine(), signal }),
  refetchInterval: POLL_MS,
});

/** How the order may be paid. */
export const portalOptionsQuery = queryOptions({
  queryKey: ['payment-options'],
  queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/payment-options', { ...mine(), signal }),
});

export const portalClaimsQuery = queryOptions({
  queryKey: ['claims'],
  queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/claims', { ...mine(), signal }),
  refetchInterval: POLL_MS,
});

export const portalInvoicesQuery = queryOptions({
  queryKey: ['invoices'],
  queryFn: ({ signal }) => client.get('/portal/orders/{orderId}/invoices', { ...mine(), signal }),
  refetchInterval: POLL_MS,
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

export const portal = {
  answer: (token: string, body: { choice: 'substitute' | 'wait' | 'refund'; sku?: string }) =>
    client.post('/portal/exceptions/{token}', { path: { token }, body }),
  sign: (token: string, body: Body<'/portal/agreements/{token}/sign', 'post'>) =>
    client.post('/portal/agreements/{token}/sign', { path: { token }, body }),
  rate: (body: Body<'/portal/feedback', 'post'>) => client.post('/portal/feedback', { body }),
  withdraw: (token: string) => client.post('/portal/back-in-stock/{token}/withdraw', { path: { token } }),
  find: (orderNo: string, phone: string) => client.post('/portal/sessions', { body: { orderNo, phone } }),
  pay: (choice: { channel: string; method?: string }, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/payments', {
      ...mine(),
      body: choice as Body<'/portal/orders/{orderId}/payments', 'post'>,
      idempotencyKey,
    }),
  claim: (body: Body<'/portal/orders/{orderId}/claims', 'post'>, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/claims', { ...mine(), body, idempotencyKey }),
  invoice: (body: Body<'/portal/orders/{orderId}/invoices', 'post'>, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/invoices', { ...mine(), body, idempotencyKey }),
  cancelInvoice: (invoiceId: string, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/invoices/{invoiceId}/cancel', {
      path: { orderId: pass?.orderId ?? '', invoiceId },
      idempotencyKey,
    }),
  invoicePdf: (invoiceId: string) => client.bytes(`/portal/orders/${pass?.orderId ?? ''}/invoices/${invoiceId}/pdf`),
  cancel: (reason: string, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/cancel', { ...mine(), body: { reason }, idempotencyKey }),
  intercept: (reason: string, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/intercept', { ...mine(), body: { reason }, idempotencyKey }),
  confirmReceipt: (idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/confirm-receipt', { ...mine(), idempotencyKey }),
  extendReceipt: (days: 3 | 7, idempotencyKey: string) =>
    client.post('/portal/orders/{orderId}/extend-receipt', { ...mine(), body: { days }, idempotencyKey }),
};
