import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

export type Answer<T> = { status: number; body: T; replayed: boolean };
export type Order = {
  id: string;
  orderNo: string;
  status: string;
  holds: string[];
  total: { amount: number; currency: string };
};
type Parcel = { id: string; lines: { sku: string; barcode: string | null; quantity: number }[] };

const TRIES_MAX = 8;
const UNITS_ONE_BY_ONE_MAX = 3; // larger quantities are scanned once and typed in, as in a warehouse

/** What is counted while a simulation runs: printed at its end. */
export class Tally {
  readonly counts = new Map<string, number>();
  add(name: string, n = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + n);
  }
  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }
  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** The API as another program sees it. Everything a simulation does goes through here. */
export class Client {
  readonly #url: string;
  readonly #key: string;
  readonly tally: Tally;
  constructor(url: string, key: string, tally: Tally) {
    this.#url = url.replace(/\/$/, '');
    this.#key = key;
    this.tally = tally;
  }

  /** Sends a request; waits and tries again when the server is busy. */
  async send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const url = this.#url + (path.startsWith('//') ? path.slice(1) : `/api/v1${path}`);
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${this.#key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if ((response.status === 429 || response.status === 503) && attempt < TRIES_MAX) {
        this.tally.add('busyAnswers');
        await wait(Number(response.headers.get('retry-after') ?? 0) * 1000 + attempt * 100);
        continue;
      }
      if (response.status >= 500) this.tally.add('serverErrors');
      return {
        status: response.status,
        body: (text === '' ? undefined : JSON.parse(text)) as T,
        replayed: response.headers.get('idempotency-replayed') === 'true',
      };
    }
  }

  /** As `send`. @throws unless it succeeds. */
  async must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  place(order: unknown, key: string = randomUUID()): Promise<Answer<Order>> {
    return this.send<Order>('POST', '/orders', order, { 'idempotency-key': key });
  }

  /** Pays through the sandbox channel. Returns the payment's id. */
  async pay(orderId: string): Promise<string> {
    const payment = await this.must<{ id: string }>('POST', `/orders/${orderId}/payments`, { channel: 'sandbox' });
    await this.must('POST', `//sandbox/payments/${payment.id}/settle`, { outcome: 'success' });
    this.tally.add('payments');
    return payment.id;
  }

  /** A reviewer lifts the holds of an order, if there are any. */
  async review(order: Pick<Order, 'id' | 'holds'>): Promise<void> {
    if (order.holds.length === 0) return;
    await this.must('POST', `/orders/${order.id}/review`, { decision: 'approve', note: 'simulation' });
    this.tally.add('reviewed');
  }

  /** Packs, scans and ships what the order has in each warehouse. Returns the parcels. */
  async ship(orderId: string): Promise<string[]> {
    const parcels: string[] = [];
    for (;;) {
      const made = await this.send<Parcel>('POST', '/parcels', { orderId });
      if (made.status === 409 && parcels.length > 0) return parcels; // nothing is left to pack
      if (made.status >= 300) throw new Error(`POST /parcels: ${made.status} ${JSON.stringify(made.body)}`);
      for (const line of made.body.lines) await this.#scan(made.body.id, line);
      await this.must('POST', `/parcels/${made.body.id}/ship`, { carrier: 'sandbox' });
      this.tally.add('parcels');
      parcels.push(made.body.id);
    }
  }

  async #scan(parcelId: string, line: Parcel['lines'][number]): Promise<void> {
    const oneByOne = line.quantity <= UNITS_ONE_BY_ONE_MAX;
    for (let n = 0; n < (oneByOne ? line.quantity : 1); n += 1) {
      await this.must('POST', `/parcels/${parcelId}/scan`, {
        code: line.barcode ?? line.sku,
        quantity: oneByOne ? 1 : line.quantity,
      });
      this.tally.add('scans');
    }
  }

  /** The carrier brings the parcels; then the customer confirms. */
  async deliver(orderId: string, parcels: readonly string[], confirm: boolean): Promise<void> {
    for (const parcel of parcels) {
      for (const to of ['collected', 'in_transit', 'out_for_delivery', 'delivered'])
        await this.must('POST', `//sandbox/shipments/${parcel}/advance`, { to });
      this.tally.add('delivered');
    }
    if (!confirm) return;
    await this.must('POST', `/orders/${orderId}/confirm-receipt`);
    this.tally.add('completed');
  }
}

/** At most so many at once; the rest wait their turn. */
export function limited(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= max) await new Promise<void>((go) => waiting.push(go));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
