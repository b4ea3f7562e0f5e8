import { z } from 'zod';
import { can } from '#kernel/context.ts';
import { Forbidden } from '#kernel/errors.ts';
import { decodeCursor, listInput, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute, Nothing } from '#kernel/http/route.ts';
import { LIMITS } from '#kernel/limits.ts';
import { sessionToken } from './authenticate.ts';
import { addApiKey, revokeApiKey } from './commands/api-keys.ts';
import { changeRoleLimits, changeUserLimits } from './commands/limits.ts';
import { changeRole, createRole } from './commands/roles.ts';
import {
  addUser,
  changeUser,
  endOwnSession,
  hashOf,
  removeTwoFactor,
  resetPassword,
  revokeSessions,
  unlockUser,
} from './commands/users.ts';
import { listCatalogue } from './permissions.ts';
import { presentApiKey, presentRole } from './present.ts';
import { viewMe } from './queries/me.ts';
import { viewSessions } from './queries/sessions.ts';
import { viewUser, viewUsers } from './queries/users.ts';
import { RoleNotFound } from './refusals.ts';
import * as schema from './schema.ts';
import { listApiKeys } from './store/api-keys.ts';
import { limitsOfRoles } from './store/limits.ts';
import { listRoles } from './store/roles.ts';

const users = { tags: ['users'] } as const;
const keys = { tags: ['api-keys'] } as const;

export const getMe = defineRoute({
  method: 'GET',
  path: '/me',
  permission: 'session',
  ...users,
  summary: 'Who I am and what I may do',
  input: z.object({}),
  output: schema.MeView,
  run: (tx, ctx) => viewMe(tx, ctx),
});

export const getUsers = defineRoute({
  method: 'GET',
  path: '/users',
  permission: 'identity.user.read',
  ...users,
  summary: 'People who may sign in, with their roles and last sign-in',
  input: z.object(listInput),
  output: schema.UserList,
  run: viewUsers,
});

export const getUser = defineRoute({
  method: 'GET',
  path: '/users/{userId}',
  permission: 'identity.user.read',
  ...users,
  summary: 'A person',
  input: schema.UserId,
  output: schema.UserView,
  run: (tx, ctx, { userId }) => viewUser(tx, ctx, userId),
});

// Raw, as its body and answer must not be kept for replays: they hold a password.
export const postUser = defineRoute({
  method: 'POST',
  path: '/users',
  permission: 'identity.user.write',
  ...users,
  summary: 'Add a person',
  input: schema.NewUser,
  output: schema.UserView,
  status: 201,
  mode: 'raw',
  run: async (env, ctx, { password, ...input }) => {
    const passwordHash = await hashOf(password);
    return env.db.inTx(ctx, async (tx) => viewUser(tx, ctx, await addUser(tx, ctx, { ...input, passwordHash })));
  },
});

export const patchUser = defineRoute({
  method: 'PATCH',
  path: '/users/{userId}',
  permission: 'identity.user.write',
  ...users,
  summary: 'Change name, roles, scopes or status; If-Match names the version',
  input: schema.ChangeUser.extend({ userId: z.uuid() }),
  output: schema.UserView,
  run: async (tx, ctx, input) => {
    await changeUser(tx, ctx, input);
    return viewUser(tx, ctx, input.userId);
  },
});

export const postResetPassword = defineRoute({
  method: 'POST',
  path: '/users/{userId}/reset-password',
  permission: 'identity.user.write',
  ...users,
  summary: 'Set a new password; ends every session of the person',
  input: schema.ResetPassword,
  output: Nothing,
  mode: 'raw', // as above
  run: async (env, ctx, { userId, password }) => {
    const hash = await hashOf(password);
    await env.db.inTx(ctx, (tx) => resetPassword(tx, ctx, userId, hash));
    return {};
  },
});

export const postUnlock = defineRoute({
  method: 'POST',
  path: '/users/{userId}/unlock',
  permission: 'identity.user.write',
  ...users,
  summary: 'Let a person try again before the lock runs out',
  input: schema.UserId,
  output: schema.UserView,
  run: async (tx, ctx, { userId }) => {
    await unlockUser(tx, ctx, userId);
    return viewUser(tx, ctx, userId);
  },
});

export const postRevokeSessions = defineRoute({
  method: 'POST',
  path: '/users/{userId}/revoke-sessions',
  permission: 'session',
  ...users,
  summary: 'Sign a person out everywhere; one may do this to oneself',
  input: schema.UserId,
  output: z.object({ ended: z.number().int() }),
  run: async (tx, ctx, { userId }) => {
    if (userId !== ctx.actor.id && !can(ctx, 'identity.user.write'))
      throw new Forbidden({ permission: 'identity.user.write' });
    return { ended: await revokeSessions(tx, ctx, userId) };
  },
});

export const postRemoveTwoFactor = defineRoute({
  method: 'POST',
  path: '/users/{userId}/remove-two-factor',
  permission: 'identity.user.write',
  ...users,
  summary: 'For a lost phone: take the second factor away, so that the person enrols anew',
  input: schema.UserId,
  output: schema.UserView,
  run: async (tx, ctx, { userId }) => {
    await removeTwoFactor(tx, ctx, userId);
    return viewUser(tx, ctx, userId);
  },
});

// Raw, as it looks at the cookie the request came with.
export const getOwnSessions = defineRoute({
  method: 'GET',
  path: '/me/sessions',
  permission: 'session',
  ...users,
  summary: 'Where I am signed in, last used first',
  input: z.object({}),
  output: z.object({ items: z.array(schema.SessionView) }),
  mode: 'raw',
  run: async (env, ctx, _input, request) => ({
    items: await env.db.read(ctx, (tx) => viewSessions(tx, ctx, sessionToken(request))),
  }),
});

export const postEndOwnSession = defineRoute({
  method: 'POST',
  path: '/me/sessions/{sessionId}/end',
  permission: 'session',
  ...users,
  summary: 'Sign out there',
  input: z.object({ sessionId: z.uuid() }),
  output: Nothing,
  run: async (tx, ctx, { sessionId }) => {
    await endOwnSession(tx, ctx, sessionId);
    return {};
  },
});

export const getRoles = defineRoute({
  method: 'GET',
  path: '/roles',
  permission: 'identity.role.read',
  ...users,
  summary: 'Built-in and own roles',
  input: z.object({}),
  output: listOf(schema.RoleView),
  run: async (tx) => {
    const roles = await listRoles(tx);
    const limits = await limitsOfRoles(
      tx,
      roles.map((r) => r.code),
    );
    return { items: roles.map((r) => presentRole(r, limits.get(r.code) ?? {})), nextCursor: null };
  },
});

export const postRole = defineRoute({
  method: 'POST',
  path: '/roles',
  permission: 'identity.role.write',
  ...users,
  summary: 'Make a role',
  input: schema.NewRole,
  output: schema.RoleView,
  status: 201,
  run: async (tx, ctx, input) => presentRole(await createRole(tx, ctx, input), {}),
});

export const patchRole = defineRoute({
  method: 'PATCH',
  path: '/roles/{code}',
  permission: 'identity.role.write',
  ...users,
  summary: 'Change an own role, for everybody who has it; If-Match names the version',
  input: schema.ChangeRole.extend({ code: z.string().max(40) }),
  output: schema.RoleView,
  run: async (tx, ctx, input) => {
    const role = await changeRole(tx, ctx, input);
    return presentRole(role, (await limitsOfRoles(tx, [role.code])).get(role.code) ?? {});
  },
});

export const getLimits = defineRoute({
  method: 'GET',
  path: '/limits',
  permission: 'identity.role.read',
  ...users,
  summary: 'How much one may decide alone: every such limit, with the organisation’s',
  input: z.object({}),
  output: listOf(schema.LimitView),
  run: async (tx) => {
    const items = [];
    for (const { organisation, ...spec } of LIMITS.values())
      items.push({ ...spec, organisation: await organisation(tx) });
    return { items, nextCursor: null };
  },
});

export const putRoleLimits = defineRoute({
  method: 'PUT',
  path: '/roles/{code}/limits',
  permission: 'identity.role.write',
  ...users,
  summary: 'Set how much whoever has a role, also a built-in one, decides alone; what is not named stays',
  input: schema.ChangeLimits.extend({ code: z.string().max(40) }),
  output: schema.RoleView,
  run: async (tx, ctx, input) => {
    await changeRoleLimits(tx, ctx, input);
    const role = (await listRoles(tx)).find((r) => r.code === input.code);
    if (!role) throw new RoleNotFound({ code: input.code });
    return presentRole(role, (await limitsOfRoles(tx, [role.code])).get(role.code) ?? {});
  },
});

export const putUserLimits = defineRoute({
  method: 'PUT',
  path: '/users/{userId}/limits',
  permission: 'identity.user.write',
  ...users,
  summary: 'Set how much one person decides alone, whatever their roles say; what is not named stays',
  input: schema.ChangeLimits.extend({ userId: z.uuid() }),
  output: schema.UserView,
  run: async (tx, ctx, input) => {
    await changeUserLimits(tx, ctx, input);
    return viewUser(tx, ctx, input.userId);
  },
});

export const getPermissions = defineRoute({
  method: 'GET',
  path: '/permissions',
  permission: 'identity.role.read',
  ...users,
  summary: 'Everything that can be permitted',
  input: z.object({}),
  output: listOf(z.object({ permission: z.string(), description: z.string() })),
  run: async () => ({ items: listCatalogue(), nextCursor: null }),
});

export const getApiKeys = defineRoute({
  method: 'GET',
  path: '/api-keys',
  permission: 'identity.api_key.read',
  ...keys,
  summary: 'API keys, newest first; never their text',
  input: z.object(listInput),
  output: schema.ApiKeyList,
  run: async (tx, _ctx, input) => {
    const before = input.cursor === undefined ? null : String(decodeCursor('-id', input.cursor, 1)[0]);
    const rows = await listApiKeys(tx, before, input.limit + 1);
    return pageOf(rows, input.limit, '-id', (row) => [row.id], presentApiKey);
  },
});

export const postApiKey = defineRoute({
  method: 'POST',
  path: '/api-keys',
  permission: 'identity.api_key.write',
  ...keys,
  summary: 'Make an API key; its text is in this answer and nowhere else',
  input: schema.NewApiKey,
  output: schema.ApiKeyMade,
  status: 201,
  mode: 'raw', // its answer must not be kept for replays: it holds the key
  run: async (env, ctx, input, _request, reply) => {
    void reply.header('cache-control', 'no-store');
    return { name: input.name, ...(await env.db.inTx(ctx, (tx) => addApiKey(tx, ctx, input))) };
  },
});

export const postRevokeApiKey = defineRoute({
  method: 'POST',
  path: '/api-keys/{keyId}/revoke',
  permission: 'identity.api_key.write',
  ...keys,
  summary: 'End an API key: at once on this node, within 5 s on others',
  input: z.object({ keyId: z.uuid() }),
  output: schema.ApiKeyView,
  run: async (tx, ctx, { keyId }) => presentApiKey(await revokeApiKey(tx, ctx, keyId)),
});
