/** One thing wrong with a request, at a path such as `lines[0].sku`; the message is in the reader's language. */
export type FieldError = { path: string; code: string; message: string };

type ProblemBody = {
  status: number;
  code: string;
  title: string;
  detail?: string | undefined;
  errors?: FieldError[] | undefined;
  requestId?: string | undefined;
  retryAfterS?: number | undefined;
  facts?: Record<string, unknown> | undefined;
};

/** A refusal by the server (RFC 9457), or status 0 when no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  /** Seconds the server asked us to wait. */
  readonly retryAfterS: number | undefined;
  readonly facts: Record<string, unknown>;

  constructor(body: ProblemBody) {
    super(body.title);
    this.name = 'ApiProblem';
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.errors = body.errors ?? [];
    this.requestId = body.requestId;
    this.retryAfterS = body.retryAfterS;
    this.facts = body.facts ?? {};
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function readErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { path, code, message } = entry as Record<string, unknown>;
    const said = text(message) ?? text(code);
    return said === undefined ? [] : [{ path: text(path) ?? '', code: text(code) ?? '', message: said }];
  });
}

/**
 * Makes a problem of any refused answer: our problem+json, the log-in library's `{ code, message }`, or a proxy's HTML.
 * Never throws, whatever the body holds.
 */
export function readProblem(status: number, body: unknown, headers: Pick<Headers, 'get'>): ApiProblem {
  const wait = Number(headers.get('retry-after'));
  const source: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const { type: _type, title, status: _status, code, detail, message, errors, requestId, ...facts } = source;
  return new ApiProblem({
    status,
    code: text(code)?.toLowerCase() ?? `http_${status}`,
    title: text(title) ?? text(message) ?? `HTTP ${status}`,
    detail: text(detail),
    errors: readErrors(errors),
    requestId: text(requestId) ?? headers.get('x-request-id') ?? undefined,
    retryAfterS: headers.get('retry-after') !== null && Number.isFinite(wait) ? wait : undefined,
    facts,
  });
}

/** Whether the server has decided: a refusal is final, while silence or a 5xx leaves the outcome open. */
export const isDecided = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  error.status >= 400 &&
  error.status < 500 &&
  error.status !== 408 &&
  error.status !== 429;
