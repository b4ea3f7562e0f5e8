import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type Actor, type Ctx, SYSTEM_ACTOR, systemCtx } from '#kernel/context.ts';
import { useFieldCrypto } from '#kernel/crypto/index.ts';
import { Db } from '#kernel/db/index.ts';
import { buildHttp } from '#kernel/http/server.ts';
import { newId } from '#kernel/ids.ts';
import { createLog } from '#kernel/log.ts';
import { eventsOf } from '#kernel/outbox/index.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import { catalogModule } from '#modules/catalog/index.ts';
import { inventoryModule } from '#modules/inventory/index.ts';
import { lockOrder, ordersModule, setOrderPorts } from '#modules/orders/index.ts';
import { shippingModule, useShipping } from '#modules/shipping/index.ts';
import { cancelForOrder, fulfilmentModule, isPicking, parcelCameBack, parcelDelivered } from '../index.ts';

export type Harness = Awaited<ReturnType<typeof startHarness>>;
// oxlint-disable-next-line no-explicit-any -- tests look into whatever came back
export type Answer = { status: number; body: any };

const MODULES = [catalogModule, inventoryModule, shippingModule, ordersModule, fulfilmentModule];

/** Orders, stock, carriers and the warehouse's work, on a real database behind a real HTTP server. */
export async function startHarness() {
  const database = await freshDatabase();
  const db = new Db({ url: database.url, poolMax: 40 });
  useFieldCrypto({ db, secret: 'a secret for these tests only' });
  const orgId = newId();
  await db.systemTx((tx) =>
    tx.query(`insert into kernel.orgs (id, code, name) values ($1, $2, 'Test')`, [orgId, `t${orgId.slice(-12)}`]),
  );
  const actor: Actor = { ...SYSTEM_ACTOR, kind: 'user', id: 'user-1', name: 'Tester' };
  const as = { current: actor };
  const http = await buildHttp({
    env: { db, log: createLog(process.env['LOG_LEVEL'] ?? 'silent'), now: () => new Date() },
    routes: MODULES.flatMap((m) => m.routes ?? []),
    authenticate: async (request) =>
      request.headers.authorization === 'Bearer test' ? { orgId, actor: as.current } : null,
  });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  setOrderPorts({ stopFulfilment: cancelForOrder, isPicking, agreedPolicies: async () => ({}) });
  useShipping({
    baseUrl: () => url,
    owner: {
      lock: (tx, _ctx, orderId) => lockOrder(tx, orderId),
      delivered: parcelDelivered,
      cameBack: parcelCameBack,
    },
  });
  const headers = { authorization: 'Bearer test', 'content-type': 'application/json' };
  const answer = async (response: Response): Promise<Answer> => ({
    status: response.status,
    body: await response.json(),
  });
  const get = async (path: string): Promise<Answer> => answer(await fetch(url + path, { headers }));
  const post = async (path: string, body: unknown, more: Record<string, string> = {}): Promise<Answer> =>
    answer(await fetch(url + path, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) }));
  const must = async (path: string, body: unknown): Promise<Answer['body']> => {
    const made = await post(path, body);
    assert.ok(made.status < 300, `${path}: ${JSON.stringify(made.body)}`);
    return made.body;
  };
  return {
    db,
    orgId,
    url,
    as,
    actor,
    get,
    post,
    must,
    ctx: (): Ctx => ({ ...systemCtx(orgId, new Date(), randomUUID()), actor }),
    events: async (orderId: string): Promise<string[]> =>
      (await db.read({ orgId }, (tx) => eventsOf(tx, orderId))).map((e) => e.type),
    /** What doctor says of stock, orders, shipments and parcels. */
    faults: async (): Promise<string[]> => {
      const found: string[] = [];
      for (const invariant of MODULES.flatMap((m) => m.invariants ?? [])) {
        found.push(...(await db.read({ orgId }, (tx) => invariant.check(tx))).map((f) => `${invariant.name}: ${f}`));
      }
      return found;
    },
    close: async (): Promise<void> => {
      await http.close();
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** A shop, two warehouses and three SKUs with 1,000 pieces of each in the first warehouse. */
export async function stock(h: Harness): Promise<void> {
  await h.must('/api/v1/shops', { code: 'main', name: '主店' });
  for (const code of ['SH', 'GZ']) await h.must('/api/v1/warehouses', { code, name: code });
  await h.must('/api/v1/products', {
    code: 'TEA',
    title: '茶',
    category: '食品/茶',
    skus: ['A', 'B', 'C'].map((x) => ({
      sku: `TEA-${x}`,
      barcode: `690000000000${x.charCodeAt(0) - 64}`,
      price: { amount: 1_000, currency: 'CNY' },
    })),
  });
  const lines = ['A', 'B', 'C'].map((x) => ({ sku: `TEA-${x}`, quantity: 1_000 }));
  await h.must('/api/v1/stock/receipts', { warehouse: 'SH', lines });
}

let buyers = 0;

/** A paid order of the given pieces; each by another buyer, so that none is held as a repeat. */
export async function order(
  h: Harness,
  pieces: Record<string, number>,
  more: object = {},
): Promise<{ id: string; orderNo: string; lines: { id: string; sku: string }[] }> {
  buyers += 1;
  const made = await h.must('/api/v1/orders', {
    shop: 'main',
    channel: 'test',
    payment: 'prepaid',
    customer: { externalId: `buyer-${buyers}`, name: '张三', phone: `138${String(buyers).padStart(8, '0')}` },
    shipTo: {
      name: '张三',
      phone: `138${String(buyers).padStart(8, '0')}`,
      province: '上海市',
      city: '上海市',
      district: '黄浦区',
      address: `人民路${buyers}号`,
    },
    lines: Object.entries(pieces).map(([sku, quantity]) => ({ sku: `TEA-${sku}`, quantity })),
    ...more,
  });
  assert.deepEqual(made.holds, [], JSON.stringify(made));
  return made;
}

export const barcode = (sku: string): string => `690000000000${sku.charCodeAt(0) - 64}`;
