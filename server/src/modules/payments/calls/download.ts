import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type ChannelEnv, ChannelUnreachable } from '../providers/channel.ts';
import { insertCall } from './store.ts';

const DOWNLOAD_TIMEOUT_MS = 120_000;

/** Fetches a file from a channel as a stream, and keeps a record of that, not of what is in it. @throws ChannelUnreachable */
export async function download(
  env: ChannelEnv,
  what: { channel: string; accountId: string; orgId: string; url: string; headers: Record<string, string> },
): Promise<Readable> {
  const at = new Date();
  const began = performance.now();
  let status: number | null = null;
  try {
    const response = await fetch(what.url, {
      headers: what.headers,
      redirect: 'error',
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
    });
    status = response.status;
    if (status !== 200 || !response.body) throw new ChannelUnreachable(`${what.channel} handed out no file: ${status}`);
    return Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  } catch (error) {
    if (error instanceof ChannelUnreachable) throw error;
    throw new ChannelUnreachable(`${what.channel} handed out no file`, { cause: error });
  } finally {
    await env.db.inTx({ orgId: what.orgId }, (tx) =>
      insertCall(tx, {
        channel: what.channel,
        accountId: what.accountId,
        paymentId: null,
        refundId: null,
        direction: 'out',
        method: 'GET',
        path: new URL(what.url).pathname,
        request: null,
        response: null,
        httpStatus: status,
        durationMs: Math.round(performance.now() - began),
        outcome: status === 200 ? 'ok' : status === null ? 'unreachable' : 'refused',
        at,
      }),
    );
  }
}
