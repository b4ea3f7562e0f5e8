import type { DeadlineKind } from './deadlines/index.ts';
import type { Tx } from './db/index.ts';
import type { Route } from './http/route.ts';
import type { Job } from './jobs/index.ts';
import type { Subscriber } from './outbox/subscribers.ts';

/** Something that must always hold in an organisation's data. `check` returns what is wrong, in words; empty = holds. */
export type Invariant = { name: string; check(tx: Tx): Promise<string[]> };

/** What a module gives the composition root. */
export type Module = {
  name: string;
  routes?: readonly Route[];
  subscribers?: readonly Subscriber[];
  // oxlint-disable-next-line no-explicit-any -- a list of jobs with different inputs
  jobs?: readonly Job<any>[];
  deadlines?: readonly DeadlineKind[];
  /** Permission → what it allows, in English; the roles screen translates by key. */
  permissions?: Readonly<Record<string, string>>;
  invariants?: readonly Invariant[];
  /** What it tells customers, by template: each can be sent as an SMS. */
  customerMessages?: readonly string[];
};
