import { createHash, randomBytes } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { after, SECOND_MS } from '#kernel/time.ts';
import type { ReadToken } from './shop-token.ts';
import { PortalKeyMade, PortalKeyRevoked } from '../events.ts';
import { PortalKeyNotFound, PortalKeysFull, ShopTokenRefused } from './errors.ts';
import { portalSettings } from './settings.ts';
import { insertKey, keysInForce, type KeyRow, lockKeysOf, noteKeyUse, revokeKey, useNonce } from './store.ts';

/** The one in use, and the one that follows it while the shop changes over. */
export const KEYS_PER_SHOP_MAX = 2;
const HINT_LENGTH = 4;
const nameOf = (keyId: string): string => `customers.portal_key.${keyId}`;

/** Makes a secret for a shop. It is in this answer and nowhere else. The organisation's keys must be loaded. @throws PortalKeysFull */
export async function makePortalKey(tx: Tx, ctx: Ctx, shopId: string): Promise<{ key: KeyRow; secret: string }> {
  await lockKeysOf(tx, shopId);
  if ((await keysInForce(tx, shopId)).length >= KEYS_PER_SHOP_MAX) throw new PortalKeysFull({ max: KEYS_PER_SHOP_MAX });
  const secret = `zgp_${randomBytes(32).toString('base64url')}`;
  const id = newId(ctx.now.getTime());
  const key = {
    id,
    shop_id: shopId,
    hint: secret.slice(-HINT_LENGTH),
    sealed: fieldCrypto.sealSecret(ctx.orgId, nameOf(id), secret),
    created_at: ctx.now,
    created_by: ctx.actor.id,
  };
  await insertKey(tx, key);
  await PortalKeyMade.emit(tx, ctx, id, { keyId: id, shopId, hint: key.hint });
  return { key: { ...key, used_at: null }, secret };
}

/** From the commit on nothing signed with it opens anything. @throws PortalKeyNotFound */
export async function revokePortalKey(tx: Tx, ctx: Ctx, keyId: string): Promise<void> {
  const row = await revokeKey(tx, keyId, ctx.now);
  if (!row) throw new PortalKeyNotFound({ portalKeyId: keyId });
  await PortalKeyRevoked.emit(tx, ctx, keyId, { keyId, shopId: row.shop_id, hint: row.hint });
}

/**
 * Takes a shop's token: signed with a secret of this shop, still valid, and not used before. The organisation's keys must
 * be loaded. @throws ShopTokenRefused, telling why only when the signature is right.
 */
export async function takeShopToken(tx: Tx, ctx: Ctx, token: ReadToken, shopId: string | undefined): Promise<void> {
  const keys = shopId === undefined ? [] : await keysInForce(tx, shopId);
  const signer = keys.find((k) => token.signedBy(fieldCrypto.openSecret(tx.orgId, nameOf(k.id), k.sealed)));
  if (!signer || shopId === undefined) throw new ShopTokenRefused({ reason: 'invalid' });
  const expiresAt = new Date(token.claims.exp * SECOND_MS);
  if (expiresAt <= ctx.now) throw new ShopTokenRefused({ reason: 'expired' });
  const { shopTokenSeconds } = await portalSettings.get(tx);
  if (expiresAt > after(ctx.now, shopTokenSeconds * SECOND_MS))
    throw new ShopTokenRefused({ reason: 'too_long', seconds: shopTokenSeconds });
  const nonce = createHash('sha256').update(token.claims.nonce).digest();
  if (!(await useNonce(tx, shopId, nonce, expiresAt))) throw new ShopTokenRefused({ reason: 'used' });
  await noteKeyUse(tx, signer.id, ctx.now);
}
