import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { InvalidRequest, NotFound, Unauthenticated } from '#kernel/errors.ts';
import { problemsOf } from '#kernel/problems.ts';
import { type Attempt, Attempts } from './attempts.ts';
import { type Auth, PASSWORD_LENGTH_MAX, SESSION_COOKIE, TWO_FACTOR_COOKIE } from './auth.ts';
import { extendedCookies, refuseCrossSite } from './authenticate.ts';
import { forgetCredentials } from './credential-cache.ts';
import { PasswordChanged, SignedIn, SignedOut, SignInFailed, TwoFactorChanged, UserLocked } from './events.ts';
import * as refusals from './refusals.ts';
import { findMembership, findMembershipByEmail, type MemberRow } from './store/members.ts';

export type MountOptions = { db: Db; auth: Auth; baseUrl?: string; now?: () => Date };

/** What of the log-in library is open, and which of it tries a secret: that is counted. */
const OPEN = new Map<string, 'plain' | 'password' | 'code'>([
  ['POST /sign-in/email', 'password'],
  ['POST /sign-out', 'plain'],
  ['GET /get-session', 'plain'],
  ['POST /change-password', 'password'],
  ['POST /two-factor/enable', 'password'],
  ['POST /two-factor/disable', 'password'],
  ['POST /two-factor/get-totp-uri', 'password'],
  ['POST /two-factor/generate-backup-codes', 'password'],
  ['POST /two-factor/verify-totp', 'code'],
  ['POST /two-factor/verify-backup-code', 'code'],
]);

const NOBODY = { kind: 'public', id: 'public', name: 'public' } as const;
const REQUESTS_PER_MINUTE = 300;
const WRONG = new Set(['INVALID_EMAIL_OR_PASSWORD', 'INVALID_PASSWORD', 'INVALID_CODE', 'INVALID_BACKUP_CODE']);
const Credentials = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(PASSWORD_LENGTH_MAX),
});
const Code = z.object({ code: z.string().trim().max(20) });

type Call = { path: string; request: FastifyRequest; reply: FastifyReply; body: unknown };

/**
 * Serves the log-in under /api/auth/*: the library's own handler behind our list of open paths, our count of wrong
 * passwords and codes, and our way of telling problems.
 */
export function mountAuth(app: FastifyInstance, options: MountOptions): void {
  const desk = new LogInDesk(options);
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    config: { rateLimit: { max: REQUESTS_PER_MINUTE, timeWindow: 60_000 } },
    handler: (request, reply) => desk.handle(request, reply),
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    for (const cookie of extendedCookies.get(request) ?? []) void reply.header('set-cookie', cookie);
    done();
  });
}

class LogInDesk {
  readonly #options: MountOptions;
  readonly #attempts: Attempts;
  readonly #now: () => Date;
  readonly #ownOrigin: string | undefined;

  constructor(options: MountOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#attempts = new Attempts(options.db, this.#now);
    this.#ownOrigin = options.baseUrl === undefined ? undefined : new URL(options.baseUrl).origin;
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const path = new URL(request.url, 'http://localhost').pathname.slice('/api/auth'.length);
    const kind = OPEN.get(`${request.method} ${path}`);
    if (kind === undefined) throw new NotFound();
    if (request.method !== 'GET' && request.headers.cookie?.includes(SESSION_COOKIE))
      refuseCrossSite(request, this.#ownOrigin);
    const call = { path, request, reply, body: request.body ?? {} };
    if (kind === 'plain') return this.#plain(call);
    const email = await this.#subject(call, kind);
    return this.#attempts.guard(email, request.ip, (attempt) => this.#guarded(call, kind, email, attempt));
  }

  async #plain(call: Call): Promise<FastifyReply> {
    const leaver = call.path === '/sign-out' ? await this.#sessionUser(call.request) : undefined;
    const answer = await this.#forward(call);
    if (leaver) {
      forgetCredentials();
      await this.#tell(
        await findMembership(this.#options.db, leaver.id),
        (tx, ctx) => SignedOut.emit(tx, ctx, leaver.id, { userId: leaver.id }),
        call,
      );
    }
    return this.#send(call, answer);
  }

  /** Whose secret is tried: named in the body, by the session, or by a log-in waiting for its second factor. */
  async #subject(call: Call, kind: 'password' | 'code'): Promise<string> {
    if (call.path === '/sign-in/email') {
      const given = parsed(Credentials, call.body);
      call.body = given;
      return given.email;
    }
    // no more than the code: a browser trusted to skip the second factor is one more thing to steal
    if (kind === 'code') call.body = parsed(Code, call.body);
    const user =
      (await this.#sessionUser(call.request)) ?? (kind === 'code' ? await this.#waitingUser(call.request) : undefined);
    if (!user) throw kind === 'code' ? new refusals.LogInExpired() : new Unauthenticated();
    return user.email;
  }

  async #guarded(call: Call, kind: 'password' | 'code', email: string, attempt: Attempt): Promise<FastifyReply> {
    const signedIn = await this.#sessionUser(call.request);
    if (call.path === '/two-factor/verify-totp' && !signedIn && !(await this.#freshCode(call))) {
      return this.#wrong(call, kind, email, attempt);
    }
    const answer = await this.#forward(call);
    if (!answer.ok) {
      const { code } = (await answer
        .clone()
        .json()
        .catch(() => ({}))) as { code?: string };
      if (code !== undefined && WRONG.has(code)) return this.#wrong(call, kind, email, attempt);
      await attempt.undone();
      throw named(code);
    }
    const { twoFactorRedirect } = (await answer.clone().json()) as { twoFactorRedirect?: boolean };
    if (twoFactorRedirect) {
      await attempt.undone(); // a right password must not wipe out wrong codes
      return this.#send(call, answer);
    }
    await attempt.succeeded();
    await this.#succeeded(call, email, call.path === '/sign-in/email' || (kind === 'code' && signedIn === undefined));
    return this.#send(call, answer);
  }

  /** Whether the code has opened no session yet. One that turns out wrong is used up as well: it was wrong. */
  async #freshCode(call: Call): Promise<boolean> {
    const user = await this.#waitingUser(call.request);
    return user !== undefined && this.#attempts.takeCode(user.id, (call.body as { code: string }).code);
  }

  async #wrong(call: Call, kind: 'password' | 'code', email: string, attempt: Attempt): Promise<never> {
    const { failures, lockedUntil } = await attempt.failed();
    const member = await findMembershipByEmail(this.#options.db, email);
    await this.#tell(
      member,
      async (tx, ctx, userId) => {
        await SignInFailed.emit(tx, ctx, userId, { userId, failures });
        if (lockedUntil) await UserLocked.emit(tx, ctx, userId, { userId, lockedUntil: lockedUntil.toISOString() });
      },
      call,
      false,
    );
    throw kind === 'code' ? new refusals.WrongCode() : new refusals.WrongCredentials();
  }

  async #succeeded(call: Call, email: string, opened: boolean): Promise<void> {
    forgetCredentials();
    const member = await findMembershipByEmail(this.#options.db, email);
    await this.#tell(
      member,
      async (tx, ctx, userId) => {
        if (opened) {
          await tx.query('update identity.members set last_sign_in_at = $3 where org_id = $1 and user_id = $2', [
            ctx.orgId,
            userId,
            ctx.now,
          ]);
          await SignedIn.emit(tx, ctx, userId, { userId, factors: call.path === '/sign-in/email' ? 1 : 2 });
        } else if (call.path === '/change-password') await PasswordChanged.emit(tx, ctx, userId, { userId });
        else if (call.path === '/two-factor/disable')
          await TwoFactorChanged.emit(tx, ctx, userId, { userId, enabled: false });
        else if (call.path === '/two-factor/verify-totp')
          await TwoFactorChanged.emit(tx, ctx, userId, { userId, enabled: true });
      },
      call,
    );
  }

  async #tell(
    member: MemberRow | undefined,
    tell: (tx: Tx, ctx: Ctx, userId: string) => Promise<void>,
    call: Call,
    proven = true,
  ): Promise<void> {
    if (!member) return; // an address nobody has: no organisation to tell
    // who failed to prove to be somebody is not recorded as that somebody
    const who = proven ? ({ kind: 'user', id: member.user_id, name: member.name } as const) : NOBODY;
    const actor = { ...who, can: new Set<string>(), shops: null, warehouses: null };
    const ctx: Ctx = { ...systemCtx(member.org_id, this.#now(), call.request.id), actor };
    await this.#options.db.inTx(ctx, (tx) => tell(tx, ctx, member.user_id));
  }

  async #sessionUser(request: FastifyRequest): Promise<{ id: string; email: string } | undefined> {
    if (!request.headers.cookie?.includes(SESSION_COOKIE)) return undefined;
    const session = await this.#options.auth.api.getSession({
      headers: new Headers({ cookie: request.headers.cookie }),
      query: { disableRefresh: true },
    });
    return session?.user;
  }

  /** The person whose password was right and whose second factor is still to come. */
  async #waitingUser(request: FastifyRequest): Promise<{ id: string; email: string } | undefined> {
    const value = new RegExp(`(?:^|;\\s*)${TWO_FACTOR_COOKIE.replace('.', '\\.')}=([^;\\s]+)`).exec(
      request.headers.cookie ?? '',
    )?.[1];
    if (value === undefined) return undefined;
    const signed = decoded(value);
    const { internalAdapter } = await this.#options.auth.$context;
    const found = await internalAdapter.findVerificationValue(signed.slice(0, signed.lastIndexOf('.')));
    if (!found || found.expiresAt < new Date()) return undefined;
    return (await internalAdapter.findUserById(found.value)) ?? undefined;
  }

  #forward(call: Call): Promise<Response> {
    const { request } = call;
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined && !HOP.has(name)) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const url = new URL(request.url, `${request.protocol}://${request.host}`);
    if (request.method === 'GET') return this.#options.auth.handler(new Request(url, { headers }));
    headers.set('content-type', 'application/json');
    return this.#options.auth.handler(new Request(url, { method: 'POST', headers, body: JSON.stringify(call.body) }));
  }

  async #send(call: Call, answer: Response): Promise<FastifyReply> {
    if (!answer.ok) throw named(((await answer.json().catch(() => ({}))) as { code?: string }).code);
    void call.reply.code(answer.status).header('cache-control', 'no-store');
    for (const cookie of answer.headers.getSetCookie()) void call.reply.header('set-cookie', cookie);
    return call.reply.type('application/json; charset=utf-8').send(await answer.text());
  }
}

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (!result.success) throw new InvalidRequest({}, problemsOf(result.error));
  return result.data;
}

/** A cookie's value as it was before encoding; as it stands when it is no encoding at all. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const HOP = new Set([
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'expect',
  'accept-encoding',
  'keep-alive',
  'upgrade',
]);

/** The library's refusals in our words. */
function named(code: string | undefined): Error {
  switch (code) {
    case 'UNAUTHORIZED':
    case 'SESSION_EXPIRED':
    case 'FAILED_TO_GET_SESSION':
      return new Unauthenticated();
    case 'INVALID_TWO_FACTOR_COOKIE':
    case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
      return new refusals.LogInExpired();
    case 'ACCOUNT_DISABLED':
    case 'FAILED_TO_CREATE_SESSION':
      return new refusals.AccountDisabled();
    case 'PASSWORD_TOO_SHORT':
      return new refusals.PasswordTooShort();
    case 'PASSWORD_TOO_LONG':
      return new refusals.PasswordTooLong();
    case 'TOTP_ALREADY_ENABLED':
    case 'TOTP_NOT_ENABLED':
    case 'TWO_FACTOR_NOT_ENABLED':
    case 'BACKUP_CODES_NOT_ENABLED':
      return new refusals.TwoFactorState();
    case 'INVALID_ORIGIN':
    case 'MISSING_OR_NULL_ORIGIN':
    case 'CROSS_SITE_NAVIGATION_LOGIN_BLOCKED':
      return new refusals.CsrfRefused();
    default:
      return new refusals.AuthRefused({ reason: code ?? 'unknown' });
  }
}
