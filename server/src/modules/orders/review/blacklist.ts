import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskAddress, maskPhone, normalisePhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { isPhone } from '../domain/check-address.ts';
import type { BlacklistKind } from '../domain/review-rules.ts';
import { openPersonal } from '../present.ts';
import { visibleOrder } from '../queries/order.ts';
import { NotBlacklisted, NothingToBlacklist } from './errors.ts';
import { BlacklistAdded, BlacklistRemoved } from './events.ts';
import { addressIdx, deviceIdx, phoneIdx } from './keys.ts';
import type { AddToBlacklist, BlacklistEntry, ListBlacklist } from './schema.ts';
import { type BlacklistRow, bumpRevision } from './store.ts';

type Key = { idx: Buffer; masked: string };

const DEVICE_SHOWN = 4;
const maskDevice = (device: string): string => `****${[...device].slice(-DEVICE_SHOWN).join('')}`;

/** What an order was placed with; address and device are missing on orders from before they were kept. */
async function keysOfOrder(tx: Tx, ctx: Ctx, orderRef: string): Promise<Partial<Record<BlacklistKind, Key>>> {
  const row = await visibleOrder(tx, ctx, orderRef);
  const to = openPersonal(ctx.orgId, row);
  const [kept] = await tx.query<{ device_idx: Buffer | null }>(
    'select device_idx from orders.orders where org_id = $1 and id = $2',
    [tx.orgId, row.id],
  );
  return {
    phone: { idx: phoneIdx(ctx.orgId, to.phone), masked: maskPhone(to.phone) },
    address: { idx: addressIdx(ctx.orgId, to), masked: maskAddress(to) },
    ...(kept?.device_idx ? { device: { idx: kept.device_idx, masked: row.order_no } } : {}),
  };
}

function keysGiven(ctx: Ctx, input: AddToBlacklist): Partial<Record<BlacklistKind, Key>> {
  const { phone, address, device } = input;
  const to = address && { ...address, name: '', phone: '' };
  return {
    ...(phone !== undefined && isPhone(normalisePhone(phone))
      ? { phone: { idx: phoneIdx(ctx.orgId, phone), masked: maskPhone(phone) } }
      : {}),
    ...(to && to.address.trim() !== '' ? { address: { idx: addressIdx(ctx.orgId, to), masked: maskAddress(to) } } : {}),
    ...(device === undefined ? {} : { device: { idx: deviceIdx(ctx.orgId, device), masked: maskDevice(device) } }),
  };
}

/**
 * Puts the phone, address or device of an order, or those given, on the blacklist; what is on it already gets the new reason
 * and end. Only keyed hashes are kept. @throws NothingToBlacklist naming the kinds of which nothing is known
 */
export async function addToBlacklist(
  tx: Tx,
  ctx: Ctx,
  input: AddToBlacklist,
): Promise<{ items: z.input<typeof BlacklistEntry>[] }> {
  await fieldCrypto.load(ctx.orgId);
  const keys = input.orderId === undefined ? keysGiven(ctx, input) : await keysOfOrder(tx, ctx, input.orderId);
  const missing = input.kinds.filter((kind) => !keys[kind]);
  if (missing.length > 0)
    throw new NothingToBlacklist(
      { kinds: missing.join() },
      missing.map((kind) => ({ path: kind, code: 'required' })),
    );
  const rows: BlacklistRow[] = [];
  for (const kind of new Set(input.kinds)) {
    const { idx, masked } = keys[kind] as Key;
    const [row] = await tx.query<BlacklistRow>(
      `insert into orders.blacklist as b (org_id, id, kind, idx, masked, reason, until, added_at, added_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (org_id, kind, idx) do update set reason = excluded.reason, until = excluded.until, added_at = excluded.added_at, added_by = excluded.added_by
       returning id, kind, masked, reason, until, added_at, added_by`,
      [tx.orgId, newId(ctx.now.getTime()), kind, idx, masked, input.reason, input.until ?? null, ctx.now, ctx.actor.id],
    );
    if (row) rows.push(row);
  }
  await bumpRevision(tx);
  for (const r of rows) await BlacklistAdded.emit(tx, ctx, r.id, { entryId: r.id, kind: r.kind, reason: r.reason });
  return { items: await present(tx, rows) };
}

export async function removeFromBlacklist(
  tx: Tx,
  ctx: Ctx,
  { entryId }: { entryId: string },
): Promise<Record<string, never>> {
  const [row] = await tx.query<{ kind: string }>(
    'delete from orders.blacklist where org_id = $1 and id = $2 returning kind',
    [tx.orgId, entryId],
  );
  if (!row) throw new NotBlacklisted({ entryId });
  await bumpRevision(tx);
  await BlacklistRemoved.emit(tx, ctx, entryId, { entryId, kind: row.kind });
  return {};
}

/** The blacklist, newest first; masked, but a telephone number can be asked for. */
export async function listBlacklist(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListBlacklist>,
): Promise<Page<z.input<typeof BlacklistEntry>>> {
  await fieldCrypto.load(ctx.orgId);
  const before = input.cursor === undefined ? null : decodeCursor('-id', input.cursor, 1)[0];
  const phone = input.phone === undefined || input.phone === '' ? null : phoneIdx(ctx.orgId, input.phone);
  const rows = await tx.query<BlacklistRow>(
    `select id, kind, masked, reason, until, added_at, added_by from orders.blacklist
      where org_id = $1 and ($2::text is null or kind = $2) and ($3::bytea is null or (kind = 'phone' and idx = $3)) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [tx.orgId, input.kind ?? null, phone, before, input.limit + 1],
  );
  const shown = new Map((await present(tx, rows)).map((view) => [view.id, view]));
  return pageOf(
    rows,
    input.limit,
    '-id',
    (r) => [r.id],
    (r) => shown.get(r.id) as z.input<typeof BlacklistEntry>,
  );
}

async function present(tx: Tx, rows: readonly BlacklistRow[]): Promise<z.input<typeof BlacklistEntry>[]> {
  const names = await actorNames(
    tx,
    rows.map((r) => r.added_by),
  );
  return rows.map((r) => ({
    id: r.id,
    kind: r.kind,
    masked: r.masked,
    reason: r.reason,
    until: r.until?.toISOString() ?? null,
    addedAt: r.added_at.toISOString(),
    addedBy: names.get(r.added_by) ?? r.added_by,
  }));
}
