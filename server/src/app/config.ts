import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Config = {
  port: number;
  host: string;
  /** Folder of the embedded database, of uploaded files and of the generated master key. */
  dataDir: string;
  /** The owner's address of your own PostgreSQL; absent = the embedded one. */
  databaseUrl: string | undefined;
  demo: boolean;
  secret: string;
  redisUrl: string | undefined;
  logLevel: string;
  /** How people reach the server, for links and cookies; by default http://<host>:<port>. */
  publicUrl: string | undefined;
  /** Addresses or ranges of reverse proxies before this server, whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  smtp: { url: string; from: string } | undefined;
  /** Where payment channels are reached instead of at their own addresses: a sandbox of theirs, a peer in tests. */
  channelUrls: { wechat: string | undefined; alipay: string | undefined; unionpay?: string | undefined };
};

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SECRET_LENGTH_MIN = 16;

/** Reads the environment. @throws with what is wrong, in words, before anything is started. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const dataDir = path.resolve(env['ZHANGGUI_DATA'] || path.join(ROOT, 'data'));
  const port = Number(env['PORT'] || 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is ${env['PORT']}: not a port number`);
  return {
    port,
    host: env['HOST'] || '127.0.0.1',
    dataDir,
    databaseUrl: env['DATABASE_URL'] || undefined,
    demo: env['ZHANGGUI_DEMO'] !== '0',
    secret: secretOf(dataDir, env['ZHANGGUI_SECRET']),
    redisUrl: env['REDIS_URL'] || undefined,
    logLevel: env['LOG_LEVEL'] || 'info',
    publicUrl: env['ZHANGGUI_URL']?.replace(/\/$/, '') || undefined,
    trustedProxies: (env['ZHANGGUI_TRUSTED_PROXIES'] ?? '')
      .split(',')
      .map((a) => a.trim())
      .filter((a) => a !== ''),
    smtp: env['ZHANGGUI_SMTP_URL']
      ? { url: env['ZHANGGUI_SMTP_URL'], from: env['ZHANGGUI_MAIL_FROM'] || 'zhanggui@localhost' }
      : undefined,
    channelUrls: {
      wechat: addressOf(env, 'ZHANGGUI_WECHATPAY_URL'),
      alipay: addressOf(env, 'ZHANGGUI_ALIPAY_URL'),
      unionpay: addressOf(env, 'ZHANGGUI_UNIONPAY_URL'),
    },
  };
}

/** An address without a slash at the end; undefined when it is not set. @throws when it is none */
function addressOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name]?.replace(/\/$/, '');
  if (!text) return undefined;
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new Error(`${name} is ${text}: not an address`);
  return text;
}

/** The master key: from the environment, else made once and kept beside the data for its owner's eyes only. */
function secretOf(dataDir: string, given: string | undefined): string {
  if (given) {
    if (given.length < SECRET_LENGTH_MIN)
      throw new Error(`ZHANGGUI_SECRET is shorter than ${SECRET_LENGTH_MIN} characters`);
    return given;
  }
  const file = path.join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was faster: use its key
    }
  }
  return readFileSync(file, 'utf8').trim();
}
