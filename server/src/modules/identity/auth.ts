import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { Kysely, PostgresDialect } from 'kysely';
import type { Db } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Log } from '#kernel/log.ts';
import { findMembership } from './store/members.ts';

export const SESSION_COOKIE = 'zhanggui.session_token';
export const TWO_FACTOR_COOKIE = 'zhanggui.two_factor';
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;
const SESSION_S = 12 * 3600;
const SESSION_EXTENDED_EVERY_S = 15 * 60;

export type AuthOptions = {
  db: Db;
  /** Signs cookies and seals second-factor secrets; at least 32 characters. */
  secret: string;
  /** Where people reach us; cookies are `secure` when it is https. */
  baseUrl: string;
  log: Log;
};

export type Auth = ReturnType<typeof createAuth>;

/** People's log-in: passwords, sessions of 12 h that slide, TOTP with backup codes. Nobody signs up by themselves. */
export function createAuth(options: AuthOptions) {
  const { db, log } = options;
  return betterAuth({
    appName: 'Zhanggui',
    baseURL: options.baseUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: (request) => ownOrigins(request, options.baseUrl),
    database: {
      db: new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool: db.systemPool }) }),
      type: 'postgres',
      schemaName: 'auth',
      transaction: true,
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    session: {
      ...SESSION_TABLE,
      expiresIn: SESSION_S,
      updateAge: SESSION_EXTENDED_EVERY_S,
      cookieCache: { enabled: false },
    },
    user: USER_TABLE,
    account: ACCOUNT_TABLE,
    verification: VERIFICATION_TABLE,
    plugins: [twoFactor({ issuer: 'Zhanggui', accountLockout: { enabled: false }, schema: TWO_FACTOR_TABLES })],
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const member = await findMembership(db, session.userId);
            if (member?.status !== 'active')
              throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: 'disabled' });
          },
        },
      },
    },
    rateLimit: { enabled: false }, // ours counts in the database: see attempts.ts
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (level, message) => void (level === 'error' && log.error({ library: 'better-auth' }, message)),
    },
    advanced: {
      disableOriginCheck: false, // said, because the library switches the check off where NODE_ENV is `test`
      disableCSRFCheck: false,
      cookiePrefix: 'zhanggui',
      useSecureCookies: false, // would rename the cookie; `secure` is set below
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: options.baseUrl.startsWith('https:') },
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
  });
}

function ownOrigins(request: Request | undefined, baseUrl: string): string[] {
  const host = request?.headers.get('host');
  return [new URL(baseUrl).origin, ...(host ? [`http://${host}`, `https://${host}`] : [])];
}

const CREATED = { createdAt: 'created_at', updatedAt: 'updated_at' };
const USER_TABLE = { modelName: 'users', fields: { ...CREATED, emailVerified: 'email_verified' } };
const SESSION_TABLE = {
  modelName: 'sessions',
  fields: { ...CREATED, userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent' },
};
const ACCOUNT_TABLE = {
  modelName: 'accounts',
  fields: {
    ...CREATED,
    userId: 'user_id',
    accountId: 'account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
  },
};
const VERIFICATION_TABLE = { modelName: 'verifications', fields: { ...CREATED, expiresAt: 'expires_at' } };
const TWO_FACTOR_TABLES = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'two_factors',
    fields: {
      userId: 'user_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
};
