import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { openApi } from '#kernel/http/openapi.ts';
import type { Route } from '#kernel/http/route.ts';
import { intakeOf } from '#modules/orders/index.ts';
import type { App } from './app.ts';
import { docsPage } from './docs-page.ts';

export const VERSION = '0.1.0';

/** Health, metrics and the description of the API, which takes half a second to build: once, when it is first asked for. */
export function mountPlatform(server: FastifyInstance, app: App, routes: readonly Route[]): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'zhanggui_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  server.addHook('onResponse', (request, reply, done) => {
    duration.observe(
      { route: request.routeOptions.url ?? 'none', method: request.method, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });
  const batch = new Gauge({
    name: 'zhanggui_intake_batch_orders',
    help: 'Orders per batch of the intake, mean of the latest',
    registers: [],
    collect() {
      const latest = intakeOf(app).sizes.slice(-200);
      this.set(latest.length === 0 ? 0 : latest.reduce((a, b) => a + b, 0) / latest.length);
    },
  });
  const lag = new Gauge({
    name: 'zhanggui_subscriber_lag_seconds',
    help: 'Age of the oldest event a subscriber has not handled',
    labelNames: ['subscriber'],
    registers: [],
    async collect() {
      for (const { subscriber, lag: seconds } of await subscriberLag(app)) this.set({ subscriber }, seconds);
    },
  });
  registry.registerMetric(batch);
  registry.registerMetric(lag);
  let built: string | undefined;
  const description = (): string => (built ??= JSON.stringify(openApi(routes, VERSION)));
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    try {
      await app.db.systemTx((tx) => tx.query('select 1'));
      return { status: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'database unavailable' });
    }
  });
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  server.get('/api/v1/openapi.json', async (_request, reply) => reply.type('application/json').send(description()));
  server.get('/docs', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(docsPage(JSON.parse(description()) as Parameters<typeof docsPage>[0])),
  );
}

/** How far each subscriber is behind, in seconds: 0 when it has handled everything settled. */
export async function subscriberLag(app: Pick<App, 'db'>): Promise<{ subscriber: string; lag: number }[]> {
  return app.db.systemTx((tx) =>
    tx.query<{ subscriber: string; lag: number }>(
      `select c.subscriber, coalesce(max(extract(epoch from now() - o.at)), 0)::float8 as lag
         from kernel.cursors c left join lateral (
           select b.at from kernel.outbox b where b.org_id = c.org_id and (b.xid, b.seq) > (c.xid, c.seq) order by b.xid, b.seq limit 1) o on true
        group by c.subscriber`,
    ),
  );
}
