import type { Answer, Sender, TestApp } from './app.ts';
import { expectStatus, pay, place } from './shop.ts';

export type Line = { lineId: string; quantity: number };

/** What a journey does with parcels: pay for, pack, hand over, move. */
export function parcelsOf(app: TestApp, org: Sender) {
  return {
    /** Placed, paid and confirmed; with its payment. */
    paidOrder: async (lines: { sku: string; quantity: number }[], over: object = {}): Promise<Answer['body']> => {
      const order = await place(org, { lines, ...over });
      const payment = await pay(org, order.id);
      await app.settleDown();
      return { ...order, payment };
    },
    /** Packs, scans and hands over; without lines all that is left. */
    ship: async (
      orderId: string,
      lines?: Line[],
      carrier: object = { carrier: 'sandbox' },
    ): Promise<{ id: string; shipmentId: string }> => {
      const made = expectStatus(await org.post('/parcels', { orderId, ...(lines ? { lines } : {}) }), 201);
      for (const line of made.lines)
        expectStatus(await org.post(`/parcels/${made.id}/scan`, { code: line.sku, quantity: line.quantity }), 200);
      return expectStatus(await org.post(`/parcels/${made.id}/ship`, carrier), 200);
    },
    /** Has the sandbox carrier move a parcel and push the news. */
    advance: async (shipmentId: string, to: string, more: object = {}): Promise<void> => {
      // Jobs go by the machine's clock: the carrier's next news is newer than what one of them has pushed.
      app.clock.at(new Date(Math.max(app.clock.now().getTime(), Date.now())));
      expectStatus(await org.post(`/sandbox/shipments/${shipmentId}/advance`, { to, ...more }), 200);
    },
    intercept: async (orderId: string, reason = 'changed my mind'): Promise<Answer['body']> =>
      expectStatus(await org.post(`/orders/${orderId}/intercept`, { reason }), 200),
    /** The states of its interceptions, newest first. */
    interceptions: async (orderId: string): Promise<string[]> =>
      expectStatus(await org.get(`/orders/${orderId}`), 200).interceptions.map((i: { state: string }) => i.state),
    /** Types of what the timeline shows, such as `orders.order_paid`. */
    told: async (orderId: string): Promise<string[]> =>
      expectStatus(await org.get(`/orders/${orderId}/timeline`), 200).items.map((i: { type: string }) =>
        i.type.replace(/\.v1$/, ''),
      ),
    refundsOf: async (paymentId: string): Promise<number[]> =>
      expectStatus(await org.get(`/payments/${paymentId}/refunds`), 200).items.map((r: { amount: number }) => r.amount),
  };
}

export type Parcels = ReturnType<typeof parcelsOf>;
