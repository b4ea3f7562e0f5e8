import { type ChannelEnv, ChannelUnreachable } from '../providers/channel.ts';
import { type CallOutcome, insertCall } from './store.ts';

/** Channels answer within a second or so; a payer waits for this one. */
export const CALL_TIMEOUT_MS = 8_000;
const ANSWER_BYTES_MAX = 1_048_576;

/** An answer that is not proven to be the channel's: what happened is as unknown as without one. */
export class UntrustedAnswer extends ChannelUnreachable {}

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Buffer };

/** What a call is about, for the record. */
export type About = {
  readonly orgId: string;
  readonly paymentId?: string | undefined;
  readonly refundId?: string | undefined;
};

export type Call<T> = {
  readonly channel: string;
  readonly accountId: string;
  readonly about: About;
  /** What was asked for, to read: a verb of HTTP, or the name of the interface. */
  readonly method: string;
  readonly url: string;
  readonly request: Readonly<{ verb: 'GET' | 'POST'; headers: Record<string, string>; body?: string }>;
  readonly timeoutMs?: number;
  /** What an answer may weigh: 1 MB unless it brings a file. */
  readonly bytesMax?: number;
  /** The request and the answer as they may be kept; secrets and persons are taken out afterwards. */
  readonly shown: { readonly request: unknown; answer(body: Buffer): unknown };
  /** Proves and reads the answer. @throws UntrustedAnswer */
  accept(answer: Answer): Promise<{ value: T; refused: boolean }>;
};

/**
 * Makes one request to a channel and keeps a record of it, whatever comes of it. The record is a transaction of its own.
 * @throws ChannelUnreachable, UntrustedAnswer
 */
export async function callChannel<T>(env: ChannelEnv, call: Call<T>): Promise<T> {
  const at = new Date();
  const began = performance.now();
  let [outcome, answer]: [CallOutcome, Answer | undefined] = ['unreachable', undefined];
  try {
    answer = await exchange(call);
    const { value, refused } = await call.accept(answer);
    outcome = refused ? 'refused' : 'ok';
    return value;
  } catch (error) {
    if (error instanceof UntrustedAnswer) outcome = 'untrusted';
    else if (error instanceof Error && error.cause === 'timeout') outcome = 'timeout';
    throw error;
  } finally {
    const durationMs = Math.round(performance.now() - began);
    await keep(env, call, { at, durationMs, outcome, answer });
  }
}

async function exchange<T>(call: Call<T>): Promise<Answer> {
  const { verb, headers, body } = call.request;
  try {
    const response = await fetch(call.url, {
      method: verb,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(call.timeoutMs ?? CALL_TIMEOUT_MS),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (bytes.length > (call.bytesMax ?? ANSWER_BYTES_MAX))
      throw new ChannelUnreachable(`${call.channel} answered ${bytes.length} bytes`);
    return { status: response.status, headers: response.headers, body: bytes };
  } catch (error) {
    if (error instanceof ChannelUnreachable) throw error;
    throw new ChannelUnreachable(`${call.channel} ${call.method}: ${causeOf(error)}`, {
      cause: isTimeout(error) ? 'timeout' : error,
    });
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/** The code below what fetch throws says more than "fetch failed", and quotes nothing. */
function causeOf(error: unknown): string {
  if (isTimeout(error)) return 'no answer in time';
  const code = (error as { cause?: { code?: unknown } }).cause?.code;
  return typeof code === 'string' ? code : 'no connection';
}

async function keep<T>(
  env: ChannelEnv,
  call: Call<T>,
  how: { at: Date; durationMs: number; outcome: CallOutcome; answer: Answer | undefined },
): Promise<void> {
  const { orgId, paymentId, refundId } = call.about;
  try {
    await env.db.inTx({ orgId }, (tx) =>
      insertCall(tx, {
        channel: call.channel,
        accountId: call.accountId,
        paymentId: paymentId ?? null,
        refundId: refundId ?? null,
        direction: 'out',
        method: call.method,
        path: new URL(call.url).pathname,
        request: call.shown.request,
        response: how.answer ? call.shown.answer(how.answer.body) : null,
        httpStatus: how.answer?.status ?? null,
        durationMs: how.durationMs,
        outcome: how.outcome,
        at: how.at,
      }),
    );
  } catch (error) {
    env.log.error({ err: error, channel: call.channel }, 'a call to a payment channel could not be recorded'); // it happened all the same
  }
}

/** JSON as it came, or what it was instead. */
export function readJson(body: Buffer): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return { bytes: body.length };
  }
}
