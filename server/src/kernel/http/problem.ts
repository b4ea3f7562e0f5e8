import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../context.ts';
import { sqlState } from '../db/index.ts';
import {
  Conflict,
  DomainError,
  InvalidCursor,
  InvalidJson,
  InvalidRequest,
  NotFound,
  Overloaded,
  PayloadTooLarge,
  RateLimited,
  UnsupportedMediaType,
} from '../errors.ts';
import { pickLocale, t } from '../i18n/index.ts';
import type { Log } from '../log.ts';

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: { path: string; code: string; message: string }[];
  [fact: string]: unknown;
};

/** RFC 9457. A refusal tells its code, text and facts; anything else is our bug: it says nothing and is logged. */
export function toProblem(error: unknown, locale: Locale, requestId: string): Problem {
  const known = error instanceof DomainError ? error : undefined;
  const code = known?.code ?? 'internal_error';
  const status = known?.status ?? 500;
  const facts = known?.facts ?? {};
  const detail = t(locale, `errors.${code}`, facts);
  const problem: Problem = {
    ...facts,
    type: `/problems/${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    requestId,
  };
  problem.title = t(locale, `status.${status}`);
  if (known?.errors && known.errors.length > 0) {
    problem.errors = known.errors.map((e) => ({
      ...e.facts,
      path: e.path,
      code: e.code,
      message: t(locale, `fields.${e.code}`, e.facts ?? {}),
    }));
  }
  return problem;
}

// What PostgreSQL says when it is not there or has no room; the caller may try again.
const NO_DATABASE = ['57P01', '57P02', '57P03', '53300', '08006', '08001'];
const NO_CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'];
const LOST_EVERY_RACE = ['40001', '40P01']; // run again several times, in vain
const UNAVAILABLE = new Set([...NO_DATABASE, ...NO_CONNECTION, ...LOST_EVERY_RACE]);
const CONNECTION_LOST = /Connection terminated|timeout exceeded when trying to connect|is not queryable/;

/** Refusals only the database can make: it is the caller's text that it cannot hold, or the caller who came second. */
function ofDatabase(state: string, request: FastifyRequest): DomainError | undefined {
  if (state === '22021' || state === '22P05') return new InvalidRequest({}, [{ path: '', code: 'invalid_format' }]); // a zero character, half a surrogate pair
  const { cursor } = (request.query ?? {}) as { cursor?: unknown };
  if (state.startsWith('22') && cursor !== undefined) return new InvalidCursor(); // made up: a value in it has the wrong type
  if (state === '23505') return new Conflict(); // two asked for the same at once
  return undefined;
}

/** Translates what Fastify, its plugins and the database throw into our refusals. */
function named(error: unknown, request: FastifyRequest): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const refused = ofDatabase(sqlState(error) ?? '', request);
  if (refused) return refused;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (UNAVAILABLE.has(sqlState(error) ?? '') || CONNECTION_LOST.test(error.message)) return new Overloaded();
  if (statusCode === 413) return new PayloadTooLarge();
  if (statusCode === 415) return new UnsupportedMediaType();
  if (statusCode === 429) return new RateLimited();
  if (statusCode === 503) return new Overloaded();
  if (statusCode === 404) return new NotFound();
  if (code?.startsWith('FST_ERR_CTP') || statusCode === 400) return new InvalidJson();
  return error;
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const known = named(error, request);
  const locale = pickLocale(request.headers['accept-language']);
  const problem = toProblem(known, locale, request.id);
  if (problem.status >= 500)
    log.error(
      { err: error, requestId: request.id, route: request.routeOptions.url, status: problem.status },
      'request failed',
    );
  if (problem.status === 429 || problem.status === 503)
    void reply.header('retry-after', String((error as { retryAfterS?: number }).retryAfterS ?? 1));
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}
