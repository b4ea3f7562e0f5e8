import type { z } from 'zod';
import type { Limits } from './policy.ts';
import type { ApiKeyView, RoleView, UserView } from './schema.ts';
import type { ApiKeyRow } from './store/api-keys.ts';
import type { LogInState, MemberRow } from './store/members.ts';
import type { RoleRow } from './store/roles.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const presentUser = (
  row: MemberRow,
  limits: Limits,
  state: LogInState | undefined,
  now: Date,
): z.input<typeof UserView> => ({
  id: row.user_id,
  name: row.name,
  email: row.email,
  roles: row.roles,
  shops: row.shops,
  warehouses: row.warehouses,
  status: row.status,
  limits,
  twoFactorEnabled: state?.two_factor ?? false,
  lockedUntil: state?.locked_until && state.locked_until > now ? iso(state.locked_until) : null,
  lastSignInAt: iso(row.last_sign_in_at),
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

export const presentRole = (row: RoleRow, limits: Limits): z.input<typeof RoleView> => ({
  code: row.code,
  name: row.name,
  permissions: row.permissions,
  builtIn: row.builtIn,
  limits,
  version: row.version,
});

export const presentApiKey = (row: ApiKeyRow): z.input<typeof ApiKeyView> => ({
  id: row.id,
  name: row.name,
  prefix: `zg_${row.prefix}`,
  scopes: row.scopes,
  shops: row.shops,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  expiresAt: iso(row.expires_at),
  revokedAt: iso(row.revoked_at),
  lastUsedAt: iso(row.last_used_at),
  version: row.version,
});
