import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import type { Facts, Place, RequestSpan, Span, SpanOptions, Tracing } from './types.ts';

export type { Place, Span } from './types.ts';

const NO_SPAN: Span = { place: undefined, note: () => undefined };
const OUTSIDE: SpanOptions = {};

let tracing: Tracing | undefined;

/** Does the work in a span. While tracing is off it is a plain call. */
export const traced = <T>(
  name: string,
  facts: Facts,
  work: (span: Span) => Promise<T>,
  options: SpanOptions = OUTSIDE,
): Promise<T> => (tracing === undefined ? work(NO_SPAN) : tracing.run(name, facts, work, options));

/** The span that runs here; undefined while tracing is off. */
export const traceHere = (): Place | undefined => tracing?.here();

/** Gives every request a span, continuing the caller's trace. Adds nothing to the server while tracing is off. */
export function traceRequests(app: FastifyInstance): void {
  const on = tracing;
  if (on === undefined) return;
  const open = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook('onRequest', (request, _reply, done) => {
    const { traceparent } = request.headers;
    const span = on.request(request.method, request.routeOptions.url, [traceparent].flat()[0]);
    open.set(request, span);
    done();
  });
  // the body has been read by now: what the handler starts is within the span
  app.addHook('preHandler', (request, _reply, done) => open.get(request)?.enter(done));
  app.addHook('onResponse', async (request, reply) => open.get(request)?.end(reply.statusCode));
}

/**
 * Sends traces over OTLP/HTTP when OTEL_EXPORTER_OTLP_ENDPOINT says where to; otherwise nothing is loaded. To be called
 * before the HTTP server is built. Returns what sends the last spans and ends it.
 */
export async function startTracing(env: NodeJS.ProcessEnv, log: Log): Promise<() => Promise<void>> {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (!endpoint) return async () => undefined;
  const { openTelemetry } = await import('./open-telemetry.ts');
  const { stop, ...started } = openTelemetry(
    {
      url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
      service: env['OTEL_SERVICE_NAME'] || 'zhanggui',
      ratio: shareOf(env['OTEL_TRACES_SAMPLER_ARG']),
    },
    log,
  );
  tracing = started;
  return async () => {
    tracing = undefined;
    await stop();
  };
}

function shareOf(text: string | undefined): number {
  const share = Number(text || 1);
  if (!(share >= 0 && share <= 1)) throw new Error(`OTEL_TRACES_SAMPLER_ARG is ${text}: not a number from 0 to 1`);
  return share;
}
