import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskEmail, maskName, maskPhone, normaliseEmail, normalisePhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { defineReveal } from '#kernel/audit/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { newId } from '#kernel/ids.ts';
import { notify } from '#kernel/notifications/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { findShop, skusByCode, skusByIds } from '#modules/catalog/index.ts';
import { availableOf } from '#modules/inventory/index.ts';
import { ExceptionNotFound, OfferUnknown, SkuUnknown } from '../errors.ts';
import { makeLink } from '../links.ts';
import { exceptionSettings } from '../settings.ts';
import type { AskBackInStock, BackInStockCount, BackInStockView, ListBackInStock } from './schema.ts';
import {
  BACK_IN_STOCK_CONTACT,
  type Contact,
  countsBySku,
  endWaiting,
  findByToken,
  findWaiting,
  insertWaiting,
  waitingOf,
  type WaitingRow,
} from './store.ts';

type View = z.input<typeof BackInStockView>;

/**
 * Notes who wants to be told when a SKU can be ordered again. The contact is sealed; asking again changes nothing. With an
 * e-mail address a confirmation goes out, whose link takes the wish back. @throws SkuUnknown.
 */
export async function askBackInStock(tx: Tx, ctx: Ctx, input: z.output<typeof AskBackInStock>): Promise<View> {
  const { email, phone } = input.customer;
  if (email === undefined && phone === undefined)
    throw new InvalidRequest({}, [{ path: 'customer.email', code: 'required' }]);
  const [sku] = await skusByCode(tx, [input.sku]);
  const shop = input.shop === undefined ? null : await findShop(tx, { code: input.shop });
  if (!sku || shop === undefined) throw new SkuUnknown({ sku: input.sku });
  await fieldCrypto.load(tx.orgId);
  const contact: Contact = input.customer;
  const contactIdx =
    email === undefined
      ? fieldCrypto.blindIndex(tx.orgId, 'phone', normalisePhone(phone ?? ''))
      : fieldCrypto.blindIndex(tx.orgId, 'email', normaliseEmail(email));
  const link = makeLink('back_in_stock', tx.orgId);
  const row = {
    id: newId(),
    sku_id: sku.id,
    shop_id: shop?.id ?? null,
    contact: fieldCrypto.seal(tx.orgId, JSON.stringify(contact), BACK_IN_STOCK_CONTACT),
    contact_idx: contactIdx,
    locale: ctx.locale,
    token_hash: link.hash,
    created_at: ctx.now,
    expires_at: after(ctx.now, (await exceptionSettings.get(tx)).backInStockDays * DAY_MS),
  };
  if (!(await insertWaiting(tx, row))) {
    const known = await findWaiting(tx, sku.id, contactIdx);
    return presentWaiting(tx.orgId, known ?? { ...row, state: 'waiting', ended_at: null }, sku.sku);
  }
  if (email !== undefined)
    await notify(tx, ctx, {
      template: 'orders.back_in_stock_noted',
      to: { kind: 'customer', id: row.id, email, locale: ctx.locale },
      dedupeKey: `back_in_stock_noted:${row.id}`,
      data: { goods: sku.title, until: row.expires_at.toISOString() },
      secret: { link: link.url },
      channels: ['email'],
    });
  return presentWaiting(tx.orgId, { ...row, state: 'waiting', ended_at: null }, sku.sku);
}

function presentWaiting(orgId: string, row: WaitingRow, sku: string): View {
  const { name = '', phone = '', email = '' } = openContact(orgId, row);
  return {
    id: row.id,
    sku,
    name: maskName(name),
    phone: maskPhone(phone),
    email: email === '' ? '' : maskEmail(email),
    state: row.state,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

const openContact = (orgId: string, row: Pick<WaitingRow, 'contact'>): Contact =>
  JSON.parse(fieldCrypto.open(orgId, row.contact, BACK_IN_STOCK_CONTACT)) as Contact;

/** How many wait for each SKU. */
export async function countBackInStock(
  tx: Tx,
  _ctx: Ctx,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<z.input<typeof BackInStockCount>>> {
  const from = input.cursor === undefined ? null : String(decodeCursor('back-in-stock', input.cursor, 1)[0]);
  const rows = await countsBySku(tx, from, input.limit + 1);
  const ids = rows.map((r) => r.sku_id);
  const skus = new Map((await skusByIds(tx, ids)).map((s) => [s.id, s]));
  const free = await availableOf(tx, ids);
  return pageOf(
    rows,
    input.limit,
    'back-in-stock',
    (r) => [r.sku_id],
    (r) => ({
      sku: skus.get(r.sku_id)?.sku ?? '',
      title: skus.get(r.sku_id)?.title ?? '',
      waiting: r.waiting,
      available: free.get(r.sku_id) ?? 0,
      since: r.since.toISOString(),
    }),
  );
}

/** Who waits, or waited, for one SKU; contacts masked. @throws SkuUnknown. */
export async function listBackInStock(tx: Tx, ctx: Ctx, input: z.output<typeof ListBackInStock>): Promise<Page<View>> {
  await fieldCrypto.load(ctx.orgId);
  const [sku] = await skusByCode(tx, [input.sku]);
  const before = input.cursor === undefined ? null : String(decodeCursor('-waiting', input.cursor, 1)[0]);
  if (!sku) throw new SkuUnknown({ sku: input.sku });
  const rows = await waitingOf(tx, sku.id, before, input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    '-waiting',
    (r) => [r.id],
    (r) => presentWaiting(tx.orgId, r, input.sku),
  );
}

/** What a withdrawal link is about. @throws OfferUnknown. */
export async function readWaiting(tx: Tx, hash: Buffer): Promise<{ state: View['state']; title: string }> {
  const row = await findByToken(tx, hash);
  const [sku] = row ? await skusByIds(tx, [row.sku_id]) : [];
  if (!row || !sku) throw new OfferUnknown();
  return { state: row.state, title: sku.title };
}

/** Takes the wish to be told back. Repeat-safe. @throws OfferUnknown. */
export async function withdrawWaiting(
  tx: Tx,
  ctx: Ctx,
  hash: Buffer,
): Promise<{ state: View['state']; title: string }> {
  const row = await findByToken(tx, hash);
  if (!row) throw new OfferUnknown();
  await endWaiting(tx, row.id, 'withdrawn', ctx.now);
  return readWaiting(tx, hash);
}

/** How to reach somebody who waits for goods, in the clear: for those who may, with a reason that is recorded. */
export const revealWaiting = defineReveal({
  kind: 'back_in_stock',
  permission: 'orders.back_in_stock.read',
  load: async (tx, id, ctx) => {
    await fieldCrypto.load(ctx.orgId);
    const [row] = await tx.query<WaitingRow>('select contact from orders.back_in_stock where org_id = $1 and id = $2', [
      tx.orgId,
      id,
    ]);
    if (!row) throw new ExceptionNotFound({ id });
    const { name = '', phone = '', email = '' } = openContact(ctx.orgId, row);
    return { name, phone, email };
  },
});
