type Entry<T> = { value: Promise<T>; until: number };
const ENTRIES_MAX = 10_000;
const CACHE_MS = 5000;

const caches = new Set<{ clear(): void }>();

/**
 * Forgets every credential looked up in this process: called after each commit that changes who may do what, so that
 * here a revocation holds at once; other nodes notice within 5 s.
 */
export function forgetCredentials(): void {
  for (const cache of caches) cache.clear();
}

/** Remembers look-ups for 5 s. Requests that come while one is under way share it. */
export class CredentialCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #clock: () => number;

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
    caches.add(this);
  }

  /** The answer for a credential; `look` runs only when none is fresh. A failed look-up is not remembered. */
  get(credential: string, look: () => Promise<T>): Promise<T> {
    const now = this.#clock();
    const found = this.#entries.get(credential);
    if (found && found.until > now) return found.value;
    if (this.#entries.size >= ENTRIES_MAX) this.#entries.clear(); // somebody is guessing: bounded memory comes first
    const value = look();
    const entry = { value, until: now + CACHE_MS };
    this.#entries.set(credential, entry);
    value.catch(() => this.#entries.get(credential) === entry && this.#entries.delete(credential));
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Lets go of the cache: for a server that is closed while the process lives on. */
  dispose(): void {
    caches.delete(this);
  }
}
