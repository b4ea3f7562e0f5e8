import { queryOptions } from '@tanstack/react-query';
import type { Money } from '../ui/format/money.ts';
import { client } from './instance.ts';
import type { OrderStatus, TrackNode } from './types.ts';

export type PortalOrder = {
  id: string;
  orderNo: string;
  shopName: string;
  status: OrderStatus;
  placedAt: string;
  payBefore: string | null;
  autoConfirmAt: string | null;
  shipTo: { name: string; phone: string; region: string };
  lines: { id: string; title: string; sku: string; quantity: number; payable: Money; pictureUrl: string | null }[];
  money: { goods: Money; discount: Money; freight: Money; payable: Money; refunded: Money };
  parcels: { id: string; carrier: string | null; waybillNo: string | null; status: string; track: TrackNode[] }[];
  may: string[];
};

const TOKEN = 'zhanggui.portal';

/** The visitor's pass to one order; it lasts as long as the tab. */
export const portalToken = {
  get: (): string | undefined => sessionStorage.getItem(TOKEN) ?? undefined,
  set: (token: string) => sessionStorage.setItem(TOKEN, token),
  clear: () => sessionStorage.removeItem(TOKEN),
};

const POLL_MS = 10_000;

export const portalOrderQuery = queryOptions({
  queryKey: ['/portal/order'],
  queryFn: ({ signal }) => client.get<PortalOrder>('/portal/order', {}, signal),
  refetchInterval: POLL_MS,
});

export const portal = {
  find: (orderNo: string, phone: string) => client.post<{ token: string }>('/portal/sessions', { orderNo, phone }),
  pay: (key: string) =>
    client.post<{ payUrl?: string }>('/portal/order/payments', { channel: 'sandbox' }, { idempotencyKey: key }),
  confirmReceipt: (key: string) => client.post('/portal/order/confirm-receipt', {}, { idempotencyKey: key }),
  extendReceipt: (days: number, key: string) =>
    client.post('/portal/order/extend-receipt', { days }, { idempotencyKey: key }),
};
