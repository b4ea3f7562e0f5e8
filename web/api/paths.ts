import type { components, paths } from './schema.generated.ts';

/** Every address of the API by its path below /api/v1; the sandbox's stand at the root. */
export type Api = { [P in keyof paths as P extends `/api/v1${infer Rest}` ? Rest : P]: paths[P] };
export type Schemas = components['schemas'];
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The addresses that know a method. */
export type PathOf<M extends Method> = {
  [P in keyof Api]: Api[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof Api];

type Operation<P extends keyof Api, M extends Method> = M extends keyof Api[P] ? NonNullable<Api[P][M]> : never;
type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : undefined;
type Parameters<O, Where extends string> = O extends { parameters: { [K in Where]?: infer Given } }
  ? NonNullable<Given>
  : never;

/** What a success of an operation answers with. */
export type Answer<P extends keyof Api, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 202 | 204)]> : never;

/** The body an operation wants; `never` when it takes none. */
export type Body<P extends keyof Api, M extends Method> =
  Operation<P, M> extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;

export type QueryOf<P extends keyof Api, M extends Method = 'get'> = Parameters<Operation<P, M>, 'query'>;
type PathParameters<P extends keyof Api, M extends Method> = Parameters<Operation<P, M>, 'path'>;

/** Addresses that take a file. */
export type UploadPath = {
  [P in keyof Api]: Api[P] extends { post: { requestBody?: { content: { 'multipart/form-data': unknown } } } }
    ? P
    : never;
}[keyof Api];

type OptionalUnless<T, Name extends string> = [T] extends [never]
  ? { [K in Name]?: never }
  : Partial<T> extends T
    ? { [K in Name]?: T | undefined }
    : { [K in Name]: T };

export type Extra = {
  /** Version the edit is based on; sent as If-Match, 412 when someone was faster. */
  version?: number | undefined;
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** What a request of an operation is made of; an unknown name in any part of it fails the type check. */
export type Request<P extends keyof Api, M extends Method> = OptionalUnless<PathParameters<P, M>, 'path'> &
  OptionalUnless<QueryOf<P, M>, 'query'> &
  OptionalUnless<Body<P, M>, 'body'> &
  Extra;

/** A request to write, with the key of the intent it is part of. */
export type Keyed<P extends PathOf<'post'>> = Request<P, 'post'> & { idempotencyKey: string };

/** The request may be left out where nothing of it is needed. */
export type RequestArgs<P extends keyof Api, M extends Method> =
  Partial<Request<P, M>> extends Request<P, M> ? [request?: Request<P, M>] : [request: Request<P, M>];

/** Addresses that answer a list. */
export type ListPath = {
  [P in PathOf<'get'>]: Answer<P, 'get'> extends { items: unknown[] } ? P : never;
}[PathOf<'get'>];

export type RowOf<P extends ListPath> =
  Answer<P, 'get'> extends { items: (infer Row)[] } ? (Row extends object ? Row : never) : never;

/** Filters as an address holds them: any text, but only names the list understands. */
export type LooseQuery<P extends keyof Api> = { [K in keyof QueryOf<P>]?: string | number | boolean | undefined };
export type Known<Q, P extends keyof Api> = Q & { [K in Exclude<keyof Q, keyof QueryOf<P>>]: never };
