import { createHmac } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { Db } from '#kernel/db/index.ts';
import { buildHttp } from '#kernel/http/server.ts';
import type { Route } from '#kernel/http/route.ts';
import { silentLog } from '#kernel/log.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import { createAuth, createAuthenticator, createOrg, createUser, identityModule, mountAuth } from '../index.ts';

export const HOST = 'zhanggui.test';
export const ORIGIN = `http://${HOST}`;
export const PASSWORD = 'correct horse battery';

/** A small house: a database of its own, log-in mounted, and a clock the test moves. */
export async function openHouse(extra: { routes?: readonly Route[]; permissions?: Record<string, string> } = {}) {
  const database = await freshDatabase();
  const log = silentLog;
  const db = new Db({ url: database.url, poolMax: 12, systemPoolMax: 8 });
  let skewMs = 0;
  const now = (): Date => new Date(Date.now() + skewMs);
  const auth = createAuth({ db, log, baseUrl: ORIGIN, secret: 'a secret of the tests, thirty-two characters or more' });
  const permissions = { ...identityModule.permissions, ...extra.permissions };
  const authenticate = createAuthenticator({ db, auth, log, permissions, now });
  const app = await buildHttp({
    env: { db, log, now },
    routes: [...identityModule.routes, ...(extra.routes ?? [])],
    authenticate,
  });
  mountAuth(app, { db, auth, now });
  await app.ready();
  return {
    db,
    app,
    auth,
    url: database.url,
    org: (code: string) => createOrg(db, { code, name: `Org ${code}` }),
    person: (org: string, email: string, roles: string[]) =>
      createUser(db, { org, email, name: email.split('@')[0] as string, password: PASSWORD, roles }),
    browser: (address = '10.0.0.1') => new Browser(app, address),
    passTime: (ms: number) => void (skewMs += ms),
    close: async () => {
      await app.close();
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
// oxlint-disable-next-line no-explicit-any -- answers are looked into by tests
export type Answer = { status: number; body: any; headers: LightMyRequestResponse['headers'] };

/** Keeps cookies and says where it comes from, as a browser does. */
export class Browser {
  readonly #app: FastifyInstance;
  readonly #address: string;
  readonly cookies = new Map<string, string>();

  constructor(app: FastifyInstance, address: string) {
    this.#app = app;
    this.#address = address;
  }

  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    const answer = await this.#app.inject({
      method,
      url: url.startsWith('/api/') ? url : `/api/v1${url}`,
      remoteAddress: this.#address,
      headers: { host: HOST, origin: ORIGIN, 'accept-language': 'en', ...(cookie ? { cookie } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    for (const set of answer.cookies) {
      if (set.maxAge === 0 || set.value === '') this.cookies.delete(set.name);
      else this.cookies.set(set.name, encodeURIComponent(set.value));
    }
    return {
      status: answer.statusCode,
      body: answer.body === '' ? undefined : JSON.parse(answer.body),
      headers: answer.headers,
    };
  }

  get = (url: string, headers?: Record<string, string>): Promise<Answer> => this.send('GET', url, undefined, headers);
  post = (url: string, body: object = {}, headers?: Record<string, string>): Promise<Answer> =>
    this.send('POST', url, body, headers);
  patch = (url: string, body: object, headers?: Record<string, string>): Promise<Answer> =>
    this.send('PATCH', url, body, headers);
  put = (url: string, body: object, headers?: Record<string, string>): Promise<Answer> =>
    this.send('PUT', url, body, headers);
  signIn = (email: string, password = PASSWORD): Promise<Answer> =>
    this.post('/api/auth/sign-in/email', { email, password });
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 6238: the six digits an authenticator app shows for an otpauth URI, `stepsAhead` periods of 30 s from now. */
export function totp(uri: string, stepsAhead = 0): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  let bits = '';
  for (const char of secret) bits += BASE32.indexOf(char).toString(2).padStart(5, '0');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) as number) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
