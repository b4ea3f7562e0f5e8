import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Locale } from '#kernel/context.ts';
import { type Db, one } from '#kernel/db/index.ts';
import type { Identity } from '#kernel/http/server.ts';
import type { Log } from '#kernel/log.ts';
import { type Auth, SESSION_COOKIE } from './auth.ts';
import { API_KEY_FORMAT } from './commands/api-keys.ts';
import { CredentialCache } from './credential-cache.ts';
import { expand, setCatalogue } from './permissions.ts';
import { AccountDisabled, ApiKeyInvalid, CsrfRefused, TwoFactorRequired } from './refusals.ts';
import { securitySettings } from './settings.ts';
import { findApiKeyByHash, touchApiKey } from './store/api-keys.ts';
import { limitsHeld } from './store/limits.ts';
import { findMembership } from './store/members.ts';
import { patternsOf } from './store/roles.ts';

export type AuthenticatorOptions = {
  db: Db;
  auth: Auth;
  /** Every module's permissions: what `*` and `orders.*` stand for. */
  permissions: Readonly<Record<string, string>>;
  log: Log;
  /** Where people reach us, beside the host they name. */
  baseUrl?: string;
  now?: () => Date;
};

export type Authenticate = (request: FastifyRequest) => Promise<Identity | null>;

type KeyLook = { identity: Identity; expiresAt: number };
type SessionLook = { identity: Identity; mustEnrol: boolean; cookies: string[] } | null;

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const OPEN_WITHOUT_SECOND_FACTOR = '/api/v1/me';
const KEYS_TOUCHED_MAX = 10_000;
const COOKIE = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE.replace('.', '\\.')}=([^;\\s]+)`);

/** Session cookies that were extended while a request was looked at; sent with its answer (see mount.ts). */
export const extendedCookies = new WeakMap<FastifyRequest, string[]>();

/**
 * Who sends a request: an API key (`Authorization: Bearer zg_…`) or a person's session cookie. A key or session seen in
 * the last 5 s costs no query. @throws ApiKeyInvalid, AccountDisabled, CsrfRefused, TwoFactorRequired
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticate {
  setCatalogue(options.permissions);
  const now = options.now ?? (() => new Date());
  const keys = new CredentialCache<KeyLook>();
  const sessions = new CredentialCache<SessionLook>();
  const touched = new Map<string, number>();
  const ownOrigin = options.baseUrl === undefined ? undefined : new URL(options.baseUrl).origin;

  return async (request) => {
    const { authorization, cookie } = request.headers;
    if (authorization?.startsWith('Bearer ')) {
      const look = await keys.get(authorization, () => lookKey(options, authorization.slice(7), now, touched));
      if (look.expiresAt <= now().getTime()) throw new ApiKeyInvalid();
      return look.identity;
    }
    const token = cookie === undefined ? undefined : COOKIE.exec(cookie)?.[1];
    if (token === undefined) return null;
    const look = await sessions.get(token, () => lookSession(options, token));
    if (!look) return null;
    if (!SAFE.has(request.method)) refuseCrossSite(request, ownOrigin);
    if (look.mustEnrol && request.routeOptions.url !== OPEN_WITHOUT_SECOND_FACTOR) throw new TwoFactorRequired();
    if (look.cookies.length > 0) extendedCookies.set(request, look.cookies);
    return look.identity;
  };
}

/** The token of the session a request came with, as the log-in library stores it; empty when it came with none. */
export function sessionToken(request: FastifyRequest): string {
  const value = COOKIE.exec(request.headers.cookie ?? '')?.[1] ?? '';
  return /^[^.%]*/.exec(value)?.[0] ?? ''; // what follows is the signature
}

/** A browser says where a request comes from; one that writes with our cookie must come from our own pages. */
export function refuseCrossSite(request: FastifyRequest, ownOrigin: string | undefined): void {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') throw new CsrfRefused();
  if (origin !== undefined) {
    if (origin === ownOrigin || (URL.canParse(origin) && new URL(origin).host === host)) return;
    throw new CsrfRefused();
  }
  if (site === undefined) throw new CsrfRefused();
}

async function lookKey(
  options: AuthenticatorOptions,
  text: string,
  now: () => Date,
  touched: Map<string, number>,
): Promise<KeyLook> {
  const key = API_KEY_FORMAT.test(text)
    ? await findApiKeyByHash(options.db, createHash('sha256').update(text).digest())
    : undefined;
  const at = now();
  if (!key || key.revoked_at || (key.expires_at && key.expires_at <= at)) throw new ApiKeyInvalid();
  if (at.getTime() - (touched.get(key.id) ?? 0) >= 60_000) {
    if (touched.size >= KEYS_TOUCHED_MAX) touched.clear();
    touched.set(key.id, at.getTime());
    touchApiKey(options.db, key.org_id, key.id, at).catch((error: unknown) =>
      options.log.warn({ err: error }, 'last use of a key was not written'),
    );
  }
  const shops = key.shops === null ? null : new Set(key.shops);
  const actor = { kind: 'key', id: key.id, name: key.name, can: expand(key.scopes), shops, warehouses: null } as const;
  return { identity: { orgId: key.org_id, actor }, expiresAt: key.expires_at?.getTime() ?? Infinity };
}

async function lookSession(options: AuthenticatorOptions, token: string): Promise<SessionLook> {
  const { db, auth } = options;
  const headers = new Headers({ cookie: `${SESSION_COOKIE}=${token}` });
  const { response, headers: answered } = await auth.api.getSession({ headers, returnHeaders: true });
  if (!response) return null;
  const { user } = response;
  const found = await findMembership(db, user.id);
  if (found?.status !== 'active') throw new AccountDisabled();
  return db.read({ orgId: found.org_id }, async (tx) => {
    const patterns = await patternsOf(tx, found.roles);
    const { requireTwoFactor } = await securitySettings.get(tx);
    const mustEnrol = !user.twoFactorEnabled && found.roles.some((role) => requireTwoFactor.includes(role));
    const org = one(await tx.query<{ locale: Locale }>('select locale from kernel.orgs where id = $1', [tx.orgId]));
    const actor = {
      kind: 'user',
      id: found.user_id,
      name: found.name,
      can: mustEnrol ? new Set<string>() : expand([...patterns.values()].flat()),
      shops: found.shops === null ? null : new Set(found.shops),
      warehouses: found.warehouses === null ? null : new Set(found.warehouses),
      limits: new Map(Object.entries(await limitsHeld(tx, found.user_id, found.roles))),
      roles: found.roles,
    } as const;
    return {
      identity: { orgId: found.org_id, actor, locale: org.locale },
      mustEnrol,
      cookies: answered.getSetCookie(),
    };
  });
}
