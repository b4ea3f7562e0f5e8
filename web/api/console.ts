import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from './instance.ts';
import type { Answer, Known, ListPath, LooseQuery, PathOf, QueryOf, RequestArgs, RowOf } from './paths.ts';
import type { Page } from './types.ts';

/** One list of the server as a query: the page of an address stays on screen until the next has come. */
export function listQuery<P extends ListPath, const Q extends LooseQuery<P>>(path: P, query: Known<Q, P>) {
  return queryOptions({
    queryKey: [path, query] as const,
    queryFn: async ({ signal }) => (await client.read(path, { query, signal })) as Page<RowOf<P>>,
    placeholderData: keepPreviousData,
  });
}

/** One resource of the server as a query. */
export function oneQuery<P extends PathOf<'get'>>(path: P, ...[request]: RequestArgs<P, 'get'>) {
  return queryOptions({
    queryKey: [path, request] as const,
    queryFn: async ({ signal }) => (await client.read(path, { ...request, signal })) as Answer<P, 'get'>,
  });
}

export const meQuery = queryOptions({ ...oneQuery('/me'), staleTime: 5 * 60_000 });

export const dashboardQuery = queryOptions({ ...oneQuery('/dashboard'), refetchInterval: 30_000 });
export const orderQuery = (orderId: string) => oneQuery('/orders/{orderId}', { path: { orderId } });
export const timelineQuery = (orderId: string) => oneQuery('/orders/{orderId}/timeline', { path: { orderId } });
export const orderCountsQuery = (query: LooseQuery<'/orders/counts'>) =>
  queryOptions({
    ...oneQuery('/orders/counts', { query: query as QueryOf<'/orders/counts'> }),
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
export const shopsQuery = queryOptions({ ...listQuery('/shops', { limit: 200 }), staleTime: 60_000 });
export const stockTakeQuery = (takeId: string) => oneQuery('/stock-takes/{takeId}', { path: { takeId } });
export const warehousesQuery = queryOptions({ ...listQuery('/warehouses', { limit: 200 }), staleTime: 60_000 });
export const carriersQuery = queryOptions({ ...oneQuery('/carriers'), staleTime: 60_000 });
export const cartonsQuery = queryOptions({ ...oneQuery('/cartons'), staleTime: 60_000 });
export const rolesQuery = queryOptions({ ...oneQuery('/roles'), staleTime: 60_000 });
export const skuSearchQuery = (q: string, warehouse?: string) =>
  queryOptions({ ...listQuery('/skus', { q, warehouse, limit: 20 }), staleTime: 5_000 });
/** What is known of SKUs by code, at most 200: pictures and stock beside lines that carry the code only. */
export const skusByCodeQuery = (codes: readonly string[]) =>
  queryOptions({
    ...listQuery('/skus', { codes: [...new Set(codes)].toSorted().slice(0, 200).join(','), limit: 200 }),
    enabled: codes.length > 0,
    staleTime: 60_000,
  });
export const zonesQuery = (warehouse: string) =>
  queryOptions({
    ...oneQuery('/warehouses/{warehouse}/zones', { path: { warehouse } }),
    enabled: warehouse !== '',
    staleTime: 60_000,
  });
/** The floor with its bins: some megabytes of a large warehouse, so that it is not asked for again at each look. */
export const planQuery = (warehouse: string) =>
  queryOptions({ ...oneQuery('/warehouses/{warehouse}/plan', { path: { warehouse } }), staleTime: 30_000 });
/** Bins of a warehouse whose code begins with the text. */
export const binSearchQuery = (warehouse: string, q: string) =>
  queryOptions({
    ...oneQuery('/warehouses/{warehouse}/bins', { path: { warehouse }, query: { q, limit: 20 } }),
    enabled: warehouse !== '',
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
/** The batches of one SKU, those that expire first at the front. */
export const batchesOfQuery = (sku: string) =>
  queryOptions({ ...listQuery('/stock/batches', { sku, limit: 50 }), enabled: sku !== '', staleTime: 10_000 });
export const deliveryQuery = (deliveryId: string) =>
  oneQuery('/stock/deliveries/{deliveryId}', { path: { deliveryId } });
export const documentQuery = (documentId: string) =>
  oneQuery('/stock/documents/{documentId}', { path: { documentId } });
export const waveQuery = (waveId: string) => oneQuery('/waves/{waveId}', { path: { waveId } });
/** The walk of one round of a wave; computed by the server at each look, from what is still to be taken. */
export const pickRouteQuery = (waveId: string, round: number) =>
  queryOptions({
    queryKey: ['/waves/{waveId}/pick-route', waveId, round] as const,
    queryFn: ({ signal }) =>
      client.repeatable('/waves/{waveId}/pick-route', { path: { waveId }, body: { round }, signal }),
  });
export const postingsQuery = (code: string, query: QueryOf<'/ledger/accounts/{code}/postings'>) =>
  queryOptions({
    ...oneQuery('/ledger/accounts/{code}/postings', { path: { code }, query }),
    placeholderData: keepPreviousData,
  });
export const offerCountsQuery = (query: LooseQuery<'/offers/counts'>) =>
  queryOptions({
    ...oneQuery('/offers/counts', { query: query as QueryOf<'/offers/counts'> }),
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
export const offerQuery = (offerId: string) => oneQuery('/offers/{offerId}', { path: { offerId } });
export const categoriesQuery = (q: string) =>
  queryOptions({ ...oneQuery('/categories', { query: { q } }), staleTime: 60_000, placeholderData: keepPreviousData });
export const membershipQuery = queryOptions({ ...oneQuery('/membership'), staleTime: 60_000 });
export const limitsQuery = queryOptions({ ...oneQuery('/limits'), staleTime: 60_000 });
export const permissionsQuery = queryOptions({ ...oneQuery('/permissions'), staleTime: 3_600_000 });
export const channelsQuery = oneQuery('/payment-channels');
/** By which channels an order may be paid; asked for anew each time somebody is about to. */
export const payOptionsQuery = (orderId: string) => oneQuery('/payments/options', { query: { subject: orderId } });
export const settingsQuery = (section: string) => oneQuery('/settings/{section}', { path: { section } });
export const sessionsQuery = oneQuery('/me/sessions');

const ENDED: readonly string[] = ['done', 'failed', 'cancelled'];
/** Whether an import or export still goes on. */
export const isRunning = (run: { status: string }): boolean => !ENDED.includes(run.status);

export const importQuery = (importId: string) =>
  queryOptions({
    ...oneQuery('/imports/{importId}', { path: { importId } }),
    refetchInterval: ({ state }) => (state.data && !isRunning(state.data) ? false : 1000),
  });

/** Log-in lives beside the API, under the library's own paths. */
export const auth = {
  signIn: (email: string, password: string) =>
    client.beside<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', { email, password }),
  verifyTotp: (code: string) => client.beside<unknown>('/api/auth/two-factor/verify-totp', { code }),
  verifyBackupCode: (code: string) => client.beside<unknown>('/api/auth/two-factor/verify-backup-code', { code }),
  signOut: () => client.beside<unknown>('/api/auth/sign-out', {}),
  enableTotp: (password: string) =>
    client.beside<{ totpURI: string; backupCodes: string[] }>('/api/auth/two-factor/enable', { password }),
  disableTotp: (password: string) => client.beside<unknown>('/api/auth/two-factor/disable', { password }),
  changePassword: (currentPassword: string, newPassword: string) =>
    client.beside<unknown>('/api/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true }),
};

export type Revealable = 'order' | 'customer' | 'back_in_stock' | 'bank_line' | 'refund_payee' | 'compensation_payee';

/** Personal data in clear, recorded with the reason in the audit log. */
export const reveal = async (kind: Revealable, id: string, reason: string): Promise<Record<string, string>> =>
  (await client.repeatable('/personal-data/reveal', { body: { kind, id, reason } })).fields;
