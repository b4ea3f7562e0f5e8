/** Where a queue is kept over a reload: `localStorage`, or anything like it. */
export type QueueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was scanned, with a name of its own under which it counts once, however often it is sent. */
export type Queued<T> = { scanId: string; atMs: number; item: T };
export type Refused<T> = Queued<T> & { why: string };

export type QueueState<T> = {
  /** Not answered yet, in the order scanned. */
  waiting: readonly Queued<T>[];
  /** Will not be taken; kept until a person has seen it. */
  refused: readonly Refused<T>[];
  /** Nobody answered the last time. */
  offline: boolean;
};

type Options<T, A> = {
  /** Of whom and what it is the queue: another one has another name. */
  name: string;
  storage: QueueStorage;
  /** Scans in one sending, at most. Default 50. */
  batchMax?: number;
  /** Sends some, in order. Rejects when they were not taken, all of them. */
  send: (batch: readonly Queued<T>[]) => Promise<A>;
  /** Whether a rejection is the server's last word; otherwise it is sent again. Words for the person, or undefined. */
  refusal: (error: unknown) => string | undefined;
  onTaken?: (answer: A, batch: readonly Queued<T>[]) => void;
  onRefused?: (refused: Refused<T>) => void;
  newId: () => string;
  now?: () => number;
  sleep?: (ms: number, wake: Promise<void>) => Promise<void>;
};

const BATCH_MAX = 50;
const RETRY_MS = [500, 1000, 2000, 5000, 10_000] as const;
const pause = (ms: number, wake: Promise<void>): Promise<void> =>
  Promise.race([new Promise<void>((resolve) => setTimeout(resolve, ms)), wake]);

/**
 * Scans on their way to the server: kept on the device before anything else happens, sent in the order they were made, one
 * batch after the other, again and again until somebody answers. A reload or a dropped connection loses none; each carries
 * its scanId, so none counts twice. Of a refused batch each is sent alone, so that one bad scan does not take others with it.
 */
export class ScanQueue<T, A> {
  readonly #options: Options<T, A>;
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #state: QueueState<T>;
  #running: Promise<void> | undefined;
  #stopped = true;
  #wake: () => void = () => undefined;

  constructor(options: Options<T, A>) {
    this.#options = options;
    this.#key = `zhanggui.queue.${options.name}`;
    this.#state = { waiting: [], refused: [], offline: false, ...this.#read() };
  }

  get state(): QueueState<T> {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Keeps a scan and sends it as soon as it can. */
  add(item: T): Queued<T> {
    const queued = { scanId: this.#options.newId(), atMs: (this.#options.now ?? Date.now)(), item };
    this.#set({ waiting: [...this.#state.waiting, queued] });
    this.#work();
    return queued;
  }

  /** Begins to send, and what was left from before at once. */
  start(): void {
    this.#stopped = false;
    this.#work();
  }

  /** Sends no more; what waits is kept. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** Tries again at once: the connection may be back. */
  retry = (): void => {
    this.#wake();
    this.#work();
  };

  /** A person has seen what was refused. */
  forget(scanId: string): void {
    this.#set({ refused: this.#state.refused.filter((r) => r.scanId !== scanId) });
  }

  /** Resolves when nothing waits, or nobody answers. */
  async settled(): Promise<void> {
    await this.#running;
  }

  #work(): void {
    if (this.#stopped || this.#running || this.#state.waiting.length === 0) return;
    this.#running = this.#loop().finally(() => {
      this.#running = undefined;
      this.#work(); // something came in as it ended
    });
  }

  async #loop(): Promise<void> {
    let failures = 0;
    let alone = 0; // so many of the first are sent one by one
    while (!this.#stopped && this.#state.waiting.length > 0) {
      const batch = this.#state.waiting.slice(0, alone > 0 ? 1 : (this.#options.batchMax ?? BATCH_MAX));
      try {
        const answer = await this.#options.send(batch);
        failures = 0;
        alone = Math.max(0, alone - 1);
        this.#set({ waiting: this.#without(batch), offline: false });
        this.#options.onTaken?.(answer, batch);
      } catch (error) {
        const why = this.#options.refusal(error);
        if (why === undefined) {
          this.#set({ offline: true });
          const wake = new Promise<void>((resolve) => (this.#wake = resolve));
          await (this.#options.sleep ?? pause)(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] as number, wake);
          failures += 1;
        } else if (batch.length > 1) alone = batch.length;
        else {
          alone = Math.max(0, alone - 1);
          const refused = { ...(batch[0] as Queued<T>), why };
          this.#set({
            waiting: this.#without(batch),
            refused: [...this.#state.refused, refused],
            offline: false,
          });
          this.#options.onRefused?.(refused);
        }
      }
    }
  }

  #without(batch: readonly Queued<T>[]): Queued<T>[] {
    const gone = new Set(batch.map((b) => b.scanId));
    return this.#state.waiting.filter((w) => !gone.has(w.scanId));
  }

  #set(change: Partial<QueueState<T>>): void {
    this.#state = { ...this.#state, ...change };
    const { waiting, refused } = this.#state;
    try {
      if (waiting.length + refused.length === 0) this.#options.storage.removeItem(this.#key);
      else this.#options.storage.setItem(this.#key, JSON.stringify({ waiting, refused }));
    } catch {
      // storage is closed or full: the queue then lasts as long as the page
    }
    for (const listener of this.#listeners) listener();
  }

  #read(): Partial<QueueState<T>> {
    try {
      const kept = JSON.parse(this.#options.storage.getItem(this.#key) ?? '{}') as Partial<QueueState<T>>;
      return {
        waiting: Array.isArray(kept.waiting) ? kept.waiting : [],
        refused: Array.isArray(kept.refused) ? kept.refused : [],
      };
    } catch {
      return {}; // somebody else has written there
    }
  }
}
