import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../context.ts';
import type { Db, Tx } from '../db/index.ts';
import type { Log } from '../log.ts';

/** What a raw route may reach; the composition root adds providers by closing over them. */
export type HttpEnv = { readonly db: Db; readonly log: Log; readonly now: () => Date };

type Common<I extends z.ZodType, O extends z.ZodType> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Under /api/v1; from the root when it begins with two slashes. Names in braces are keys of the input. */
  path: `/${string}`;
  /** A permission; `session` = any signed-in person or key; `public` = anybody. */
  permission: string;
  tags: readonly string[];
  summary: string;
  input: I;
  output: O;
  /** Success status. Default 200. */
  status?: 200 | 201 | 202 | 204;
  /** Shown in the OpenAPI document. Default true; off for pages and peers' callbacks. */
  documented?: boolean;
  /** Requests per minute and address, for routes that guess-work could abuse. */
  ratePerMinute?: number;
  /** Multipart uploads name their fields for the documentation. */
  multipart?: z.ZodType;
};

export type TxRoute<I extends z.ZodType, O extends z.ZodType> = Common<I, O> & {
  /** `write` opens a transaction (default, but for GET), `read` a read-only one (default for GET). */
  mode?: 'write' | 'read';
  run(tx: Tx, ctx: Ctx, input: z.output<I>): Promise<z.input<O>>;
  /**
   * Runs after the commit, outside any transaction, and answers what is answered in the end: for a peer that is told at
   * once while the caller waits. Also runs when the same Idempotency-Key comes again, so it looks before it acts; what is
   * kept under the key is the answer of `run`.
   */
  afterwards?(env: HttpEnv, ctx: Ctx, answer: z.input<O>): Promise<z.input<O>>;
};

export type RawRoute<I extends z.ZodType, O extends z.ZodType> = Common<I, O> & {
  /** Opens its own transactions: uploads, peers' callbacks, the order intake. */
  mode: 'raw';
  run(
    env: HttpEnv,
    ctx: Ctx,
    input: z.output<I>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<z.input<O> | FastifyReply>;
  /** Gets the body unparsed by the schema: the route reports the problems itself. */
  lenient?: boolean;
  /** `request.body` is the bytes as they came, whatever their type: peers sign bytes. The input is the path alone. At most 256 KiB. */
  rawBody?: boolean;
  /** `request.body` is the stream of bytes as they come, of any length: the route limits them. The input is the path alone. */
  streamBody?: boolean;
};

export type Route = TxRoute<z.ZodType, z.ZodType> | RawRoute<z.ZodType, z.ZodType>;

/** Declares a route. The registry adds authentication, permission, parsing, idempotency, ETag, problems and OpenAPI. */
export function defineRoute<I extends z.ZodType, O extends z.ZodType>(route: TxRoute<I, O>): Route;
export function defineRoute<I extends z.ZodType, O extends z.ZodType>(route: RawRoute<I, O>): Route;
export function defineRoute(route: unknown): Route {
  return route as Route;
}

/** The URL under which a route is served. */
export const urlOf = (route: Route): string =>
  route.path.startsWith('//') ? route.path.slice(1) : `/api/v1${route.path}`;

export const pathKeys = (route: Route): string[] => [...route.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string);

/** For operations that answer nothing. */
export const Nothing = z.object({}).meta({ id: 'Nothing' });
