import { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute, Nothing, type Route } from '#kernel/http/route.ts';
import { findShop, listShops } from '#modules/catalog/index.ts';
import { makePortalKey, type PortalKeyRow, portalKeysInForce, revokePortalKey } from '#modules/customers/index.ts';
import { MakePortalKey, PortalKeyMade, PortalKeyView } from './schema.ts';

const SHOPS_MAX = 1_000;
const permission = 'settings.portal_key.manage';
const tags = ['settings'];

export const portalKeyPermissions = {
  [permission]: 'Make and revoke the secrets with which shops sign their customers in',
} as const;

const presentKey = (row: PortalKeyRow, shop: string, by: string): z.input<typeof PortalKeyView> => ({
  id: row.id,
  shop,
  hint: row.hint,
  createdAt: row.created_at.toISOString(),
  createdBy: by,
  usedAt: row.used_at?.toISOString() ?? null,
});

async function listKeys(tx: Tx): Promise<{ items: z.input<typeof PortalKeyView>[]; nextCursor: null }> {
  const rows = await portalKeysInForce(tx);
  const shops = new Map((await listShops(tx, null, SHOPS_MAX, null)).map((s) => [s.id, s.code]));
  const names = await actorNames(
    tx,
    rows.map((r) => r.created_by),
  );
  const items = rows.map((r) => presentKey(r, shops.get(r.shop_id) ?? '', names.get(r.created_by) ?? r.created_by));
  return { items, nextCursor: null };
}

async function make(
  tx: Tx,
  ctx: Ctx,
  { shop: code }: z.output<typeof MakePortalKey>,
): Promise<z.input<typeof PortalKeyMade>> {
  const shop = await findShop(tx, { code });
  if (!shop) throw new InvalidRequest({}, [{ path: 'shop', code: 'invalid_value' }]);
  const { key, secret } = await makePortalKey(tx, ctx, shop.id);
  const names = await actorNames(tx, [key.created_by]);
  return { ...presentKey(key, shop.code, names.get(key.created_by) ?? key.created_by), secret };
}

export const portalKeyRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal-keys',
    permission,
    tags,
    summary: 'Secrets with which shops sign their customers in, newest first; never their text',
    input: z.object({}),
    output: listOf(PortalKeyView),
    run: (tx) => listKeys(tx),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal-keys',
    permission,
    tags,
    summary: 'Make a secret for a shop, two at most; its text is in this answer and nowhere else',
    input: MakePortalKey,
    output: PortalKeyMade,
    status: 201,
    mode: 'raw', // its answer must not be kept for replays: it holds the secret
    run: (env, ctx, input) => env.db.inTx(ctx, (tx) => make(tx, ctx, input)),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/portal-keys/{portalKeyId}',
    permission,
    tags,
    summary: 'Revoke a secret: nothing signed with it opens anything any more',
    input: z.object({ portalKeyId: z.uuid() }),
    output: Nothing,
    status: 204,
    run: async (tx, ctx, { portalKeyId }) => {
      await revokePortalKey(tx, ctx, portalKeyId);
      return {};
    },
  }),
];
