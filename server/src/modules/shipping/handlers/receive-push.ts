import { SYSTEM_ACTOR, systemCtx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import type { Log } from '#kernel/log.ts';
import { recordNodes } from '../commands/record-nodes.ts';
import { normaliseWaybill } from '../domain/waybill.ts';
import { CarrierNotFound, PushRefused, PushReplayed, PushStale, ShipmentNotFound } from '../errors.ts';
import { owner } from '../port.ts';
import { HEADERS, isSigned, sandboxKey } from '../providers/sandbox/key.ts';
import { Push } from '../schema.ts';
import { claimPush, getShipment, locate, lockShipment } from '../store/shipments.ts';

export const PUSH_WINDOW_MS = 5 * 60_000;

export type PushEnv = { db: Db; log: Log; now: Date; requestId: string };

/** A push whose bytes the carrier signed not long ago. @throws PushRefused, PushStale. */
async function verified(env: PushEnv, body: Buffer, headers: Readonly<Record<string, unknown>>): Promise<Push> {
  const [timestamp = '', nonce = '', signature = ''] = [HEADERS.timestamp, HEADERS.nonce, HEADERS.signature].map((n) =>
    String(headers[n] ?? ''),
  );
  const proven = isSigned(await sandboxKey(env.db), body, timestamp, nonce, signature);
  const said = proven ? Push.safeParse(parsed(body)) : undefined;
  if (!said?.success || said.data.nonce !== nonce || String(said.data.timestamp) !== timestamp) {
    env.log.warn({ carrier: 'sandbox', requestId: env.requestId }, 'carrier push refused');
    throw new PushRefused();
  }
  if (Math.abs(env.now.getTime() - said.data.timestamp * 1000) > PUSH_WINDOW_MS) throw new PushStale();
  return said.data;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // not JSON: refused like any other body that is no push
  }
}

/**
 * Takes a carrier's push: answers only after the commit. The organisation is that of the shipment.
 * @throws CarrierNotFound, PushRefused, PushStale, PushReplayed, ShipmentNotFound, NodeInFuture.
 */
export async function receivePush(
  env: PushEnv,
  carrier: string,
  body: Buffer,
  headers: Readonly<Record<string, unknown>>,
): Promise<{ added: number }> {
  if (carrier !== 'sandbox') throw new CarrierNotFound({ carrier }); // no other carrier pushes to us yet
  const push = await verified(env, body, headers);
  const place = await locate(env.db, carrier, normaliseWaybill(push.waybillNo));
  if (!place) throw new ShipmentNotFound({ waybillNo: push.waybillNo });
  const actor = { ...SYSTEM_ACTOR, id: `carrier:${carrier}`, name: carrier };
  const ctx = { ...systemCtx(place.orgId, env.now, env.requestId), actor };
  return env.db.inTx(ctx, async (tx) => {
    const { order_id } = await getShipment(tx, place.shipmentId);
    await owner().lock(tx, ctx, order_id);
    const row = await lockShipment(tx, place.shipmentId);
    const nodes = push.nodes.map((n) => ({ ...n, at: new Date(n.at) }));
    const added = await recordNodes(tx, ctx, row, nodes);
    const isNew = await claimPush(tx, ctx, {
      carrier,
      nonce: push.nonce,
      shipmentId: row.id,
      nodes: nodes.length,
      added,
    });
    if (!isNew) throw new PushReplayed();
    return { added };
  });
}
