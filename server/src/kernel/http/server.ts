import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Actor, type Ctx, type Locale, permit } from '../context.ts';
import { InvalidRequest, NotFound, Unauthenticated } from '../errors.ts';
import { pickLocale } from '../i18n/index.ts';
import { problemsOf } from '../problems.ts';
import { traceRequests } from '../tracing/index.ts';
import { claimKey, fingerprint, keyOf, storeAnswer } from './idempotency.ts';
import { limitJsonDepth } from './json.ts';
import { sendProblem } from './problem.ts';
import { type HttpEnv, pathKeys, type RawRoute, type Route, type TxRoute, urlOf } from './route.ts';
import { shedLoad } from './shed.ts';

export const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const RAW_BODY_LIMIT_BYTES = 256 * 1024;
const SHED_ABOVE_MS = 2000;

export type Identity = { orgId: string; actor: Actor; locale?: Locale };

export type HttpOptions = {
  env: HttpEnv;
  routes: readonly Route[];
  /** Who sends the request; null = nobody we know. @throws a refusal for a credential that is wrong rather than absent. */
  authenticate: (request: FastifyRequest) => Promise<Identity | null>;
  /** Runs before a request of an organisation is handled: has its keys loaded. */
  prepare?: (orgId: string) => Promise<void>;
  /** Addresses of proxies whose X-Forwarded-For is believed; without any the sender's address is the connection's. */
  trustedProxies?: string[];
  /** Event-loop delay above which requests are answered 503 until it recovers. Default 2,000 ms. */
  shedAboveMs?: number;
};

const NOBODY: Actor = {
  kind: 'public',
  id: 'public',
  name: 'public',
  can: new Set(),
  shops: new Set(),
  warehouses: new Set(),
};
const NO_ORG = '00000000-0000-0000-0000-000000000000';
const REQUEST_ID = /^[\w.:-]{1,80}$/;

/** Builds the HTTP server: every route of every module behind the same authentication, parsing and problem handling. */
export async function buildHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { env } = options;
  const app = fastify({
    logger: false,
    trustProxy: options.trustedProxies ?? false,
    bodyLimit: BODY_LIMIT_BYTES,
    // many requests carry no body worth a generator call: the counter is enough within a process
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    // a request line that cannot be decoded reaches neither route nor hook
    frameworkErrors: (_error, request, reply) =>
      void sendProblem(new NotFound(), request, reply.header('x-request-id', request.id), env.log),
  });
  shedLoad(app, options.shedAboveMs ?? SHED_ABOVE_MS);
  traceRequests(app);
  // Answers of the API are data: nothing in them may run or be framed. Pages get their own policy where they are served.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(API_HEADERS).header('x-request-id', request.id);
    done();
  });
  await app.register(rateLimit, { global: false });
  await app.register(multipart, { limits: { fileSize: 512 * 1024 * 1024, files: 1, fields: 20, fieldSize: 200_000 } });
  limitJsonDepth(app);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, env.log));
  app.setNotFoundHandler((request, reply) => sendProblem(new NotFound(), request, reply, env.log));
  const takesBytes = (route: Route): boolean => route.mode === 'raw' && route.rawBody === true;
  const takesStream = (route: Route): boolean => route.mode === 'raw' && route.streamBody === true;
  for (const route of options.routes.filter((r) => !takesBytes(r) && !takesStream(r))) register(app, route, options);
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const route of options.routes.filter(takesStream)) register(scope, route, options);
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: RAW_BODY_LIMIT_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    for (const route of options.routes.filter(takesBytes)) register(scope, route, options);
  });
  return app;
}

const API_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

function register(app: FastifyInstance, route: Route, options: HttpOptions): void {
  const keys = new Set(pathKeys(route));
  app.route({
    method: route.method,
    url: urlOf(route).replaceAll(/\{(\w+)\}/g, ':$1'),
    config: route.ratePerMinute ? { rateLimit: { max: route.ratePerMinute, timeWindow: 60_000 } } : {},
    handler: async (request, reply) => {
      const ctx = await contextOf(request, route, options);
      const input =
        route.mode === 'raw' && route.lenient ? assemble(route, keys, request) : parse(route, keys, request);
      if (route.mode === 'raw') return runRaw(route, options.env, ctx, input, request, reply);
      return runTx(route, options.env, ctx, input, request, reply);
    },
  });
}

async function contextOf(request: FastifyRequest, route: Route, options: HttpOptions): Promise<Ctx> {
  const identity = await options.authenticate(request);
  if (!identity && route.permission !== 'public') throw new Unauthenticated();
  if (identity) await options.prepare?.(identity.orgId);
  const ifMatch = version(request.headers['if-match']);
  const ctx: Ctx = {
    orgId: identity?.orgId ?? NO_ORG,
    actor: identity?.actor ?? NOBODY,
    now: options.env.now(),
    requestId: request.id,
    locale:
      request.headers['accept-language'] === undefined
        ? (identity?.locale ?? 'zh-CN')
        : pickLocale(request.headers['accept-language']),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    from: request.ip,
  };
  if (route.permission !== 'public' && route.permission !== 'session') permit(ctx, route.permission);
  return ctx;
}

const NO_VERSION = -1; // equals none: what we cannot have sent is stale

function version(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header);
  return match ? Number(match[1]) : NO_VERSION;
}

function assemble(route: Route, keys: ReadonlySet<string>, request: FastifyRequest): unknown {
  const params = request.params as Record<string, string>;
  if (route.method === 'GET' || route.method === 'DELETE') return { ...(request.query as object), ...params };
  const isBytes = route.mode === 'raw' && (route.rawBody === true || route.streamBody === true);
  const body = isBytes ? {} : (request.body ?? {});
  if (keys.size === 0) return body;
  return { ...(typeof body === 'object' ? body : {}), ...params };
}

function parse(route: Route, keys: ReadonlySet<string>, request: FastifyRequest): unknown {
  const parsed = route.input.safeParse(request.isMultipart() ? request.params : assemble(route, keys, request));
  if (!parsed.success) throw new InvalidRequest({}, problemsOf(parsed.error));
  return parsed.data;
}

async function runRaw(
  route: RawRoute<z.ZodType, z.ZodType>,
  env: HttpEnv,
  ctx: Ctx,
  input: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const answer = await route.run(env, ctx, input, request, reply);
  if (reply.sent || answer === reply) return reply;
  return send(reply, route.status ?? 200, answer);
}

async function runTx(
  route: TxRoute<z.ZodType, z.ZodType>,
  env: HttpEnv,
  ctx: Ctx,
  input: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const status = route.status ?? 200;
  if ((route.mode ?? (route.method === 'GET' ? 'read' : 'write')) === 'read') {
    return send(reply, status, await env.db.read(ctx, (tx) => route.run(tx, ctx, input)));
  }
  const key = route.method === 'POST' ? keyOf(ctx, request.headers['idempotency-key']) : undefined;
  const afterwards = async (answer: unknown): Promise<unknown> => route.afterwards?.(env, ctx, answer) ?? answer;
  if (key === undefined)
    return send(reply, status, await afterwards(await env.db.inTx(ctx, (tx) => route.run(tx, ctx, input))));
  const hash = fingerprint(`${route.method} ${request.url}`, request.body);
  const answer = await env.db.inTx(ctx, async (tx) => {
    const stored = await claimKey(tx, ctx, key, urlOf(route), hash);
    if (stored) return { ...stored, replayed: true };
    const response = await route.run(tx, ctx, input);
    await storeAnswer(tx, ctx, key, { status, response });
    return { status, response, replayed: false };
  });
  if (answer.replayed) void reply.header('idempotency-replayed', 'true');
  return send(reply, answer.status, await afterwards(answer.response));
}

function send(reply: FastifyReply, status: number, answer: unknown): FastifyReply {
  if (status === 204) return reply.code(204).send();
  const { version: v } = (answer ?? {}) as { version?: unknown };
  if (typeof v === 'number') void reply.header('etag', `"${v}"`);
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(answer));
}
