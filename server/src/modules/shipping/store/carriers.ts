import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { KNOWN_CARRIERS } from '../domain/waybill.ts';
import { CarrierExists } from '../errors.ts';
import { shippingSettings } from '../settings.ts';

export type CarrierRow = {
  code: string;
  name: string;
  adapter: 'manual' | 'sandbox';
  enabled: boolean;
  version: number;
};
const COLUMNS = 'code, name, adapter, enabled, version';
const CARRIERS_MAX = 500;

/** The organisation's carriers: those known from the start, as it has changed them, and its own. By code. */
export async function allCarriers(tx: Tx): Promise<CarrierRow[]> {
  const { sandboxEnabled } = await shippingSettings.get(tx);
  const own = await tx.query<CarrierRow>(
    `select ${COLUMNS} from shipping.carriers where org_id = $1 order by code limit ${CARRIERS_MAX}`,
    [tx.orgId],
  );
  const byCode = new Map<string, CarrierRow>(
    KNOWN_CARRIERS.map((c) => [c.code, { ...c, enabled: c.adapter !== 'sandbox' || sandboxEnabled, version: 0 }]),
  );
  for (const row of own) byCode.set(row.code, row);
  return [...byCode.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

export async function findCarrier(tx: Tx, code: string): Promise<CarrierRow | undefined> {
  return (await allCarriers(tx)).find((c) => c.code === code);
}

/** The carrier customers are told to expect: the one named, while it is switched on, else the one most of the last parcels went with. */
export async function usualCarrier(tx: Tx, code: string): Promise<{ code: string; name: string } | null> {
  const enabled = (await allCarriers(tx)).filter((c) => c.enabled);
  const named = enabled.find((c) => c.code === code);
  if (named) return { code: named.code, name: named.name };
  const used = await tx.prepared<{ carrier: string }>(
    `select carrier from (select carrier from shipping.shipments where org_id = $1 order by id desc limit 200) s group by carrier order by count(*) desc, carrier`,
    [tx.orgId],
  );
  const usual = used.map((u) => enabled.find((c) => c.code === u.carrier)).find((c) => c !== undefined);
  return usual ? { code: usual.code, name: usual.name } : null;
}

export async function insertCarrier(tx: Tx, ctx: Ctx, carrier: { code: string; name: string }): Promise<CarrierRow> {
  if (KNOWN_CARRIERS.some((c) => c.code === carrier.code)) throw new CarrierExists({ code: carrier.code });
  const rows = await tx.query<CarrierRow>(
    `insert into shipping.carriers (org_id, code, name, adapter, created_at) values ($1, $2, $3, 'manual', $4)
     on conflict do nothing returning ${COLUMNS}`,
    [tx.orgId, carrier.code, carrier.name, ctx.now],
  );
  const row = maybeOne(rows);
  if (!row) throw new CarrierExists({ code: carrier.code });
  return row;
}

/** Stores the carrier as it now is; `version` is what it was read with, 0 when it has no row yet. */
export async function saveCarrier(tx: Tx, ctx: Ctx, row: CarrierRow): Promise<CarrierRow> {
  const rows = await tx.query<CarrierRow>(
    `insert into shipping.carriers as c (org_id, code, name, adapter, enabled, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (org_id, code) do update set name = excluded.name, enabled = excluded.enabled, version = c.version + 1
       where c.version = $7 returning ${COLUMNS}`,
    [tx.orgId, row.code, row.name, row.adapter, row.enabled, ctx.now, row.version],
  );
  const saved = maybeOne(rows);
  if (!saved) throw new PreconditionFailed({ code: row.code });
  return saved;
}
