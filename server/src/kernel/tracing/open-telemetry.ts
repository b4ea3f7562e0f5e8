import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span as OtelSpan, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { parseTraceParent, setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { DomainError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Place, Span, SpanOptions, Tracing } from './types.ts';

const WARN_EVERY_MS = 60_000;
const STOP_MAX_MS = 3_000;

const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'error';
  const { code } = error as { code?: unknown }; // of the system or of PostgreSQL
  return typeof code === 'string' ? code : error.name;
};

/** Neither the message of an error nor its stack: they may quote what somebody wrote. */
function fail(span: OtelSpan, error: unknown): void {
  if (error instanceof DomainError) {
    span.setAttribute('error.type', error.code);
    return;
  }
  span.setAttribute('error.type', nameOf(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

const at = (place: Place | undefined): Context =>
  place === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, place);

/** The SDK's own rate of complaints would be one per batch. */
function warner(log: Log): (error: unknown) => void {
  let next = 0;
  return (error) => {
    if (Date.now() < next) return;
    next = Date.now() + WARN_EVERY_MS;
    log.warn({ err: error }, 'traces could not be sent');
  };
}

/**
 * Spans by the SDK of OpenTelemetry. Nothing is registered globally: libraries that would trace by themselves might put
 * personal data into their spans.
 */
export function openTelemetry(
  options: { url: string; service: string; ratio: number },
  log: Log,
): Tracing & { stop(): Promise<void> } {
  setGlobalErrorHandler(warner(log));
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: options.url }) })],
  });
  const tracer = provider.getTracer('zhanggui');
  const running = new AsyncLocalStorage<OtelSpan>();
  const here = (): Place | undefined => running.getStore()?.spanContext();

  async function within<T>(span: OtelSpan, work: (span: Span) => Promise<T>): Promise<T> {
    const told: Span = { place: span.spanContext(), note: (facts) => void span.setAttributes(facts) };
    try {
      return await running.run(span, work, told);
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  return {
    here,
    run: (name, facts, work, { where, parent, links }: SpanOptions) => {
      const from = parent ?? (where === 'root' ? undefined : here());
      if (where === 'within' && from === undefined) return work({ place: undefined, note: () => undefined });
      const others = (links ?? []).filter((place) => place !== undefined).map((context) => ({ context }));
      return within(tracer.startSpan(name, { attributes: facts, links: others }, at(from)), work);
    },
    request: (method, route, traceparent) => {
      const caller = traceparent === undefined ? null : parseTraceParent(traceparent);
      const attributes = { 'http.request.method': method, ...(route === undefined ? {} : { 'http.route': route }) };
      const name = route === undefined ? method : `${method} ${route}`;
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, at(caller ?? undefined));
      return {
        enter: (next) => running.run(span, next),
        end: (status) => {
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    stop: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MAX_MS).unref());
      await Promise.race([provider.shutdown().catch(warner(log)), late]);
    },
  };
}
