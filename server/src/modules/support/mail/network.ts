import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isRefusedAddress } from '#kernel/webhooks/addresses.ts';
import type { Security } from './domain/words.ts';
import type { Problem } from './store/accounts.ts';

/** Why a mail server could not be used, as a code that has a sentence in both languages (`mail_problems.<code>`). */
export class MailServerProblem extends Error {
  readonly problem: Problem;
  constructor(code: string, facts?: Problem['facts']) {
    super(code);
    this.problem = facts === undefined ? { code } : { code, facts };
  }
}

/**
 * The address a name stands for, judged: what is connected to is what was looked at. Without encryption only servers of the inside
 * are spoken to. @throws MailServerProblem
 */
export async function addressOf(host: string, security: Security, allowInside: boolean): Promise<string> {
  if (security === 'none' && !allowInside) throw new MailServerProblem('plain_refused');
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => []);
  const [first] = found;
  if (!first) throw new MailServerProblem('name_not_found', { host });
  if (found.some((a) => isRefusedAddress(a.address, allowInside)))
    throw new MailServerProblem('inside_refused', { host });
  return first.address;
}

const CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  EDNS: 'name_not_found',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'connection_refused',
  ENETUNREACH: 'connection_refused',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  NoConnection: 'connection_lost',
  EConnectionClosed: 'connection_lost',
  StateLogout: 'connection_lost',
  ClosedAfterConnectText: 'closed_at_once',
  ClosedAfterConnectTLS: 'closed_at_once',
  ETIMEDOUT: 'timeout',
  ETIMEOUT: 'timeout',
  CONNECT_TIMEOUT: 'timeout',
  GREETING_TIMEOUT: 'no_greeting',
  UPGRADE_TIMEOUT: 'timeout',
  ETHROTTLE: 'throttled',
  LiteralTooLarge: 'answer_too_large',
  LineTooLarge: 'answer_too_large',
  ResponseTooLarge: 'answer_too_large',
  TooManyResponses: 'answer_too_large',
  EAUTH: 'log_in_refused',
  ENOAUTH: 'log_in_refused',
};
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|HOSTNAME_MISMATCH/;
const NOT_TLS = /WRONG_VERSION_NUMBER|EPROTO|ERR_SSL|wrong version number|packet length too long/;

/** What a library says went wrong, as a code of ours. The words of the server are not passed on: they may hold what it was sent. */
export function problemOf(error: unknown): Problem {
  if (error instanceof MailServerProblem) return error.problem;
  const given = error as {
    code?: unknown;
    message?: unknown;
    authenticationFailed?: unknown;
    response?: unknown;
    cause?: unknown;
  };
  const text = `${String(given.code)} ${String(given.message)}`;
  if (given.authenticationFailed === true) return { code: 'log_in_refused' };
  if (CERTIFICATE.test(text)) return { code: 'certificate_refused' };
  if (NOT_TLS.test(text)) return { code: 'not_tls' };
  if (/STARTTLS/i.test(text) || given.code === 'ETLS') return { code: 'no_starttls' };
  const known = CODES[String(given.code)];
  if (known !== undefined) return { code: known };
  if (/greeting|timeout/i.test(String(given.message)))
    return { code: /greeting/i.test(String(given.message)) ? 'no_greeting' : 'timeout' };
  if (/^Parser|Invalid|Unexpected/.test(String(given.code))) return { code: 'not_understood' };
  return { code: 'failed', facts: { detail: typeof given.code === 'string' ? given.code.slice(0, 40) : 'unknown' } };
}
