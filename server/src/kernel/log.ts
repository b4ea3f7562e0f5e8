import { type DestinationStream, pino } from 'pino';

export type Log = {
  debug(facts: object, says: string): void;
  info(facts: object, says: string): void;
  warn(facts: object, says: string): void;
  error(facts: object, says: string): void;
};

// Names under which personal data or secrets travel. Logs are read by people who may not see either.
const HIDDEN = [
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
];

/** Data exceptions of PostgreSQL quote the value they refuse, which may be somebody's name. */
function messageOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)
    ? error.message.replace(/".*"/s, '"[hidden]"')
    : error.message;
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
      // An error of the database carries the row it refused, and the driver's carries its connection: neither is logged.
      serializers: {
        err: (error: unknown) =>
          error instanceof Error
            ? {
                type: error.name,
                message: messageOf(error),
                code: (error as { code?: unknown }).code,
                stack: error.stack?.replace(error.message, () => messageOf(error)),
              }
            : { message: String(error) },
      },
      redact: { paths: HIDDEN.flatMap((k) => [k, `*.${k}`, `*.*.${k}`]), censor: '[hidden]' },
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
