/** Names, codes and numbers. Never a person's data, a body, a query string or a value of SQL. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** A place in a trace, to be continued or pointed at later. Opaque. */
export type Place = { readonly traceId: string; readonly spanId: string; readonly traceFlags: number };

export type Span = {
  readonly place: Place | undefined;
  /** Adds what is known only later. */
  note(facts: Facts): void;
};

export type SpanOptions = {
  /** `inner` (default): within the span that runs here, if any. `within`: not recorded outside a span. `root`: whatever runs here, a trace of its own. */
  where?: 'inner' | 'within' | 'root';
  /** The request that this is done for, when it waited in a queue meanwhile. */
  parent?: Place | undefined;
  /** Other requests that this is done for. */
  links?: readonly (Place | undefined)[];
};

export type RequestSpan = { enter(next: () => void): void; end(status: number): void };

/** What sends spans somewhere; there is none unless an endpoint is configured. */
export type Tracing = {
  run<T>(name: string, facts: Facts, work: (span: Span) => Promise<T>, options: SpanOptions): Promise<T>;
  request(method: string, route: string | undefined, traceparent: string | undefined): RequestSpan;
  here(): Place | undefined;
};
