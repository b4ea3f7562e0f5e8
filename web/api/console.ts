import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from './instance.ts';
import type { Query } from './client.ts';
import type * as t from './types.ts';

/** One list of the server as a query: the page of an address stays on screen until the next has come. */
export function listQuery<T>(path: string, query: Query = {}) {
  return queryOptions({
    queryKey: [path, query],
    queryFn: ({ signal }) => client.get<t.Page<T>>(path, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** One resource of the server as a query. */
export function oneQuery<T>(path: string, query: Query = {}) {
  return queryOptions({ queryKey: [path, query], queryFn: ({ signal }) => client.get<T>(path, query, signal) });
}

export const meQuery = queryOptions({
  queryKey: ['/me'],
  queryFn: ({ signal }) => client.get<t.Me>('/me', {}, signal),
  staleTime: 5 * 60_000,
});

export const dashboardQuery = queryOptions({ ...oneQuery<t.Dashboard>('/dashboard'), refetchInterval: 30_000 });
export const orderQuery = (id: string) => oneQuery<t.Order>(`/orders/${id}`);
export const timelineQuery = (id: string) => oneQuery<{ items: t.TimelineItem[] }>(`/orders/${id}/timeline`);
export const orderCountsQuery = (query: Query) =>
  queryOptions({ ...oneQuery<{ counts: Record<string, number> }>('/orders/counts', query), staleTime: 30_000 });
export const shopsQuery = queryOptions({ ...listQuery<t.Shop>('/shops', { limit: 200 }), staleTime: 60_000 });
export const warehousesQuery = queryOptions({
  ...listQuery<t.Warehouse>('/warehouses', { limit: 200 }),
  staleTime: 60_000,
});
export const skuSearchQuery = (q: string, warehouse?: string) =>
  listQuery<t.SkuHit>('/skus', { q, warehouse, limit: 20 });
export const permissionsQuery = queryOptions({
  ...oneQuery<{ items: t.PermissionInfo[] }>('/permissions'),
  staleTime: 3_600_000,
});
export const settingsQuery = (section: string) => oneQuery<t.SettingsSection>(`/settings/${section}`);
export const importQuery = (id: string) =>
  queryOptions({
    ...oneQuery<t.ImportRun>(`/imports/${id}`),
    refetchInterval: ({ state }) => (state.data && ['succeeded', 'failed'].includes(state.data.status) ? false : 1000),
  });

/** Log-in lives beside the API: the library's own paths and its own `{ code, message }` errors. */
export const auth = {
  signIn: (email: string, password: string) =>
    client.post<{ twoFactorRedirect?: boolean }>('//api/auth/sign-in/email', { email, password }),
  verifyTotp: (code: string) => client.post<unknown>('//api/auth/two-factor/verify-totp', { code }),
  verifyBackupCode: (code: string) => client.post<unknown>('//api/auth/two-factor/verify-backup-code', { code }),
  signOut: () => client.post<unknown>('//api/auth/sign-out', {}),
  enableTotp: (password: string) =>
    client.post<{ totpURI: string; backupCodes: string[] }>('//api/auth/two-factor/enable', { password }),
  disableTotp: (password: string) => client.post<unknown>('//api/auth/two-factor/disable', { password }),
  changePassword: (currentPassword: string, newPassword: string) =>
    client.post<unknown>('//api/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true }),
};

export type Revealable = 'order' | 'customer';

/** Personal data in clear, recorded with the reason in the audit log. */
export const reveal = (kind: Revealable, id: string, reason: string) =>
  client.post<Record<string, string>>('/personal-data/reveal', { kind, id, reason });
