import { createHash, randomBytes } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { forgetCredentials } from '../credential-cache.ts';
import { ApiKeyCreated, ApiKeyRevoked } from '../events.ts';
import { isKnownPattern } from '../permissions.ts';
import { mustHold, mustSee } from '../policy.ts';
import { PermissionUnknown } from '../refusals.ts';
import type { NewApiKey } from '../schema.ts';
import { type ApiKeyRow, insertApiKey, lockApiKey, setRevoked } from '../store/api-keys.ts';

/** `zg_`, eight characters that are shown in lists, and 256 bits nobody stores. */
export const API_KEY_FORMAT = /^zg_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/;

/** Makes a key for a program. The text is told once; we keep its SHA-256. */
export async function addApiKey(tx: Tx, ctx: Ctx, input: NewApiKey): Promise<{ id: string; key: string }> {
  const unknown = input.scopes.filter((scope) => !isKnownPattern(scope));
  if (unknown.length > 0) throw new PermissionUnknown({ permissions: unknown });
  mustHold(ctx, input.scopes);
  mustSee(ctx, { shops: input.shops, warehouses: null });
  const id = newId();
  const prefix = randomBytes(4).toString('hex');
  const key = `zg_${prefix}_${randomBytes(32).toString('base64url')}`;
  const { name, scopes, shops } = input;
  const row = {
    org_id: ctx.orgId,
    id,
    name,
    prefix,
    scopes,
    shops,
    created_at: ctx.now,
    created_by: ctx.actor.id,
    expires_at: input.expiresAt,
  };
  await insertApiKey(tx, row, createHash('sha256').update(key).digest());
  await ApiKeyCreated.emit(tx, ctx, id, { keyId: id, scopes, shops });
  return { id, key };
}

/** Ends a key: at once here, within 5 s on other nodes. Ending it twice changes nothing. */
export async function revokeApiKey(tx: Tx, ctx: Ctx, keyId: string): Promise<ApiKeyRow> {
  const row = await lockApiKey(tx, keyId);
  if (row.revoked_at) return row;
  await setRevoked(tx, keyId, ctx.now);
  await ApiKeyRevoked.emit(tx, ctx, keyId, { keyId });
  tx.afterCommit(forgetCredentials);
  return { ...row, revoked_at: ctx.now, version: row.version + 1 };
}
