import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const who = z.object({ userId: z.uuid() });
const ids = z.array(z.string()).nullable();
const access = z.object({
  userId: z.uuid(),
  roles: z.array(z.string()),
  shops: ids,
  warehouses: ids,
  status: z.enum(['active', 'disabled']),
});

export const UserAdded = defineEvent('identity.user_added.v1', access);
export const UserChanged = defineEvent('identity.user_changed.v1', z.object({ ...access.shape, renamed: z.boolean() }));
export const PasswordReset = defineEvent('identity.password_reset.v1', who);
export const PasswordChanged = defineEvent('identity.password_changed.v1', who);
export const UserUnlocked = defineEvent('identity.user_unlocked.v1', who);
export const SessionsRevoked = defineEvent(
  'identity.sessions_revoked.v1',
  z.object({ userId: z.uuid(), count: z.number().int() }),
);
export const TwoFactorChanged = defineEvent(
  'identity.two_factor_changed.v1',
  z.object({ userId: z.uuid(), enabled: z.boolean() }),
);
export const SignedIn = defineEvent('identity.signed_in.v1', z.object({ userId: z.uuid(), factors: z.number().int() }));
export const SignedOut = defineEvent('identity.signed_out.v1', who);
export const SignInFailed = defineEvent(
  'identity.sign_in_failed.v1',
  z.object({ userId: z.uuid(), failures: z.number().int() }),
);
export const UserLocked = defineEvent(
  'identity.user_locked.v1',
  z.object({ userId: z.uuid(), lockedUntil: z.string() }),
);
export const RoleSaved = defineEvent(
  'identity.role_saved.v1',
  z.object({ code: z.string(), permissions: z.array(z.string()) }),
);
/** `role` or `userId`: whose. `limits` are all that are set now. */
export const LimitsChanged = defineEvent(
  'identity.limits_changed.v1',
  z.object({
    role: z.string().nullable(),
    userId: z.uuid().nullable(),
    limits: z.record(z.string(), z.number().int()),
  }),
);
export const ApiKeyCreated = defineEvent(
  'identity.api_key_created.v1',
  z.object({ keyId: z.uuid(), scopes: z.array(z.string()), shops: ids }),
);
export const ApiKeyRevoked = defineEvent('identity.api_key_revoked.v1', z.object({ keyId: z.uuid() }));
export const OrgCreated = defineEvent('identity.org_created.v1', z.object({ code: z.string(), demo: z.boolean() }));
