import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';

const LATENCY_MS = 60;
const COOKIE = 'mock-session=1';

async function readJson(req: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader('content-type', status >= 400 ? 'application/problem+json' : 'application/json');
  res.end(JSON.stringify(body ?? {}));
}

/** Log-in as the library answers it: "code@…" needs a second factor, the password "wrong" is wrong. */
function signIn(path: string, body: Record<string, unknown>, res: ServerResponse): void {
  if (path.endsWith('/sign-out')) res.setHeader('set-cookie', `${COOKIE}; Path=/; Max-Age=0`);
  else if (body['password'] === 'wrong')
    return send(res, 401, { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' });
  else if (body['password'] === 'locked') {
    return send(res, 429, {
      code: 'account_locked',
      title: 'Locked',
      status: 429,
      lockedUntil: new Date(Date.now() + 900_000).toISOString(),
    });
  } else if (String(body['email'] ?? '').startsWith('code@')) return send(res, 200, { twoFactorRedirect: true });
  else if (path.endsWith('/two-factor/enable')) {
    return send(res, 200, {
      totpURI: 'otpauth://totp/Zhanggui:admin?secret=JBSWY3DPEHPK3PXP&issuer=Zhanggui',
      backupCodes: ['a1b2c-d3e4f', 'g5h6i-j7k8l', 'm9n0o-p1q2r', 's3t4u-v5w6x'],
    });
  } else if (body['code'] === '000000') return send(res, 401, { code: 'INVALID_CODE', message: 'Invalid code' });
  else res.setHeader('set-cookie', `${COOKIE}; Path=/; HttpOnly`);
  return send(res, 200, {});
}

async function respond(req: IncomingMessage, res: ServerResponse, next: () => void): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://mock');
  if (!/^\/api\/(v1|auth)\//.test(url.pathname)) return next(); // web/api is source, not the API
  const body = req.method === 'GET' ? {} : await readJson(req);
  await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
  if (url.pathname.startsWith('/api/auth/')) return signIn(url.pathname, body, res);
  const path = url.pathname.replace('/api/v1', '');
  const token = req.headers.authorization?.replace('Bearer ', '');
  const isInside = req.headers.cookie?.includes(COOKIE) || path.startsWith('/portal');
  if (!isInside) return send(res, 401, { code: 'unauthenticated', title: '请先登录', status: 401 });
  const { answer } = await import('./routes.ts');
  const found = answer(req.method ?? 'GET', { path, query: url.searchParams, body, token });
  return found
    ? send(res, found.status, found.body)
    : send(res, 404, { code: 'not_found', title: '没有这个地址', status: 404 });
}

const handle: Connect.NextHandleFunction = (req, res, next) => void respond(req, res, next);

/** The API from made-up data, for work on the pages without a server; only in `--mode mock`, of dev server and preview. */
export function mockApi(): Plugin {
  return {
    name: 'zhanggui:mock-api',
    configureServer: (server) => void server.middlewares.use(handle),
    configurePreviewServer: (server) => void server.middlewares.use(handle),
  };
}
