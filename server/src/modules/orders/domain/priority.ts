/** What speaks for sending an order first. Times in ms since 1970, amounts in minor units. */
export type PriorityFacts = {
  now: number;
  /** What the customer's level adds, as the level says: 0 to 1000. */
  levelWeight: number;
  total: number;
  paidAt: number;
  /** When it is promised to leave; null = nothing was promised. */
  promisedAt: number | null;
  perishable: boolean;
};

/** Points each term is worth at most, and where it reaches that. */
export type PriorityWeights = {
  /** In percent of what the level says. */
  levelPercent: number;
  amountPoints: number;
  /** An order of so much, or more, has all the points of its amount. */
  amountFull: number;
  promisePoints: number;
  /** Hours before the promised moment from which on it counts. */
  promiseHours: number;
  perishablePoints: number;
  slaPoints: number;
  /** On top, once the promise is broken. */
  overduePoints: number;
};

export const PRIORITY_TERMS = ['level', 'amount', 'promise', 'perishable', 'sla', 'overdue'] as const;
export type PriorityTerm = {
  term: (typeof PRIORITY_TERMS)[number];
  /** How much of it holds, 0 to 1. */
  share: number;
  most: number;
  points: number;
};

const HOUR_MS = 3_600_000;
const clamp = (n: number): number => Math.min(Math.max(n, 0), 1);

/**
 * The order's score, term by term (ORD-7): the sum of what each term is worth at most times how much of it holds. The
 * higher, the sooner it is picked; equal orders go by age.
 */
export function priorityOf(f: PriorityFacts, w: PriorityWeights): { points: number; terms: PriorityTerm[] } {
  const left = f.promisedAt === null ? null : f.promisedAt - f.now;
  const time = f.promisedAt === null ? 0 : Math.max(f.promisedAt - f.paidAt, 1);
  const shares: Record<PriorityTerm['term'], [number, number]> = {
    level: [f.levelWeight > 0 ? 1 : 0, (f.levelWeight * w.levelPercent) / 100],
    amount: [clamp(f.total / w.amountFull), w.amountPoints],
    promise: [left === null ? 0 : clamp(1 - left / (w.promiseHours * HOUR_MS)), w.promisePoints],
    perishable: [f.perishable ? 1 : 0, w.perishablePoints],
    sla: [time === 0 ? 0 : clamp((f.now - f.paidAt) / time), w.slaPoints],
    overdue: [left !== null && left < 0 ? 1 : 0, w.overduePoints],
  };
  const terms = PRIORITY_TERMS.map((term): PriorityTerm => {
    const [share, most] = shares[term];
    return { term, share: round(share, 1000), most: round(most, 10), points: round(share * most, 10) };
  });
  return {
    points: round(
      terms.reduce((n, t) => n + t.points, 0),
      10,
    ),
    terms,
  };
}

const round = (n: number, by: number): number => Math.round(n * by) / by;
