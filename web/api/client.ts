import createOpenApiClient from 'openapi-fetch';
import type {
  Answer,
  Api,
  Extra,
  Keyed,
  Method,
  PathOf,
  Request as ApiRequest,
  RequestArgs,
  UploadPath,
} from './paths.ts';
import { ApiProblem, readProblem } from './problem.ts';

export type ClientConfig = {
  fetch: typeof fetch;
  /** Where the server answers: empty for the origin of the page. */
  origin: string;
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

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204 || !(response.headers.get('content-type') ?? '').includes('json')) return undefined;
  return response.json().catch(() => undefined);
}

/** Sends a request, a GET up to three times, and answers only with a success. @throws ApiProblem, and AbortError */
function sender(config: ClientConfig): (request: Request) => Promise<Response> {
  const sleep = config.sleep ?? wait;
  async function once(request: Request): Promise<Response> {
    let response: Response;
    try {
      response = await config.fetch(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      throw new ApiProblem({ status: 0, code: 'network', title: 'network' });
    }
    if (response.ok) return response;
    if (response.status === 401) config.onUnauthenticated?.();
    throw readProblem(response.status, await readBody(response), response.headers);
  }
  return async (request) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once(request.clone());
      } catch (error) {
        const worthIt = error instanceof ApiProblem && RETRY_STATUSES.has(error.status) && tries < GET_TRIES_MAX;
        if (request.method !== 'GET' || !worthIt) throw error;
        await sleep(Math.min((error.retryAfterS ?? 0.3 * 3 ** (tries - 1)) * 1000, RETRY_WAIT_MS_MAX));
      }
    }
  };
}

/** Sends a piece of an upload from its offset on (tus); answers how much the server has then. */
const pieceSender =
  (config: ClientConfig, send: (request: Request) => Promise<Response>, headersNow: () => Record<string, string>) =>
  async (uploadId: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<number> => {
    const url = `${config.origin}/api/v1/uploads/${uploadId}`;
    const type = 'application/offset+octet-stream';
    const headers = { ...headersNow(), 'content-type': type, 'tus-resumable': '1.0.0', 'upload-offset': `${offset}` };
    const answer = await send(
      new Request(url, { method: 'PATCH', headers, body: bytes, signal, credentials: 'same-origin' }),
    );
    return Number(answer.headers.get('upload-offset'));
  };

type Loose = Extra & { path?: unknown; query?: unknown; body?: unknown };

/** The one way to the server, held to its OpenAPI document: language, credentials, versions, idempotency, and problems as typed errors. */
export function createClient(config: ClientConfig) {
  const send = sender(config);
  const api = createOpenApiClient<Record<string, Record<string, object>>>({ fetch: send });

  function headersOf({ version, idempotencyKey }: Extra): Record<string, string> {
    const token = config.token?.();
    return {
      accept: 'application/json',
      'accept-language': config.locale(),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    };
  }

  async function call(method: Method, path: string, request: Loose = {}): Promise<unknown> {
    const { query, path: names, body, signal } = request;
    const filled = Object.entries((query ?? {}) as Record<string, unknown>).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    const { data } = await api.request(
      method as never,
      path as never,
      {
        baseUrl: config.origin + (path.startsWith('/sandbox/') ? '' : '/api/v1'),
        params: { path: names ?? {}, query: Object.fromEntries(filled) },
        headers: headersOf(request),
        credentials: 'same-origin',
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      } as never,
    );
    return data;
  }

  const verb =
    <M extends Method>(method: M) =>
    async <P extends PathOf<M>>(path: P, ...[request]: RequestArgs<P, M>): Promise<Answer<P, M>> =>
      (await call(method, path, request)) as Answer<P, M>;

  return {
    get: verb('get'),
    /** A read whose address is put together from parts that were checked before. */
    read: async (path: keyof Api, request: Loose): Promise<unknown> => call('get', path, request),
    /** A write under the key of one intent: sent again, it is done once. */
    post: async <P extends PathOf<'post'>>(path: P, request: Keyed<P>): Promise<Answer<P, 'post'>> =>
      (await call('post', path, request)) as Answer<P, 'post'>,
    /** A POST no answer is kept of: it only reads, what it says carries its own identity, or its answer holds a secret. */
    repeatable: verb('post'),
    put: verb('put'),
    patch: verb('patch'),
    delete: verb('delete'),
    /** Sends a file with the fields beside it. */
    upload: async <P extends UploadPath>(path: P, form: FormData, extra: Extra = {}): Promise<Answer<P, 'post'>> =>
      (await call('post', path, { ...extra, body: form })) as Answer<P, 'post'>,
    /** A document the server makes of what is sent: its bytes, to be shown or printed. */
    document: async (path: `/${string}`, body: unknown): Promise<Blob> => {
      const headers = { ...headersOf({}), accept: '*/*', 'content-type': 'application/json' };
      const url = `${config.origin}/api/v1${path}`;
      return (await send(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }))).blob();
    },
    /** A document of the server for visitors without a cookie, whose pass goes in a header. */
    bytes: async (path: `/${string}`): Promise<Blob> =>
      (
        await send(new Request(`${config.origin}/api/v1${path}`, { headers: { ...headersOf({}), accept: '*/*' } }))
      ).blob(),
    piece: pieceSender(config, send, () => headersOf({})),
    /** The log-in library's own addresses, which are beside the API. */
    beside: async <T>(path: `/api/auth/${string}`, body: unknown): Promise<T> => {
      const headers = { ...headersOf({}), 'content-type': 'application/json' };
      const request = new Request(config.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await readBody(await send(request))) as T;
    },
  };
}

export type Client = ReturnType<typeof createClient>;
export type { ApiRequest };
