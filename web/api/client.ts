import { ApiProblem, readProblem } from './problem.ts';

export type Query = Record<string, string | number | boolean | undefined>;

export type RequestOptions = {
  query?: Query | undefined;
  body?: unknown;
  /** Version the edit is based on; sent as If-Match, 412 when someone was faster. */
  version?: number | undefined;
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
};

export type ClientConfig = {
  fetch: typeof fetch;
  base: string;
  locale: () => string;
  /** Bearer token of a visitor without a cookie session (the portal). */
  token?: () => string | undefined;
  onUnauthenticated?: () => void;
  sleep?: (ms: number) => Promise<void>;
};

/** Tries of a GET in all. Anything else is sent once: the person decides, under the same Idempotency-Key. */
const GET_TRIES_MAX = 3;
const RETRY_STATUSES = new Set([0, 429, 502, 503, 504]);
const RETRY_WAIT_MS_MAX = 5_000;

export type Client = ReturnType<typeof createClient>;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function address(base: string, path: string, query: Query | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return (path.startsWith('//') ? path.slice(1) : base + path) + (text && `?${text}`);
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return undefined;
  return response.json().catch(() => undefined);
}

/** The one way to the server: language, credentials, versions, idempotency, and problems as typed errors. */
export function createClient(config: ClientConfig) {
  const sleep = config.sleep ?? wait;

  async function once(method: string, path: string, options: RequestOptions): Promise<unknown> {
    const headers = new Headers({ accept: 'application/json', 'accept-language': config.locale() });
    const token = config.token?.();
    if (token) headers.set('authorization', `Bearer ${token}`);
    if (options.idempotencyKey) headers.set('idempotency-key', options.idempotencyKey);
    if (options.version !== undefined) headers.set('if-match', `"${options.version}"`);
    const init: RequestInit = { method, headers, credentials: 'same-origin', signal: options.signal ?? null };
    if (options.body instanceof FormData) init.body = options.body;
    else if (options.body !== undefined) {
      headers.set('content-type', 'application/json');
      init.body = JSON.stringify(options.body);
    }
    let response: Response;
    try {
      response = await config.fetch(address(config.base, path, options.query), init);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ApiProblem({ status: 0, code: 'network', title: 'network' });
    }
    const body = await readBody(response);
    if (response.ok) return body;
    if (response.status === 401) config.onUnauthenticated?.();
    throw readProblem(response.status, body, response.headers);
  }

  async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return (await once('GET', path, { query, signal })) as T;
      } catch (error) {
        const worthIt = error instanceof ApiProblem && RETRY_STATUSES.has(error.status) && tries < GET_TRIES_MAX;
        if (!worthIt) throw error;
        await sleep(Math.min((error.retryAfterS ?? 0.3 * 3 ** (tries - 1)) * 1000, RETRY_WAIT_MS_MAX));
      }
    }
  }

  const send =
    (method: string) =>
    async <T>(path: string, body?: unknown, options: RequestOptions = {}): Promise<T> =>
      (await once(method, path, { ...options, body })) as T;

  return { get, post: send('POST'), put: send('PUT'), patch: send('PATCH'), delete: send('DELETE') };
}
