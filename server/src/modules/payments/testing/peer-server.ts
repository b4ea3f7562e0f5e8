import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export type Pair = { publicKey: KeyObject; privateKey: KeyObject };
export const makePair = (): Pair => generateKeyPairSync('rsa', { modulusLength: 2048 });
export const pemOf = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();

/** How a channel misbehaves: everything real ones have been seen to do. Counts are used up. */
export type PeerFaults = {
  delayMs: number;
  /** The next so many calls answer 500 and do nothing. */
  errors: number;
  /** The next so many calls are done, and their answer is lost. */
  dropReplies: number;
  /** The next so many answers carry a signature that is wrong. */
  badSignatures: number;
  /** Answers are stamped this much in the past. */
  oldMs: number;
  /** Refunds are refused for good, with this code. */
  refuseRefunds: string | undefined;
  /** Refunds stay in processing until this is switched off. */
  slowRefunds: boolean;
};
export const noFaults = (): PeerFaults => ({
  delayMs: 0,
  errors: 0,
  dropReplies: 0,
  badSignatures: 0,
  oldMs: 0,
  refuseRefunds: undefined,
  slowRefunds: false,
});

export type PeerRequest = {
  method: string;
  url: URL;
  target: string;
  headers: IncomingMessage['headers'];
  body: string;
};
export type PeerAnswer = { status: number; headers?: Record<string, string>; body?: string | Buffer };

/** A real HTTP server that a channel's peer answers from, with the faults that every channel has. */
export async function startPeerServer(
  faults: PeerFaults,
  answer: (request: PeerRequest) => PeerAnswer | Promise<PeerAnswer>,
) {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (faults.delayMs > 0) await wait(faults.delayMs);
    if (faults.errors > 0) {
      faults.errors -= 1;
      response.writeHead(500).end('{"code":"SYSTEM_ERROR","message":"系统错误"}');
      return;
    }
    const target = request.url ?? '/';
    const got = await answer({
      method: request.method ?? 'GET',
      url: new URL(target, 'http://peer'),
      target,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    });
    if (faults.dropReplies > 0) {
      faults.dropReplies -= 1;
      response.destroy();
      return;
    }
    response.writeHead(got.status, got.headers).end(got.body);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.writeHead(599).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The clock of China in one text, as both channels' bills write it. */
export const chinaText = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Sends the same request so many times at once, as a channel that got no answer does over and over. */
export const postAll = (
  url: string,
  body: string,
  headers: Record<string, string>,
  times: number,
): Promise<{ status: number; text: string; type: string | null }[]> =>
  Promise.all(
    Array.from({ length: times }, async () => {
      const response = await fetch(url, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
    }),
  );
