import type { Ctx } from '#kernel/context.ts';
import { permit } from '#kernel/context.ts';
import { DomainError, type FieldProblem, InvalidRequest } from '#kernel/errors.ts';
import { fingerprint, keyOf } from '#kernel/http/idempotency.ts';
import { toProblem } from '#kernel/http/problem.ts';
import { defineRoute, type HttpEnv } from '#kernel/http/route.ts';
import { problemsOf } from '#kernel/problems.ts';
import { CheckoutRefused } from '../errors.ts';
import { viewOrder } from '../queries/order.ts';
import { BatchOrders, BatchResult, PlacedOrder, PlaceOrder, TOGETHER_MAX } from '../schema.ts';
import { getOrder } from '../store/orders.ts';
import { Intake, type Taken } from './intake.ts';
import { parseOrder } from './parse.ts';

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
  const judged = await intakeOf(env).check(ctx, salvaged);
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

type OneResult = { index: number; status: number; order?: unknown; problem?: unknown };
type Sent = { body: unknown; key: string | undefined; hash: Buffer | undefined };

/** What became of one order of several: each has its own answer. */
async function resultOf(env: HttpEnv, ctx: Ctx, index: number, taking: Promise<Taken>): Promise<OneResult> {
  try {
    const taken = await taking;
    if ('refused' in taken) throw taken.refused;
    return { index, status: 201, order: 'existing' in taken ? await existing(env, ctx, taken.existing) : taken.order };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { index, status: error.status, problem: toProblem(error, ctx.locale, ctx.requestId) };
  }
}

/** The orders of one checkout: what is wrong with the shape of one refuses all. */
async function placeTogether(env: HttpEnv, ctx: Ctx, sent: readonly Sent[]): Promise<Promise<Taken>[]> {
  if (sent.length > TOGETHER_MAX)
    throw new InvalidRequest({}, [{ path: 'orders', code: 'too_big', facts: { maximum: TOGETHER_MAX } }]);
  const parsed = sent.map((s) => parseOrder(s.body));
  const placings = parsed.flatMap((p, i) =>
    'order' in p ? [{ ctx, order: p.order, key: sent[i]?.key, hash: sent[i]?.hash }] : [],
  );
  if (placings.length === sent.length) {
    const taken = intakeOf(env).placeTogether(placings);
    return sent.map(async (_s, i) => (await taken)[i] as Taken);
  }
  return parsed.map(async (p) => ({
    refused: 'malformed' in p ? await malformed(env, ctx, p.malformed, p.salvaged) : new CheckoutRefused(),
  }));
}

export const placeBatchRoute = defineRoute({
  method: 'POST',
  path: '/orders/batch',
  permission: 'orders.order.place',
  tags: ['orders'],
  summary:
    'Place up to 500 orders, each taken or refused on its own; with `together` up to 20 of one checkout, all or none',
  input: BatchOrders,
  output: BatchResult,
  mode: 'raw',
  lenient: true,
  run: async (env, ctx, body, request) => {
    const parsed = BatchOrders.safeParse(body);
    if (!parsed.success) throw new InvalidRequest({}, problemsOf(parsed.error));
    permit(ctx, 'orders.order.place');
    const key = keyOf(ctx, request.headers['idempotency-key']);
    const sent = parsed.data.orders.map((order, index): Sent => {
      const own = key === undefined ? undefined : `${key}#${index}`;
      return { body: order, key: own, hash: own === undefined ? undefined : fingerprint(`POST ${PATH}`, order) };
    });
    const taking = parsed.data.together
      ? await placeTogether(env, ctx, sent)
      : sent.map((s) => placeOne(env, ctx, s.body, s.key, s.hash));
    return { results: await Promise.all(taking.map((t, index) => resultOf(env, ctx, index, t))) };
  },
});
