import type { Ctx } from '#kernel/context.ts';
import { permit } from '#kernel/context.ts';
import { DomainError, type FieldProblem, InvalidRequest } from '#kernel/errors.ts';
import { fingerprint, keyOf } from '#kernel/http/idempotency.ts';
import { toProblem } from '#kernel/http/problem.ts';
import { defineRoute, type HttpEnv } from '#kernel/http/route.ts';
import { problemsOf } from '#kernel/problems.ts';
import { findShop, skusByCode } from '#modules/catalog/index.ts';
import { viewOrder } from '../queries/order.ts';
import { BatchOrders, BatchResult, PlacedOrder, PlaceOrder } from '../schema.ts';
import { orderSettings } from '../settings.ts';
import { getOrder } from '../store/orders.ts';
import { Intake, type Taken } from './intake.ts';
import { parseOrder } from './parse.ts';
import { checkOrder } from './prepare.ts';

const PATH = '/api/v1/orders';
const engines = new WeakMap<object, Intake>();

/** The order intake of a database: one per process, so that requests meet in batches. */
export function intakeOf(env: Pick<HttpEnv, 'db'>): Intake {
  let engine = engines.get(env.db);
  if (!engine) {
    engine = new Intake(env.db);
    engines.set(env.db, engine);
  }
  return engine;
}

/** Names problems of shape and of sense together; only shape makes it 400. */
async function malformed(
  env: HttpEnv,
  ctx: Ctx,
  problems: readonly FieldProblem[],
  salvaged: PlaceOrder | undefined,
): Promise<DomainError> {
  if (!salvaged) return new InvalidRequest({}, problems);
  const judged = await env.db.read(ctx, async (tx) => {
    const skus = new Map(
      (
        await skusByCode(
          tx,
          salvaged.lines.map((l) => l.sku),
        )
      ).map((s) => [s.sku, s]),
    );
    return checkOrder(ctx, salvaged, {
      shop: await findShop(tx, { code: salvaged.shop }),
      skus,
      settings: await orderSettings.get(tx),
    });
  });
  const named = new Set(problems.map((p) => p.path));
  const wrong = (path: string): boolean =>
    [...named].some((n) => path === n || path.startsWith(`${n}.`) || path.startsWith(`${n}[`));
  return new InvalidRequest({}, [...problems, ...judged.problems.filter((p) => !wrong(p.path))]);
}

async function placeOne(
  env: HttpEnv,
  ctx: Ctx,
  body: unknown,
  key: string | undefined,
  hash: Buffer | undefined,
): Promise<Taken> {
  const parsed = parseOrder(body);
  if ('malformed' in parsed) return { refused: await malformed(env, ctx, parsed.malformed, parsed.salvaged) };
  return intakeOf(env).place({ ctx, order: parsed.order, key, hash });
}

/** The order behind a repeated external number, as it is now. */
const existing = (env: HttpEnv, ctx: Ctx, id: string): Promise<unknown> =>
  env.db.read(ctx, async (tx) => viewOrder(tx, ctx, await getOrder(tx, id)));

export const placeOrderRoute = defineRoute({
  method: 'POST',
  path: '/orders',
  permission: 'orders.order.place',
  tags: ['orders'],
  summary: 'Place an order',
  input: PlaceOrder,
  output: PlacedOrder,
  status: 201,
  mode: 'raw',
  lenient: true,
  run: async (env, ctx, body, request, reply) => {
    const key = keyOf(ctx, request.headers['idempotency-key']);
    const taken = await placeOne(
      env,
      ctx,
      body,
      key,
      key === undefined ? undefined : fingerprint(`POST ${PATH}`, body),
    );
    if ('refused' in taken) throw taken.refused;
    const repeated = 'existing' in taken || taken.replayed;
    if (repeated) void reply.header('idempotency-replayed', 'true');
    return ('existing' in taken ? await existing(env, ctx, taken.existing) : taken.order) as never;
  },
});

export const placeBatchRoute = defineRoute({
  method: 'POST',
  path: '/orders/batch',
  permission: 'orders.order.place',
  tags: ['orders'],
  summary: 'Place up to 500 orders; each is taken or refused on its own',
  input: BatchOrders,
  output: BatchResult,
  mode: 'raw',
  lenient: true,
  run: async (env, ctx, body, request) => {
    const parsed = BatchOrders.safeParse(body);
    if (!parsed.success) throw new InvalidRequest({}, problemsOf(parsed.error));
    permit(ctx, 'orders.order.place');
    const key = keyOf(ctx, request.headers['idempotency-key']);
    const results = await Promise.all(
      parsed.data.orders.map(async (order, index) => {
        const own = key === undefined ? undefined : `${key}#${index}`;
        try {
          const taken = await placeOne(
            env,
            ctx,
            order,
            own,
            own === undefined ? undefined : fingerprint(`POST ${PATH}`, order),
          );
          if ('refused' in taken) throw taken.refused;
          return {
            index,
            status: 201,
            order: 'existing' in taken ? await existing(env, ctx, taken.existing) : taken.order,
          };
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          return { index, status: error.status, problem: toProblem(error, ctx.locale, ctx.requestId) };
        }
      }),
    );
    return { results };
  },
});
