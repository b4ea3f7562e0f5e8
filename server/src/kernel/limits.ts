import type { Ctx } from './context.ts';
import type { Tx } from './db/index.ts';
import { defineRefusal } from './errors.ts';

/** 403: whoever agrees to what is above another's limit must have a sufficient limit too. */
export const AboveOwnLimit = defineRefusal('above_own_limit', 403);

export type LimitSpec = {
  /** Stable: people's limits are kept under it. Named after what is decided, such as `orders.review`. */
  name: string;
  /** What it counts: money in minor units of the organisation's currency, or units of goods. */
  unit: 'money' | 'units';
  /** What one must be allowed to do for the limit to matter. */
  permission: string;
  /** The organisation's: for API keys, and for people who have none of their own or by a role. */
  organisation(tx: Tx): Promise<number>;
};

export type Limit = {
  /** How much the actor decides alone. */
  of(tx: Tx, ctx: Ctx): Promise<number>;
  /**
   * Whether the actor may be the second to decide about an amount that was above another's limit. Their own limit must reach
   * it; above the organisation's limit, where two decide whoever they are, it must reach the organisation's.
   * @throws AboveOwnLimit
   */
  mustReach(tx: Tx, ctx: Ctx, amount: number): Promise<void>;
};

export const LIMITS = new Map<string, LimitSpec>();

/** Declares how much one person may decide alone. Who may how much travels with the actor; a second person is the approval's affair. */
export function defineLimit(spec: LimitSpec): Limit {
  if (LIMITS.has(spec.name)) throw new Error(`limit ${spec.name} is declared twice`);
  LIMITS.set(spec.name, spec);
  return {
    of: (tx, ctx) => limitOf(tx, ctx, spec),
    mustReach: async (tx, ctx, amount) => {
      const [own, organisation] = [await limitOf(tx, ctx, spec), await spec.organisation(tx)];
      if (own < Math.min(amount, organisation)) throw new AboveOwnLimit({ limit: own, amount });
    },
  };
}

/** How much the actor decides alone. */
export const limitOf = async (tx: Tx, ctx: Ctx, spec: LimitSpec): Promise<number> =>
  ctx.actor.limits?.get(spec.name) ?? (await spec.organisation(tx));
