import assert from 'node:assert/strict';
import { testApp } from './app.ts';
import type { Answer } from './app.ts';
import { parcelsOf } from './parcels.ts';
import { openShop, orderOf, pay, phoneOf, place, SHIP_TO } from './shop.ts';

type Body = Answer['body'];

/** A shop with stock in two warehouses, and what a test of changes, splits and merges asks of it. */
export async function openChanges() {
  const app = await testApp();
  const org = await app.org();
  await app.person(org.code, ['admin']);
  await openShop(
    org,
    [
      { sku: 'A', price: 1000, stock: { W1: 1000 } },
      { sku: 'B', price: 333, stock: { W1: 500 } },
      { sku: 'FAR', price: 700, stock: { W2: 100 } },
      { sku: 'FEW', price: 500, stock: { W1: 3 } },
      { sku: 'LATER', price: 900, reserveOn: 'payment', stock: { W1: 2 } },
    ],
    ['W1', 'W2'],
  );
  let buyers = 50_000;
  /** Where one more buyer has things sent. */
  const buyer = () => ({ shipTo: { ...SHIP_TO, phone: phoneOf((buyers += 1)) } });
  return {
    app,
    org,
    reviewer: await app.person(org.code, ['order_reviewer']),
    parcels: parcelsOf(app, org),
    buyer,
    /** Placed, paid and confirmed; with its payment. */
    paid: async (lines: { sku: string; quantity: number }[], over: object = {}): Promise<Body> => {
      const order = await place(org, { lines, ...buyer(), ...over });
      const payment = await pay(org, order.id);
      await app.settleDown();
      return { ...(await orderOf(org, order.id)), payment };
    },
    amend: (id: string, body: object): Promise<Answer> => org.post(`/orders/${id}/amend`, body),
    /** The order after everything that is due has happened. */
    now: async (id: string): Promise<Body> => {
      await app.settleDown();
      return orderOf(org, id);
    },
    /** Every invariant holds after all of it; then the shop is closed, whatever they say. */
    end: async (): Promise<void> => {
      try {
        await app.settleDown();
        assert.deepEqual(await app.faults(), [], 'every invariant holds after all of this');
      } finally {
        await app.close();
      }
    },
  };
}

export type Changes = Awaited<ReturnType<typeof openChanges>>;

/** The line of an order that has units of the SKU. */
export const lineOf = (order: Body, sku: string): Body =>
  order.lines.find((l: Body) => l.sku === sku && l.quantity > 0);
