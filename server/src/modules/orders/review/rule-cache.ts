import type { Db } from '#kernel/db/index.ts';
import { type CompiledRules, compileRules } from '../domain/judge.ts';
import { BLACKLIST_KINDS, type BlacklistKind } from '../domain/review-rules.ts';
import type { OrderKeys } from './keys.ts';
import { blacklistKeys, normsOf, revisionOf, rulesOf } from './store.ts';

/** Everything orders of an organisation are judged with, as of one revision. */
export type Bench = {
  /** To be compared with `orders.review_revision(org)` where the verdict is stored. */
  revision: number;
  compiled: CompiledRules;
  blacklist: Readonly<Record<BlacklistKind, ReadonlyMap<string, number>>>;
  /** The usual quantity by SKU id; empty when no rule asks. */
  norms: ReadonlyMap<string, number>;
};

/**
 * Rules, blacklist and norms per organisation, for judging without a query per order. It may be out of date: whoever uses it
 * has the revision checked in the transaction that stores the verdict, and calls `forget` when it is another.
 */
export class RuleCache {
  readonly #db: Db;
  readonly #known = new Map<string, Bench>();
  readonly #reading = new Map<string, Promise<Bench>>();
  constructor(db: Db) {
    this.#db = db;
  }

  /** What is known here; asks nobody. */
  peek(orgId: string): Bench | undefined {
    return this.#known.get(orgId);
  }

  /** What is known, or else what the database says; of many who ask at once one reads. */
  async get(orgId: string): Promise<Bench> {
    const known = this.#known.get(orgId);
    if (known) return known;
    return this.#reading.get(orgId) ?? this.#readOnce(orgId);
  }

  async #readOnce(orgId: string): Promise<Bench> {
    const reading = this.#read(orgId);
    this.#reading.set(orgId, reading);
    try {
      const bench = await reading;
      if (this.#reading.get(orgId) === reading) this.#known.set(orgId, bench); // else it was forgotten meanwhile
      return bench;
    } finally {
      if (this.#reading.get(orgId) === reading) this.#reading.delete(orgId);
    }
  }

  forget(orgId: string): void {
    this.#known.delete(orgId);
    this.#reading.delete(orgId);
  }

  #read(orgId: string): Promise<Bench> {
    return this.#db.read({ orgId }, async (tx): Promise<Bench> => {
      const revision = await revisionOf(tx); // first: what changes while the rest is read is found stale, never missed
      const compiled = compileRules(await rulesOf(tx));
      const { needs } = compiled;
      const none = { phone: new Map(), address: new Map(), device: new Map() };
      return {
        revision,
        compiled,
        blacklist: needs.has('blacklisted') ? await blacklistKeys(tx) : none,
        norms: needs.has('quantityOfNorm') ? await normsOf(tx) : new Map(),
      };
    });
  }
}

/** What of an order's keys (hexadecimal) is on the blacklist at the moment. */
export const listedIn = (bench: Pick<Bench, 'blacklist'>, keys: OrderKeys, now: Date): BlacklistKind[] =>
  BLACKLIST_KINDS.filter((kind) => {
    const key = keys[kind];
    return key !== undefined && key !== '' && (bench.blacklist[kind].get(key) ?? 0) > now.getTime();
  });
