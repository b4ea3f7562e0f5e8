import type { Answer, Sender } from './app.ts';
import type { Parcels } from './parcels.ts';
import { expectStatus } from './shop.ts';

type Lines = { lineId: string; quantity: number; sku?: string }[];

/** What a journey does with after-sales cases. */
export function casesOf(org: Sender, on: Parcels) {
  const act = async (id: string, path: string, body: object = {}, status = 200): Promise<Answer['body']> =>
    expectStatus(await org.post(`/after-sales/${id}/${path}`, body), status);
  return {
    act,
    /** Paid, sent and delivered. */
    delivered: async (lines: { sku: string; quantity: number }[], over: object = {}): Promise<Answer['body']> => {
      const order = await on.paidOrder(lines, over);
      const parcel = await on.ship(order.id);
      await on.advance(parcel.shipmentId, 'delivered');
      return order;
    },
    open: async (
      orderId: string,
      type: string,
      lines: Lines,
      over: Record<string, unknown> = {},
    ): Promise<Answer['body']> =>
      expectStatus(await org.post('/after-sales', { orderId, type, lines, reason: 'quality', ...over }), 201),
    view: async (id: string): Promise<Answer['body']> => expectStatus(await org.get(`/after-sales/${id}`), 200),
    /** Sent back, counted and looked at, all of it sound and for sale again. */
    comeBack: async (id: string, lines: Lines, how: object = {}): Promise<Answer['body']> => {
      await act(id, 'ship', { carrier: 'sf', waybillNo: 'SF1234567890123' });
      await act(id, 'receive', { lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) });
      return act(id, 'inspect', {
        lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity, grade: 'A', disposition: 'restock', ...how })),
      });
    },
  };
}

export type Cases = ReturnType<typeof casesOf>;
