import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Identity } from '#kernel/http/server.ts';
import { buildHttp } from '#kernel/http/server.ts';
import { portalIdentity } from '#modules/customers/index.ts';
import { createAuthenticator, mountAuth } from '#modules/identity/index.ts';
import { type App, loadKeys } from './app.ts';
import { mountPlatform } from './platform.ts';
import { mountWeb } from './web.ts';
import { allPermissions, allRoutes } from './wiring.ts';

/** The HTTP server with everything on it, not listening yet. */
export async function createHttp(
  app: App,
  options: { now?: () => Date; shedAboveMs?: number } = {},
): Promise<FastifyInstance> {
  const now = options.now ?? (() => new Date());
  const staff = createAuthenticator({
    db: app.db,
    auth: app.auth,
    permissions: allPermissions,
    log: app.log,
    now,
    ...(app.config.publicUrl ? { baseUrl: app.config.publicUrl } : {}),
  });
  const authenticate = async (request: FastifyRequest): Promise<Identity | null> => {
    const { authorization } = request.headers;
    const bearer = authorization?.startsWith('Bearer ') ? authorization.slice(7) : '';
    return (await portalIdentity(app.db, bearer, now())) ?? staff(request);
  };
  const server = await buildHttp({
    env: { db: app.db, log: app.log, now },
    routes: allRoutes,
    authenticate,
    prepare: loadKeys,
    ...(app.config.trustedProxies.length > 0 ? { trustedProxies: app.config.trustedProxies } : {}),
    ...(options.shedAboveMs === undefined ? {} : { shedAboveMs: options.shedAboveMs }),
  });
  mountAuth(server, {
    db: app.db,
    auth: app.auth,
    now,
    ...(app.config.publicUrl ? { baseUrl: app.config.publicUrl } : {}),
  });
  mountPlatform(server, app, allRoutes);
  await mountWeb(server);
  return server;
}
