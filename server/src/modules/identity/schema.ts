import { z } from 'zod';
import { listOf } from '#kernel/http/list.ts';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './auth.ts';

const name = z.string().trim().min(1).max(100);
const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const password = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX);
const roles = z.array(z.string().min(1).max(40)).min(1).max(20);
const scope = z.array(z.uuid()).max(1000).nullable();
const permissions = z.array(z.string().min(1).max(100)).min(1).max(500);
const at = z.iso.datetime();

export const NewUser = z.object({
  email,
  name,
  password,
  roles,
  shops: scope.default(null),
  warehouses: scope.default(null),
});
export type NewUser = z.output<typeof NewUser>;

export const ChangeUser = z
  .object({ name, roles, shops: scope, warehouses: scope, status: z.enum(['active', 'disabled']) })
  .partial();
export type ChangeUser = z.output<typeof ChangeUser>;

/** Minor units of the organisation's currency, or units of goods; null = none of its own. */
export const ChangeLimits = z.object({
  limits: z.record(z.string().max(80), z.int().min(0).max(1_000_000_000_000).nullable()),
});
const limits = z.record(z.string(), z.int());
/** How much one may decide alone: `organisation` is for whoever has no limit of their own or by a role. */
export const LimitView = z
  .object({ name: z.string(), unit: z.enum(['money', 'units']), permission: z.string(), organisation: z.int() })
  .meta({ id: 'Limit' });

export const UserView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
    shops: scope,
    warehouses: scope,
    status: z.enum(['active', 'disabled']),
    /** Of their own; those of the roles hold beside. */
    limits,
    twoFactorEnabled: z.boolean(),
    lockedUntil: at.nullable(),
    lastSignInAt: at.nullable(),
    createdAt: at,
    version: z.number().int(),
  })
  .meta({ id: 'User' });
export const UserList = listOf(UserView).meta({ id: 'UserList' });

export const UserId = z.object({ userId: z.uuid() });
export const ResetPassword = z.object({ userId: z.uuid(), password });

const RoleName = z.object({ 'zh-CN': name, en: name });
const roleCode = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export const NewRole = z.object({ code: roleCode, name: RoleName, permissions });
export type NewRole = z.output<typeof NewRole>;
export const ChangeRole = z.object({ name: RoleName, permissions }).partial();
export type ChangeRole = z.output<typeof ChangeRole>;
export const RoleView = z
  .object({
    code: z.string(),
    name: RoleName,
    permissions: z.array(z.string()),
    builtIn: z.boolean(),
    /** How much whoever has it decides alone. */
    limits,
    version: z.number().int(),
  })
  .meta({ id: 'Role' });

export const NewApiKey = z.object({
  name,
  scopes: permissions,
  shops: scope.default(null),
  expiresAt: z.coerce.date().nullable().default(null),
});
export type NewApiKey = z.output<typeof NewApiKey>;
export const ApiKeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.string()),
    shops: scope,
    createdAt: at,
    createdBy: z.string(),
    expiresAt: at.nullable(),
    revokedAt: at.nullable(),
    lastUsedAt: at.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'ApiKey' });
export const ApiKeyList = listOf(ApiKeyView).meta({ id: 'ApiKeyList' });
export const ApiKeyMade = z.object({ id: z.uuid(), name: z.string(), key: z.string() }).meta({ id: 'ApiKeyMade' });

export const MeView = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string(), twoFactorEnabled: z.boolean() }).nullable(),
    key: z.object({ id: z.string(), name: z.string() }).nullable(),
    org: z.object({ id: z.uuid(), code: z.string(), name: z.string(), timeZone: z.string(), currency: z.string() }),
    roles: z.array(z.string()),
    permissions: z.array(z.string()),
    shops: scope,
    warehouses: scope,
    locale: z.enum(['zh-CN', 'en']),
    /** A second factor must be enrolled before anything else is allowed. */
    mustEnrolTwoFactor: z.boolean(),
  })
  .meta({ id: 'Me' });

export const SessionView = z
  .object({
    id: z.uuid(),
    createdAt: at,
    lastSeenAt: at,
    ip: z.string().nullable(),
    /** What the browser calls itself. */
    agent: z.string().nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

export const SettingsView = z
  .object({
    section: z.string(),
    schema: z.record(z.string(), z.unknown()),
    values: z.record(z.string(), z.unknown()),
    version: z.number().int(),
  })
  .meta({ id: 'Settings' });
