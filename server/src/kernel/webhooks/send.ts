import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isRefusedAddress, literalAddress } from './addresses.ts';

const TIMEOUT_MS = 10_000;
const ANSWER_MAX_BYTES = 1024;

/** What came of one attempt. `error` is a code without a word of the receiver's; null = taken. */
export type Outcome = { status: number | null; error: string | null };

class AddressRefused extends Error {}

/** The addresses that are judged are those connected to: a name cannot resolve to another a moment later. */
const judging =
  (allowInside: boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) callback(error ?? new AddressRefused(), '', 0);
      else if (addresses.some((a) => isRefusedAddress(a.address, allowInside))) callback(new AddressRefused(), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

const CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_lost',
};

function codeOf(error: unknown): string {
  if (error instanceof AddressRefused) return 'address_refused';
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT') return 'timeout';
  const known = CODES[String(code)];
  if (known !== undefined) return known;
  return /CERT|TLS|SSL|EPROTO/.test(String(code)) ? 'tls_failed' : 'connection_failed';
}

/**
 * Posts once, on a connection of its own, at most 10 s; follows no redirect. Never throws. `allowInsecure` admits plain
 * HTTP and addresses of the inside.
 */
export async function send(
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  allowInsecure: boolean,
): Promise<Outcome> {
  const url = new URL(target);
  const literal = literalAddress(url);
  if (url.protocol !== 'https:' && !allowInsecure) return { status: null, error: 'insecure_url' };
  if (literal !== undefined && isRefusedAddress(literal, allowInsecure))
    return { status: null, error: 'address_refused' };
  return new Promise((settle) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      lookup: judging(allowInsecure),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    request.on('error', (error) => settle({ status: null, error: codeOf(error) }));
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      settle({ status, error: status >= 200 && status < 300 ? null : `http_${status}` });
      let bytes = 0;
      response.on('error', () => undefined);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > ANSWER_MAX_BYTES) response.destroy();
      });
    });
    request.end(body);
  });
}
