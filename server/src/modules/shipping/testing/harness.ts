import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type Actor, type Ctx, SYSTEM_ACTOR, systemCtx } from '#kernel/context.ts';
import { useFieldCrypto } from '#kernel/crypto/index.ts';
import { Db } from '#kernel/db/index.ts';
import { buildHttp } from '#kernel/http/server.ts';
import { newId } from '#kernel/ids.ts';
import { silentLog } from '#kernel/log.ts';
import { eventsOf } from '#kernel/outbox/index.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import { createShipment, shippingModule, useShipping } from '../index.ts';

export type Harness = Awaited<ReturnType<typeof startHarness>>;

/** Shipping on a real database behind a real HTTP server; whose parcels they are is a list of what it was told. */
export async function startHarness() {
  const database = await freshDatabase();
  const db = new Db({ url: database.url, poolMax: 30 });
  useFieldCrypto({ db, secret: 'a secret for these tests only' });
  const orgId = newId();
  const told: { orderId: string; parcelId: string; at: Date }[] = [];
  const back: { orderId: string; parcelId: string; reason: string }[] = [];
  await db.systemTx(async (tx) => {
    await tx.query(`insert into kernel.orgs (id, code, name) values ($1, $2, 'Test')`, [orgId, `t${orgId.slice(-12)}`]);
  });
  const actor: Actor = { ...SYSTEM_ACTOR, kind: 'user', id: 'user-1', name: 'Tester' };
  const http = await buildHttp({
    env: { db, log: silentLog, now: () => new Date() },
    routes: shippingModule.routes ?? [],
    authenticate: async (request) => (request.headers.authorization === 'Bearer test' ? { orgId, actor } : null),
  });
  await http.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  useShipping({
    baseUrl: () => url,
    owner: {
      lock: (tx, _ctx, orderId) => tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [orderId]),
      delivered: async (tx, _ctx, parcel) => tx.afterCommit(() => void told.push(parcel)),
      cameBack: async (tx, _ctx, parcel) => tx.afterCommit(() => void back.push(parcel)),
    },
  });
  const ctx = (): Ctx => ({ ...systemCtx(orgId, new Date(), randomUUID()), actor });
  const headers = { authorization: 'Bearer test', 'content-type': 'application/json' };
  // oxlint-disable-next-line no-explicit-any -- tests look into whatever came back
  const answer = async (response: Response): Promise<{ status: number; body: any }> => ({
    status: response.status,
    body: await response.json(),
  });
  return {
    db,
    url,
    orgId,
    told,
    back,
    ctx,
    ship: (input: { carrier?: string; waybillNo?: string; orderId?: string; parcelId?: string } = {}) =>
      db.inTx({ orgId }, (tx) =>
        createShipment(tx, ctx(), { parcelId: newId(), orderId: newId(), carrier: 'sandbox', ...input }),
      ),
    events: async (orderId: string): Promise<string[]> =>
      (await db.read({ orgId }, (tx) => eventsOf(tx, orderId))).map((e) => e.type),
    get: async (path: string) => answer(await fetch(url + path, { headers })),
    send: async (method: string, path: string, body: unknown) =>
      answer(await fetch(url + path, { method, headers, body: JSON.stringify(body) })),
    faults: async (): Promise<string[]> => {
      const found: string[] = [];
      for (const invariant of shippingModule.invariants ?? [])
        found.push(...(await db.read({ orgId }, (tx) => invariant.check(tx))));
      return found;
    },
    close: async (): Promise<void> => {
      await http.close();
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
