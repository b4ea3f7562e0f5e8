import net from 'node:net';

export type LoadResult = {
  done: number;
  seconds: number;
  statuses: Record<number, number>;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
};

/**
 * Sends requests over `connections` kept-alive sockets, each waiting for its answer before the next, for `seconds`.
 * Bare sockets and requests built beforehand: on two cores the generator must not be what is measured.
 */
export async function load(options: {
  port: number;
  connections: number;
  seconds: number;
  request: (n: number) => string;
}): Promise<LoadResult> {
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const started = performance.now();
  const until = started + options.seconds * 1000;
  let n = 0;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = net.connect(options.port, '127.0.0.1');
      socket.setNoDelay(true);
      let sent = 0;
      let buffered = '';
      const next = (): void => {
        if (performance.now() >= until) {
          socket.end();
          resolve();
          return;
        }
        sent = performance.now();
        socket.write(options.request(n++));
      };
      socket.on('connect', next);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        buffered = buffered === '' ? chunk.toString('latin1') : buffered + chunk.toString('latin1');
        const head = buffered.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(buffered)?.[1] ?? 0);
        if (buffered.length < head + 4 + length) return;
        const status = Number(buffered.slice(9, 12));
        statuses[status] = (statuses[status] ?? 0) + 1;
        latencies.push(performance.now() - sent);
        buffered = '';
        next();
      });
    });
  await Promise.all(Array.from({ length: options.connections }, one));
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (q: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? Number.NaN;
  return { done: latencies.length, seconds, statuses, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

/** The text of an HTTP/1.1 POST with a JSON body. */
export function post(path: string, key: string, body: unknown): string {
  const json = JSON.stringify(body);
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}

/** The text of an HTTP/1.1 GET. */
export const get = (path: string, key: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\n\r\n`;
