export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 416 | 422 | 429 | 503;

/** One refused field: `path` as the caller wrote it (`lines[0].sku`), `code` stable, `facts` for the message's text. */
export type FieldProblem = { path: string; code: string; facts?: Readonly<Record<string, unknown>> };

/**
 * An expected refusal. Throwing one rolls the transaction back; one place turns it into application/problem+json
 * (RFC 9457). The text comes from the i18n catalogue under `errors.<code>`, with `facts` filled in.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly status: ProblemStatus;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldProblem[] | undefined;
  constructor(facts: Readonly<Record<string, unknown>> = {}, errors?: readonly FieldProblem[]) {
    super();
    this.facts = facts;
    this.errors = errors;
  }
  override get message(): string {
    const fields = this.errors?.map((e) => `${e.path}: ${e.code}`).join(', ');
    return `${this.code} ${JSON.stringify(this.facts)}${fields ? ` [${fields}]` : ''}`;
  }
}

export type Refusal = new (facts?: Readonly<Record<string, unknown>>, errors?: readonly FieldProblem[]) => DomainError;

/** Every code a refusal can carry, with its status: the API documentation and the i18n test read it. */
export const REFUSALS = new Map<string, ProblemStatus>();

/** Declares a refusal. `code` is public API: flat snake_case, never renamed. @throws when the code is taken. */
export function defineRefusal(code: string, status: ProblemStatus): Refusal {
  if (!/^[a-z][a-z0-9_]*$/.test(code)) throw new Error(`refusal code ${code} is not snake_case`);
  if (REFUSALS.has(code)) throw new Error(`refusal code ${code} is declared twice`);
  REFUSALS.set(code, status);
  return class extends DomainError {
    override readonly code = code;
    override readonly status = status;
  };
}

export const InvalidRequest = defineRefusal('invalid_request', 400);
export const InvalidJson = defineRefusal('invalid_json', 400);
export const InvalidCursor = defineRefusal('invalid_cursor', 400);
export const Unauthenticated = defineRefusal('unauthenticated', 401);
export const Forbidden = defineRefusal('forbidden', 403);
export const NotFound = defineRefusal('not_found', 404);
export const Conflict = defineRefusal('conflict', 409);
export const IdempotencyKeyReused = defineRefusal('idempotency_key_reused', 409);
export const PreconditionFailed = defineRefusal('precondition_failed', 412);
export const PayloadTooLarge = defineRefusal('payload_too_large', 413);
export const UnsupportedMediaType = defineRefusal('unsupported_media_type', 415);
export const RateLimited = defineRefusal('rate_limited', 429);
export const Overloaded = defineRefusal('overloaded', 503);
