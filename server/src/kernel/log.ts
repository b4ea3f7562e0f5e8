import { type DestinationStream, pino } from 'pino';

export type Log = {
  debug(facts: object, says: string): void;
  info(facts: object, says: string): void;
  warn(facts: object, says: string): void;
  error(facts: object, says: string): void;
};

// Names under which personal data or secrets travel. Logs are read by people who may not see either.
const HIDDEN = new Set([
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'name',
  'phone',
  'email',
  'address',
  'shipTo',
  'customer',
  'remark',
  'detail',
  'where',
  'parameters',
  'body',
]);
const DEPTH_MAX = 8;

/** Data exceptions of PostgreSQL quote the value they refuse, which may be somebody's name. */
function messageOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)
    ? error.message.replace(/".*"/s, '"[hidden]"')
    : error.message;
}

/** An error of the database carries the row it refused, and the driver's carries its connection: neither is logged. */
const describe = (error: Error): object => ({
  type: error.name,
  message: messageOf(error),
  code: (error as { code?: unknown }).code,
  stack: error.stack?.replace(error.message, () => messageOf(error)),
});

/** A copy without what is hidden, at any depth: the caller's objects stay as they are. */
function withoutHidden(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Error) return describe(value);
  if (depth > DEPTH_MAX) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => withoutHidden(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, HIDDEN.has(key) ? '[hidden]' : withoutHidden(inner, depth + 1)]),
  );
}

/**
 * Structured log on standard error (standard output belongs to commands), or where told. `level`: pino's, or `silent`.
 */
export function createLog(level: string, to: DestinationStream = pino.destination({ dest: 2, sync: false })): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (facts) => withoutHidden(facts) as Record<string, unknown> },
    },
    to,
  );
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
