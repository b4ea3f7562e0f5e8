import { existsSync } from 'node:fs';
import path from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { NotFound } from '#kernel/errors.ts';

const DIST = path.resolve(import.meta.dirname, '../../../web/dist');

/**
 * Serves the console at / and the portal at /portal/. Files under assets/ carry their hash in the name and are kept by
 * browsers for a year; pages are looked at anew each time. Any other address of the two apps gets the app's page.
 */
export async function mountWeb(parent: FastifyInstance): Promise<void> {
  if (!existsSync(DIST)) return;
  await parent.register(async (server) => {
    // Pages have a policy of their own and are kept by browsers; what the API says of its answers would win otherwise.
    server.addHook('onRequest', async (_request, reply) => {
      for (const name of ['content-security-policy', 'cache-control']) reply.removeHeader(name);
    });
    await server.register(helmet, { contentSecurityPolicy: CSP, hsts: false, crossOriginEmbedderPolicy: false });
    await pages(server);
  });
}

const CSP = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"], // the component library writes style elements
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'", 'ws:', 'wss:'],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null, // the first start is plain http on localhost
  },
};

async function pages(server: FastifyInstance): Promise<void> {
  await server.register(fastifyStatic, {
    root: DIST,
    wildcard: false,
    preCompressed: true,
    index: false,
    setHeaders: (reply, file) => {
      const kept = file.includes(`${path.sep}assets${path.sep}`);
      void reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const page = (name: string) => (existsSync(path.join(DIST, name)) ? name : undefined);
  const portal = page('portal/index.html') ?? page('portal.html');
  const console_ = page('console/index.html') ?? page('index.html');
  // with and without the last slash alike: the router makes no difference, and a redirect would lead to itself
  for (const address of ['/portal', '/portal/*'])
    server.get(address, (_request, reply) => (portal ? reply.sendFile(portal) : reply.callNotFound()));
  server.get('/*', (request, reply) => {
    // an unknown address of the API, or a file that is not there, must not look like a page
    if (/^\/(api|sandbox|assets)\//.test(request.url) || !console_) throw new NotFound();
    return reply.sendFile(console_);
  });
}
